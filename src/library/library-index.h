/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-entry.h"
#include "library-scanner.h"

G_BEGIN_DECLS

/**
 * PaddockLibraryIndex:
 *
 * All entries at one moment: immutable and counted. Workers and lists hold on to one while the library already has
 * the next.
 */
typedef struct
{
  GPtrArray *entries;                /* PaddockLibraryEntry, by id */
  GPtrArray *by_name;                /* the same (borrowed), as the locale sorts them; NULL: nobody sorted them */
  GPtrArray *files;                  /* PaddockLibraryFile: everything that was seen, partial downloads as well */
  GPtrArray *roots;                  /* PaddockScannedRoot */
  GHashTable *by_id;                 /* char * -> PaddockLibraryEntry */
  GHashTable *by_path;               /* char * -> PaddockLibraryEntry, of every file */
  guint64 total_size, duplicates_size;
  guint n_models;                    /* entries that are no projectors, adapters and the like */
} PaddockLibraryIndex;

PaddockLibraryIndex *paddock_library_index_new   (void);   /* of nothing */
PaddockLibraryIndex *paddock_library_index_ref   (PaddockLibraryIndex *self);
void                 paddock_library_index_unref (PaddockLibraryIndex *self);
PaddockLibraryEntry *paddock_library_index_find  (PaddockLibraryIndex *self, const char *id);
/* Whether they say the same of every model: then they have the very same entries. */
gboolean             paddock_library_index_has_same_entries (const PaddockLibraryIndex *self, const PaddockLibraryIndex *other);
/* All that a person may mean (transfer container: borrowed PaddockLibraryEntry). */
GPtrArray           *paddock_library_index_list_matches (PaddockLibraryIndex *self, const char *text);
/* What a person typed: an id or the beginning of one that is unique, a path, a title, "name:quantization". */
PaddockLibraryEntry *paddock_library_index_match (PaddockLibraryIndex *self, const char *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLibraryIndex, paddock_library_index_unref)

G_END_DECLS
