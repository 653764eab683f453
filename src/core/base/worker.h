/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockWorker:
 *
 * One piece of work on a GTask thread, as seen from inside that thread: the place to report progress to and to ask
 * whether to stop. It lives as long as the function it was given to runs.
 */
typedef struct _PaddockWorker PaddockWorker;

/**
 * PaddockWorkerFunc:
 * @worker: the work's own handle
 * @snapshot: the immutable input
 * @error: return location for an error
 *
 * Runs in a worker thread. It must call paddock_worker_poll() at least every 10 ms of work.
 *
 * Returns: (transfer full) (nullable): the result, or %NULL with @error set
 */
typedef gpointer (*PaddockWorkerFunc) (PaddockWorker *worker, gpointer snapshot, GError **error);

/**
 * PaddockProgressFunc:
 * @done: how much is done
 * @total: of how much, 0 when that is unknown
 *
 * Called in the main context that started the work, at most once per frame while it runs and, if something is still
 * unsaid, once more just before its callback. Never after that.
 */
typedef void (*PaddockProgressFunc) (guint64 done, guint64 total, gpointer user_data);

typedef struct
{
  const char *name;                /* static: names the GTask */
  PaddockWorkerFunc run;
  gpointer snapshot;               /* handed over to the worker */
  GDestroyNotify snapshot_free;
  GDestroyNotify result_free;
  PaddockProgressFunc progress;    /* may be NULL; never called after the work's callback */
  gpointer progress_data;
} PaddockWork;

void     paddock_worker_run_async  (gpointer             source_object,
                                    const PaddockWork   *work,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gpointer paddock_worker_run_finish (gpointer             source_object,
                                    GAsyncResult        *result,
                                    GError             **error);

/* From inside the work. Without a worker (NULL) they do nothing, so that the same code serves synchronous callers. */
void          paddock_worker_report          (PaddockWorker *worker, guint64 done, guint64 total);
/* Of work in several parts: what is reported from now on is of a part, before which so much of the total was done. */
void          paddock_worker_set_part        (PaddockWorker *worker, guint64 before, guint64 total);
gboolean      paddock_worker_poll            (PaddockWorker *worker, GError **error);
GCancellable *paddock_worker_get_cancellable (PaddockWorker *worker);

G_END_DECLS
