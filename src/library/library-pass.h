/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "library-index.h"
#include "library-settings.h"
#include "record-store.h"
#include "store-places.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_PASS_LOAD,                 /* what the cache knows */
  PADDOCK_PASS_REBUILD,              /* records changed, the disk did not */
  PADDOCK_PASS_SCAN                  /* look at the disk */
} PaddockPassKind;

/* Called in the worker's thread with what there is so far (transfer full). */
typedef void (*PaddockPassPublish) (PaddockLibraryIndex *index, gpointer user_data);

/**
 * PaddockLibraryPass:
 *
 * From what is known to the next index, in a worker: everything that it is given stays as it is.
 */
typedef struct
{
  /* Owned */
  PaddockStorePlaces *places;
  PaddockLibrarySettings *settings;
  PaddockRecordStore *records;
  PaddockLibraryIndex *previous;
  GHashTable *only;                  /* paths of roots to scan; NULL: all */
  char *cache;

  /* Borrowed */
  PaddockPassPublish publish;        /* NULL: nobody wants to see parts */
  gpointer publish_data;

  PaddockPassKind kind;
} PaddockLibraryPass;

typedef struct
{
  PaddockLibraryIndex *index;
  GPtrArray *changed, *gone;         /* PaddockModelRecord: to be written and removed */
  GPtrArray *problems;               /* char *: records that could not be understood */
  gboolean files_changed;            /* the cache is out of date */
} PaddockPassResult;

void               paddock_library_pass_free (PaddockLibraryPass *self);
PaddockPassResult *paddock_library_pass_run  (PaddockLibraryPass *self, PaddockWorker *worker, GError **error);
void               paddock_pass_result_free  (PaddockPassResult *result);

/* Writes what a pass found out. Records that somebody changed meanwhile keep what that person said. */
gboolean           paddock_pass_result_write (PaddockPassResult *result, PaddockRecordStore *records, const char *cache,
                                              GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLibraryPass, paddock_library_pass_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockPassResult, paddock_pass_result_free)

G_END_DECLS
