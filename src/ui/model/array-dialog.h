/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/metadata-row.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_ARRAY_DIALOG (paddock_array_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockArrayDialog, paddock_array_dialog, PADDOCK, ARRAY_DIALOG, AdwDialog)

AdwDialog *paddock_array_dialog_new (PaddockMetadataEdits *edits, PaddockMetadataRow *row);

G_END_DECLS
