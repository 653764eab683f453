/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/metadata-edits.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_METADATA_ROW (paddock_metadata_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMetadataRow, paddock_metadata_row, PADDOCK, METADATA_ROW, GObject)

PaddockMetadataRow     *paddock_metadata_row_new       (PaddockMetadataEdits *edits, guint position);
PaddockMetadataRow     *paddock_metadata_row_new_added (PaddockMetadataEdits *edits, const char *key);
const char             *paddock_metadata_row_get_key   (PaddockMetadataRow *self);    /* as it is, not escaped */
const PaddockGgufEntry *paddock_metadata_row_get_entry (PaddockMetadataRow *self);    /* NULL: added */
gboolean                paddock_metadata_row_get_removed (PaddockMetadataRow *self);
gboolean                paddock_metadata_row_get_changed (PaddockMetadataRow *self);
PaddockGgufValue       *paddock_metadata_row_dup_value (PaddockMetadataRow *self);    /* as it would be now */
char                   *paddock_metadata_row_dup_text  (PaddockMetadataRow *self);    /* strings whole, else one line */

G_END_DECLS
