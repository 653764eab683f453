/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/metadata-row.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_METADATA_EDITOR_DIALOG (paddock_metadata_editor_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMetadataEditorDialog, paddock_metadata_editor_dialog, PADDOCK, METADATA_EDITOR_DIALOG,
                      AdwDialog)

AdwDialog *paddock_metadata_editor_dialog_new (PaddockMetadataEdits *edits, PaddockMetadataRow *row);

G_END_DECLS
