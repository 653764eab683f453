/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/metadata-edits.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_EDIT_PREVIEW_DIALOG (paddock_edit_preview_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockEditPreviewDialog, paddock_edit_preview_dialog, PADDOCK, EDIT_PREVIEW_DIALOG, AdwDialog)

AdwDialog *paddock_edit_preview_dialog_new (PaddockMetadataEdits *edits);

G_END_DECLS
