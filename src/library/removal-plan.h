/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "library-index.h"
#include "record-store.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_REMOVAL_TRASH,             /* to the Trash, from where it can be put back */
  PADDOCK_REMOVAL_UNLINK             /* a link: its target stays */
} PaddockRemovalWay;

typedef struct
{
  char *path;
  char *link_target;                 /* of a link: what it points to, to make it again */
  const char *store;
  PaddockFileIdentity identity;      /* what has to be there still when it is done */
  PaddockRemovalWay way;
  guint64 freed;                     /* 0 for a link or one of several names */
  char *trashed;                     /* where it is afterwards: URI in the Trash, NULL before */
  gboolean removed;                  /* it was done, and may be undone */
} PaddockRemovalItem;

/**
 * PaddockRemovalPlan:
 *
 * What removing would do, to be shown, done and undone. A file with other names keeps them; a link is removed, never its
 * target; what belongs to another program is in it only when that was asked for, and then with the manifests and links that
 * name it, while blobs that something else there needs stay. Counted, and in one thread at a time.
 */
typedef struct
{
  GPtrArray *items;                  /* PaddockRemovalItem */
  GPtrArray *kept;                   /* char *: locations that stay, because they belong to another program */
  GPtrArray *dangling;               /* char *: links elsewhere that would lead nowhere afterwards */
  GPtrArray *ids;                    /* char *: entries concerned */
  guint64 freed;
} PaddockRemovalPlan;

PaddockRemovalPlan *paddock_removal_plan_new (PaddockLibraryIndex *index, const char * const *ids, gboolean foreign,
                                              GError **error);
/* Single files, by path: one location of a model, partial downloads, orphans. */
PaddockRemovalPlan *paddock_removal_plan_new_for_files (PaddockLibraryIndex *index, const char * const *paths,
                                                        gboolean foreign, GError **error);
PaddockRemovalPlan *paddock_removal_plan_ref   (PaddockRemovalPlan *self);
void                paddock_removal_plan_unref (PaddockRemovalPlan *self);
/* What fails stays in place; the first failure is the error, and what was done is undoable all the same. */
gboolean            paddock_removal_plan_run   (PaddockRemovalPlan *self, PaddockWorker *worker, GError **error);
gboolean            paddock_removal_plan_undo  (PaddockRemovalPlan *self, GError **error);
/* After it was run: what was removed on purpose is not missed. The records of its models (of the index that it was made of)
   no longer say that they were there; the rest of what they say stays. Blocks. */
gboolean            paddock_removal_plan_forget (PaddockRemovalPlan *self, PaddockLibraryIndex *index,
                                                 PaddockRecordStore *records, GError **error);
/* In a worker: nobody else looks into the plan before the callback. Progress counts files. */
void                paddock_removal_plan_run_async   (PaddockRemovalPlan *self, PaddockProgressFunc progress,
                                                      gpointer progress_data, GCancellable *cancellable,
                                                      GAsyncReadyCallback callback, gpointer user_data);
gboolean            paddock_removal_plan_run_finish  (GAsyncResult *result, GError **error);
void                paddock_removal_plan_undo_async  (PaddockRemovalPlan *self, GAsyncReadyCallback callback,
                                                      gpointer user_data);
gboolean            paddock_removal_plan_undo_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockRemovalPlan, paddock_removal_plan_unref)

G_END_DECLS
