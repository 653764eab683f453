/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "library-index.h"
#include "store-places.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_SHARE_REFLINK,             /* a file of its own that takes no room */
  PADDOCK_SHARE_HARD_LINK,
  PADDOCK_SHARE_SYMBOLIC_LINK,       /* it breaks when the model is moved */
  PADDOCK_SHARE_WRITE                /* a small text */
} PaddockSharingWay;

/* One thing that would be written. */
typedef struct
{
  char *path;
  char *source;                      /* of a link or shared copy; NULL: text is written */
  char *text;
  PaddockSharingWay way;
  PaddockFileIdentity expected;      /* of the source */
  PaddockFileIdentity made;          /* what was written; inode 0: nothing yet */
} PaddockSharingStep;

/**
 * PaddockSharingPlan:
 *
 * Making a model known to another program without a second copy: what would be written, then doing it. Taking it back
 * removes exactly that. Counted, and in one thread at a time.
 */
typedef struct
{
  char *program;                     /* "ollama", "lmstudio", "llamacpp": ids of stores */
  char *name;                        /* what the program will call it */
  GPtrArray *steps;                  /* PaddockSharingStep, in the order in which they are done */
  GPtrArray *folders;                /* char *: that were made */
  char *computed;                    /* SHA-256 of the model, where it had to be read for it; NULL: it had not */
  PaddockFileIdentity computed_of;
  guint64 unread;                    /* bytes to be read for names that are told as "…" so far; 0: it can be run */
} PaddockSharingPlan;

/* NOT_FOUND: the program is not there, or the model is not; EXISTS: the program has it, or something of that name; INVALID:
   the program cannot use it. Ollama names files by their SHA-256. Where nobody knows it an outline has a "…" in its
   place; */
PaddockSharingPlan *paddock_sharing_plan_new_outline (PaddockLibraryIndex *index, const char *id, const char *program,
                                                      const PaddockStorePlaces *places, GError **error);
/* and here the files are read: blocks. The worker, which may be NULL, takes the progress, in bytes. */
PaddockSharingPlan *paddock_sharing_plan_new   (PaddockLibraryIndex *index, const char *id, const char *program,
                                                const PaddockStorePlaces *places, PaddockWorker *worker, GError **error);
PaddockSharingPlan *paddock_sharing_plan_ref   (PaddockSharingPlan *self);
void                paddock_sharing_plan_unref (PaddockSharingPlan *self);
gboolean            paddock_sharing_plan_run   (PaddockSharingPlan *self, GError **error);   /* all or nothing */
gboolean            paddock_sharing_plan_undo  (PaddockSharingPlan *self, GError **error);

/* The same in a worker. */
void                paddock_sharing_plan_load_async  (PaddockLibraryIndex *index, const char *id, const char *program,
                                                      const PaddockStorePlaces *places, PaddockProgressFunc progress,
                                                      gpointer progress_data, GCancellable *cancellable,
                                                      GAsyncReadyCallback callback, gpointer user_data);
PaddockSharingPlan *paddock_sharing_plan_load_finish (GAsyncResult *result, GError **error);
void                paddock_sharing_plan_run_async   (PaddockSharingPlan *self, GAsyncReadyCallback callback,
                                                      gpointer user_data);
gboolean            paddock_sharing_plan_run_finish  (GAsyncResult *result, GError **error);
void                paddock_sharing_plan_undo_async  (PaddockSharingPlan *self, GAsyncReadyCallback callback,
                                                      gpointer user_data);
gboolean            paddock_sharing_plan_undo_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockSharingPlan, paddock_sharing_plan_unref)

G_END_DECLS
