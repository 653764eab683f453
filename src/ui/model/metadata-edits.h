/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-editor.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_METADATA_EDITS (paddock_metadata_edits_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMetadataEdits, paddock_metadata_edits, PADDOCK, METADATA_EDITS, GObject)

PaddockMetadataEdits *paddock_metadata_edits_new        (PaddockGgufFile *file);
PaddockGgufFile      *paddock_metadata_edits_get_file   (PaddockMetadataEdits *self);
PaddockGgufEditor    *paddock_metadata_edits_get_editor (PaddockMetadataEdits *self);

guint                    paddock_metadata_edits_get_count (PaddockMetadataEdits *self);
const PaddockGgufChange *paddock_metadata_edits_find      (PaddockMetadataEdits *self, const char *key);

gboolean paddock_metadata_edits_set    (PaddockMetadataEdits *self, const char *key, PaddockGgufValue *value, GError **error);
gboolean paddock_metadata_edits_remove (PaddockMetadataEdits *self, const char *key, GError **error);
void     paddock_metadata_edits_revert (PaddockMetadataEdits *self, const char *key);   /* NULL: all */

G_END_DECLS
