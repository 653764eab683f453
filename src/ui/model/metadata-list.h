/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/metadata-edits.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_METADATA_LIST (paddock_metadata_list_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMetadataList, paddock_metadata_list, PADDOCK, METADATA_LIST, GObject)

PaddockMetadataList *paddock_metadata_list_new        (void);
void                 paddock_metadata_list_set_edits  (PaddockMetadataList *self, PaddockMetadataEdits *edits);
void                 paddock_metadata_list_set_search (PaddockMetadataList *self, const char *search);
guint                paddock_metadata_list_get_found  (PaddockMetadataList *self);   /* keys that the list will show */
guint                paddock_metadata_list_get_total  (PaddockMetadataList *self);   /* keys in the file */

G_END_DECLS
