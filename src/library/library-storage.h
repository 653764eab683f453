/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-index.h"

G_BEGIN_DECLS

/* So many bytes on disk, each inode once. */
typedef struct
{
  char *id;                          /* of the store, the architecture or the quantization; NULL: not known */
  char *name;                        /* for people, where it has one */
  guint64 bytes;
  guint models;
} PaddockStorageShare;

typedef struct
{
  char *id;                          /* of the entry */
  GPtrArray *paths;                  /* char *: all copies with bytes of their own, the one to keep first */
  guint64 saves;                     /* by making them share */
  gboolean proven;                   /* the hashes of all bytes are equal, not only the headers */
  gboolean possible;                 /* two of them are in one file system and belong to nobody else */
} PaddockDuplicate;

/**
 * PaddockLibraryStorage:
 *
 * Where the bytes went. Pure: computed from an index.
 */
typedef struct
{
  guint64 total;
  GPtrArray *by_store, *by_family, *by_quantization;   /* PaddockStorageShare, the largest first */
  GPtrArray *duplicates;             /* PaddockDuplicate */
  guint64 duplicates_save;
  GPtrArray *leftovers;              /* PaddockLibraryFile: partial downloads and orphans */
  guint64 leftover_bytes;
} PaddockLibraryStorage;

PaddockLibraryStorage *paddock_library_storage_new  (PaddockLibraryIndex *index);
void                   paddock_library_storage_free (PaddockLibraryStorage *self);

/* Rules of a clean-up; 0: not asked for. */
typedef struct
{
  guint keep;                        /* so many of the most recently used stay */
  guint unused_days;                 /* not used, and not added, for so long */
  guint64 limit;                     /* bytes that the own folder may hold: the least recently used go first */
  gint64 now;
} PaddockCleanupRules;

/* ids of own models (char *) that the rules would remove, the least recently used first; never a favourite, a pinned one or
   the default. */
GPtrArray             *paddock_library_storage_propose (PaddockLibraryIndex *index, const PaddockCleanupRules *rules,
                                                        const char *default_model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLibraryStorage, paddock_library_storage_free)

G_END_DECLS
