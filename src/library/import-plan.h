/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "library-index.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_IMPORT_COPY,
  PADDOCK_IMPORT_MOVE,
  PADDOCK_IMPORT_LEAVE               /* the folder becomes one that Paddock looks into */
} PaddockImportMode;

/* One model (all its shards) that would come in, or a file that would not. */
typedef struct
{
  GPtrArray *sources;                /* char * */
  GPtrArray *targets;                /* char *: names that are free, or have the same shard already; empty when it stays where it is */
  PaddockModelFacts *facts;          /* of the first */
  PaddockFileIdentity *identities;   /* one for each source */
  guint64 size;
  char *duplicate_of;                /* id of the entry that has the same weights already */
  GError *problem;                   /* why it does not come in: NOT_A_MODEL (its Health tells more), EXISTS, FOREIGN ... */
} PaddockImportItem;

/**
 * PaddockImportPlan:
 *
 * What importing some files and folders would do, before anything is done: the same for the dialog, for a dry run and for
 * doing it. Counted, and in one thread at a time: while a worker runs it, nobody else looks into it.
 */
typedef struct
{
  PaddockImportMode mode;
  char *folder;                      /* where copies go */
  GPtrArray *items;                  /* PaddockImportItem */
  GPtrArray *folders;                /* char *: that have to be looked into from then on; only where things are left */
  guint64 bytes;                     /* that have to be written where the file system cannot share them */
  guint64 free_bytes;                /* G_MAXUINT64: not known */
  gboolean shares;                   /* the file system can share them: reflink, or a rename */
  GPtrArray *imported;               /* char *: where models are now; empty before it was run */
} PaddockImportPlan;

/* Reads; blocks. NO_SPACE is told by comparing, not as an error. */
PaddockImportPlan *paddock_import_plan_new        (const char * const *paths, PaddockImportMode mode, const char *folder,
                                                   PaddockLibraryIndex *index, GCancellable *cancellable, GError **error);
PaddockImportPlan *paddock_import_plan_ref        (PaddockImportPlan *self);
void               paddock_import_plan_unref      (PaddockImportPlan *self);
/* Looks once more at how much there is to write, and room for it. */
void               paddock_import_plan_measure    (PaddockImportPlan *self);
/* Does it: item by item, each whole or not at all; what has a problem or a duplicate is passed over. What failed carries
   its problem; FALSE when nothing could be done (NO_SPACE: nothing was begun) or it was cancelled. */
gboolean           paddock_import_plan_run        (PaddockImportPlan *self, PaddockWorker *worker, GError **error);
void               paddock_import_plan_run_async  (PaddockImportPlan *self, PaddockProgressFunc progress,
                                                   gpointer progress_data, GCancellable *cancellable,
                                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean           paddock_import_plan_run_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockImportPlan, paddock_import_plan_unref)

G_END_DECLS
