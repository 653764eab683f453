/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/worker.h"

#define FRAME_US 16000

struct _PaddockWorker
{
  gatomicrefcount ref_count;

  /* Owned */
  PaddockWork work;
  GMainContext *context;
  GCancellable *cancellable;
  GObject *source;       /* given back in the context that started the work: this may be its last reference */

  /* Borrowed */
  GAsyncReadyCallback callback;
  gpointer user_data;
  gpointer owner;        /* the source, for comparing; it may be gone */

  /* The work's own: which part of it is under way; no total: it is all one */
  guint64 before;
  guint64 part_of;

  /* Between the threads, under lock */
  GMutex lock;
  GSource *pending;      /* will tell what was reported last */
  guint64 done;
  guint64 total;
  gint64 told_at;        /* when it was last told, on the monotonic clock */
  gboolean closed;
};

static PaddockWorker *
paddock_worker_ref (PaddockWorker *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
drop_snapshot (PaddockWorker *self)
{
  gpointer snapshot = g_steal_pointer (&self->work.snapshot);

  if (snapshot != NULL && self->work.snapshot_free != NULL)
    self->work.snapshot_free (snapshot);
}

static void
paddock_worker_unref (PaddockWorker *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  drop_snapshot (self);
  g_main_context_unref (self->context);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gboolean
tell_progress (gpointer user_data)
{
  PaddockWorker *self = user_data;
  guint64 done, total;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->pending, g_source_unref);
  self->told_at = g_get_monotonic_time ();
  done = self->done;
  total = self->total;
  g_mutex_unlock (&self->lock);
  self->work.progress (done, total, self->work.progress_data);
  return G_SOURCE_REMOVE;
}

/* Runs in the context that started the work, so no progress can be under way beside it; what is still unsaid is said
 * here, and nothing afterwards. */
static void
close_progress (PaddockWorker *self)
{
  g_autoptr(GSource) pending = NULL;

  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  pending = g_steal_pointer (&self->pending);
  g_mutex_unlock (&self->lock);
  if (pending == NULL)
    return;
  g_source_destroy (pending);
  self->work.progress (self->done, self->total, self->work.progress_data);
}

static void
work_done (GObject *nobody, GAsyncResult *result, gpointer user_data)
{
  PaddockWorker *self = user_data;
  g_autoptr(GObject) source = g_steal_pointer (&self->source);

  close_progress (self);
  if (self->callback != NULL)
    self->callback (source, result, self->user_data);
  paddock_worker_unref (self);
}

static void
work_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  PaddockWorker *self = task_data;
  g_autoptr(GError) error = NULL;
  gpointer result = NULL;

  if (paddock_worker_poll (self, &error))
    result = self->work.run (self, self->work.snapshot, &error);
  /* The thread may hold the task a little longer than the caller does; what was handed over is gone by then. */
  drop_snapshot (self);
  if (error != NULL)
    {
      if (result != NULL && self->work.result_free != NULL)
        self->work.result_free (result);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else if (result == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s gave no result", self->work.name);
  else
    g_task_return_pointer (task, result, self->work.result_free);
}

/**
 * paddock_worker_run_async:
 * @source_object: (nullable) (type GObject.Object): whose work it is
 * @work: what to do; copied, and its snapshot taken over
 * @cancellable: (nullable): what the work polls
 * @callback: (nullable) (scope async): called in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Runs a piece of work on a GTask thread. Whether it was cancelled is for the work to say: what was finished before it
 * heard of it counts.
 */
void
paddock_worker_run_async (gpointer source_object, const PaddockWork *work, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  PaddockWorker *self = g_new0 (PaddockWorker, 1);
  g_autoptr(GTask) task = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->work = *work;
  self->context = g_main_context_ref_thread_default ();
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->callback = callback;
  self->user_data = user_data;

  self->source = source_object != NULL ? g_object_ref (source_object) : NULL;
  self->owner = source_object;

  /* Not the task's own source: the thread may be the last to hold the task. */
  task = g_task_new (NULL, cancellable, work_done, self);
  g_task_set_source_tag (task, paddock_worker_run_async);
  g_task_set_static_name (task, work->name);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, paddock_worker_ref (self), (GDestroyNotify) paddock_worker_unref);
  g_task_run_in_thread (task, work_in_thread);
}

/**
 * paddock_worker_run_finish:
 * @source_object: (nullable) (type GObject.Object): as it was given
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the work's result, or %NULL with @error set
 */
gpointer
paddock_worker_run_finish (gpointer source_object, GAsyncResult *result, GError **error)
{
  PaddockWorker *self;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, paddock_worker_run_async), NULL);
  self = g_task_get_task_data (G_TASK (result));
  g_return_val_if_fail (self->owner == source_object, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * paddock_worker_report:
 * @worker: (nullable): the work's handle
 * @done: how much is done
 * @total: of how much, 0 when that is unknown
 *
 * Tells how far the work is. Cheap: the other thread hears of the latest report once per frame.
 */
void
paddock_worker_report (PaddockWorker *worker, guint64 done, guint64 total)
{
  gint64 now;

  if (worker == NULL || worker->work.progress == NULL)
    return;
  g_mutex_lock (&worker->lock);
  worker->done = worker->before + done;
  worker->total = worker->part_of > 0 ? worker->part_of : total;
  if (worker->pending == NULL && !worker->closed)
    {
      now = g_get_monotonic_time ();
      worker->pending = g_timeout_source_new (0);
      g_source_set_static_name (worker->pending, "paddock-progress");
      g_source_set_priority (worker->pending, G_PRIORITY_DEFAULT);
      g_source_set_callback (worker->pending, tell_progress, paddock_worker_ref (worker),
                             (GDestroyNotify) paddock_worker_unref);
      g_source_set_ready_time (worker->pending, worker->told_at == 0 ? now : MAX (now, worker->told_at + FRAME_US));
      g_source_attach (worker->pending, worker->context);
    }
  g_mutex_unlock (&worker->lock);
}

/**
 * paddock_worker_set_part:
 * @worker: (nullable): the work's handle
 * @before: how much was done before this part
 * @total: of how much, all parts together
 *
 * Lets a function that reports its own progress be one of several.
 */
void
paddock_worker_set_part (PaddockWorker *worker, guint64 before, guint64 total)
{
  if (worker == NULL)
    return;
  worker->before = before;
  worker->part_of = total;
}

/**
 * paddock_worker_poll:
 * @worker: (nullable): the work's handle
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: %FALSE if the work shall stop
 */
gboolean
paddock_worker_poll (PaddockWorker *worker, GError **error)
{
  return worker == NULL || !g_cancellable_set_error_if_cancelled (worker->cancellable, error);
}

/**
 * paddock_worker_get_cancellable:
 * @worker: (nullable): the work's handle
 *
 * Returns: (transfer none) (nullable): what it polls
 */
GCancellable *
paddock_worker_get_cancellable (PaddockWorker *worker)
{
  return worker == NULL ? NULL : worker->cancellable;
}
