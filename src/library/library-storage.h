/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "library-index.h"

G_BEGIN_DECLS

/* So many bytes on disk, each inode once. */
typedef struct
{
  char *id;                          /* of the store, the architecture or the quantization; "": not known */
  guint64 bytes;
  guint models;
} PaddockStorageShare;

typedef enum
{
  PADDOCK_DUPLICATE_REMAINS,         /* on another file system, or another program's: only removing one of them helps */
  PADDOCK_DUPLICATE_REFLINK,         /* two files that share their bytes until one changes */
  PADDOCK_DUPLICATE_HARD_LINK        /* two names of one file */
} PaddockDuplicateWay;

/* Files with bytes of their own that hold the same: a model in one file, or one of its shards. */
typedef struct
{
  char *id;                          /* of the entry */
  char *kept;                        /* path */
  char *replaced;                    /* path: of what shares afterwards; never one that is reached through a link */
  guint64 saves;                     /* 0 where it remains */
  gboolean proven;                   /* the hashes of all bytes are equal, not only the headers */
  PaddockDuplicateWay way;
} PaddockDuplicate;

/**
 * PaddockLibraryStorage:
 *
 * Where the bytes went. Proposes, and does nothing. Immutable and counted.
 */
typedef struct
{
  guint64 total;
  GPtrArray *by_store, *by_family, *by_quantization;   /* PaddockStorageShare, the largest first */
  GPtrArray *by_use;                 /* PaddockStorageShare, the least recently used first: "year", "quarter" or "month" for
                                        what was neither used nor added since, "recent" for the rest */
  GPtrArray *duplicates;             /* PaddockDuplicate, what saves most first */
  guint64 duplicates_save;
  GPtrArray *leftovers;              /* PaddockLibraryFile: partial downloads and orphans of all programs */
  guint64 leftover_bytes;            /* that they take on the disk */
} PaddockLibraryStorage;

PaddockLibraryStorage *paddock_library_storage_new         (PaddockLibraryIndex *index);   /* asks the disk: blocks */
/* Whether somebody wrote to a leftover so lately that it may be a download under way: none is proposed then.
   now: seconds since 1970 */
gboolean               paddock_library_storage_is_under_way (const PaddockLibraryFile *leftover, gint64 now);
PaddockLibraryStorage *paddock_library_storage_ref         (PaddockLibraryStorage *self);
void                   paddock_library_storage_unref       (PaddockLibraryStorage *self);
void                   paddock_library_storage_load_async  (PaddockLibraryIndex *index, GCancellable *cancellable,
                                                            GAsyncReadyCallback callback, gpointer user_data);
PaddockLibraryStorage *paddock_library_storage_load_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLibraryStorage, paddock_library_storage_unref)

G_END_DECLS
