/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/worker.h"

typedef struct
{
  GMainLoop *loop;
  GThread *thread;          /* that started the work */
  guint64 last_done;
  guint n_progress;
  guint n_told_after;       /* progress that came after the callback */
  gboolean finished;
  GAsyncResult *result;

  /* between the threads */
  GMutex lock;
  GCond changed;
  gboolean may_end;
  gboolean running;
} Watch;

static void
watch_init (Watch *watch, GMainContext *context)
{
  *watch = (Watch) { .loop = g_main_loop_new (context, FALSE), .thread = g_thread_self () };
  g_mutex_init (&watch->lock);
  g_cond_init (&watch->changed);
}

static void
watch_clear (Watch *watch)
{
  g_clear_object (&watch->result);
  g_main_loop_unref (watch->loop);
  g_mutex_clear (&watch->lock);
  g_cond_clear (&watch->changed);
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_true (g_thread_self () == watch->thread);
  g_assert_cmpuint (done, >=, watch->last_done);
  g_assert_cmpuint (total, ==, 1000000);
  watch->n_told_after += watch->finished;
  watch->last_done = done;
  watch->n_progress++;
  /* Work that waits for its first report to arrive may end now. */
  g_mutex_lock (&watch->lock);
  watch->may_end = TRUE;
  g_cond_signal (&watch->changed);
  g_mutex_unlock (&watch->lock);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_true (g_thread_self () == watch->thread);
  watch->finished = TRUE;
  watch->result = g_object_ref (result);
  g_main_loop_quit (watch->loop);
}

static gpointer
report_often (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Watch *watch = snapshot;

  g_assert_true (g_thread_self () != watch->thread);
  for (guint64 i = 1; i <= 1000000; i++)
    paddock_worker_report (worker, i, 1000000);
  return g_strdup ("done");
}

static void
test_progress (void)
{
  Watch watch;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  PaddockWork work = { .name = "test", .run = report_often, .result_free = g_free, .progress = on_progress };

  gint64 begun = g_get_monotonic_time ();
  gint64 frames;

  watch_init (&watch, NULL);
  work.snapshot = work.progress_data = &watch;
  paddock_worker_run_async (NULL, &work, NULL, on_done, &watch);
  g_main_loop_run (watch.loop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  text = paddock_worker_run_finish (NULL, watch.result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "done");
  g_assert_cmpuint (watch.n_told_after, ==, 0);
  /* The last report always arrives, and a million of them do not flood the loop. */
  g_assert_cmpuint (watch.last_done, ==, 1000000);
  frames = (g_get_monotonic_time () - begun) / 16000;
  g_assert_cmpint (watch.n_progress, <=, frames + 2);
  watch_clear (&watch);
}

/* Four parts that know nothing of each other. */
static gpointer
report_parts (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  for (guint64 part = 0; part < 4; part++)
    {
      paddock_worker_set_part (worker, part * 250000, 1000000);
      for (guint64 i = 1; i <= 250; i++)
        paddock_worker_report (worker, i * 1000, 250000);
    }
  return g_strdup ("done");
}

static void
test_parts (void)
{
  Watch watch;
  g_autofree char *text = NULL;
  PaddockWork work = { .name = "test", .run = report_parts, .result_free = g_free, .progress = on_progress };

  watch_init (&watch, NULL);
  work.progress_data = &watch;
  paddock_worker_run_async (NULL, &work, NULL, on_done, &watch);
  g_main_loop_run (watch.loop);
  text = paddock_worker_run_finish (NULL, watch.result, NULL);
  g_assert_cmpstr (text, ==, "done");
  g_assert_cmpuint (watch.last_done, ==, 1000000);
  paddock_worker_set_part (NULL, 1, 2);
  watch_clear (&watch);
}

static gpointer
wait_for_progress (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Watch *watch = snapshot;

  paddock_worker_report (worker, 1, 1000000);
  g_mutex_lock (&watch->lock);
  while (!watch->may_end)
    g_cond_wait (&watch->changed, &watch->lock);
  g_mutex_unlock (&watch->lock);
  return g_strdup ("seen");
}

/* The context is the one that started the work, here not the default one; and progress comes while it runs. */
static gpointer
run_in_own_context (gpointer data)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autofree char *text = NULL;
  Watch watch;
  PaddockWork work = { .name = "test", .run = wait_for_progress, .result_free = g_free, .progress = on_progress };

  g_main_context_push_thread_default (context);
  watch_init (&watch, context);
  work.snapshot = work.progress_data = &watch;
  paddock_worker_run_async (NULL, &work, NULL, on_done, &watch);
  g_main_loop_run (watch.loop);
  text = paddock_worker_run_finish (NULL, watch.result, NULL);
  g_assert_cmpstr (text, ==, "seen");
  g_assert_cmpuint (watch.n_progress, ==, 1);
  watch_clear (&watch);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
test_context (void)
{
  g_thread_join (g_thread_new ("other", run_in_own_context, NULL));
}

static gpointer
end_at_once (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  return g_strdup ("done");
}

static void
note_end (gpointer thread, GObject *where_it_was)
{
  *(GThread **) thread = g_thread_self ();
}

/* An object that nobody else holds while its work runs ends where it was begun, never in the thread of the work. */
static void
test_source (void)
{
  enum { TIMES = 500 };

  for (guint i = 0; i < TIMES; i++)
    {
      GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
      GThread *ended_in = NULL;
      g_autofree char *text = NULL;
      Watch watch;
      PaddockWork work = { .name = "test", .run = end_at_once, .result_free = g_free };

      watch_init (&watch, NULL);
      g_object_weak_ref (source, note_end, &ended_in);
      paddock_worker_run_async (source, &work, NULL, on_done, &watch);
      g_object_unref (source);
      g_main_loop_run (watch.loop);
      g_assert_true (ended_in == watch.thread);
      text = paddock_worker_run_finish (source, watch.result, NULL);
      g_assert_cmpstr (text, ==, "done");
      watch_clear (&watch);
    }
}

static gpointer
poll_until_cancelled (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Watch *watch = snapshot;

  g_mutex_lock (&watch->lock);
  watch->running = TRUE;
  g_cond_signal (&watch->changed);
  g_mutex_unlock (&watch->lock);
  while (paddock_worker_poll (worker, error))
    g_thread_yield ();
  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  Watch watch;
  PaddockWork work = { .name = "test", .run = poll_until_cancelled, .result_free = g_free };

  watch_init (&watch, NULL);
  work.snapshot = &watch;
  paddock_worker_run_async (NULL, &work, cancellable, on_done, &watch);
  g_mutex_lock (&watch.lock);
  while (!watch.running)
    g_cond_wait (&watch.changed, &watch.lock);
  g_mutex_unlock (&watch.lock);
  g_cancellable_cancel (cancellable);
  g_main_loop_run (watch.loop);
  g_assert_null (paddock_worker_run_finish (NULL, watch.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  watch_clear (&watch);
}

static gpointer
finish_though_cancelled (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  g_cancellable_cancel (paddock_worker_get_cancellable (worker));
  return g_strdup ("whole");
}

/* What was finished counts: the file is on the disk, whatever the person pressed meanwhile. */
static void
test_cancel_late (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  Watch watch;
  PaddockWork work = { .name = "test", .run = finish_though_cancelled, .result_free = g_free };

  watch_init (&watch, NULL);
  paddock_worker_run_async (NULL, &work, cancellable, on_done, &watch);
  g_main_loop_run (watch.loop);
  text = paddock_worker_run_finish (NULL, watch.result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "whole");
  watch_clear (&watch);
}

static gpointer
never_run (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  g_assert_not_reached ();
}

static void
count_free (gpointer data)
{
  g_atomic_int_inc ((gint *) data);
}

static void
test_cancelled_before (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  gint n_freed = 0;
  Watch watch;
  PaddockWork work = { .name = "test", .run = never_run, .snapshot = &n_freed, .snapshot_free = count_free };

  watch_init (&watch, NULL);
  g_cancellable_cancel (cancellable);
  paddock_worker_run_async (NULL, &work, cancellable, on_done, &watch);
  g_main_loop_run (watch.loop);
  g_assert_null (paddock_worker_run_finish (NULL, watch.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  watch_clear (&watch);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (g_atomic_int_get (&n_freed), ==, 1);
}

static gpointer
give_nothing (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  return NULL;
}

static void
test_nothing (void)
{
  g_autoptr(GError) error = NULL;
  Watch watch;
  PaddockWork work = { .name = "test", .run = give_nothing };

  watch_init (&watch, NULL);
  paddock_worker_run_async (NULL, &work, NULL, on_done, &watch);
  g_main_loop_run (watch.loop);
  g_assert_null (paddock_worker_run_finish (NULL, watch.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  watch_clear (&watch);
}

static void
test_without (void)
{
  g_autoptr(GError) error = NULL;

  paddock_worker_report (NULL, 1, 2);
  g_assert_true (paddock_worker_poll (NULL, &error));
  g_assert_no_error (error);
  g_assert_null (paddock_worker_get_cancellable (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/worker/progress", test_progress);
  g_test_add_func ("/worker/parts", test_parts);
  g_test_add_func ("/worker/context", test_context);
  g_test_add_func ("/worker/source", test_source);
  g_test_add_func ("/worker/cancel", test_cancel);
  g_test_add_func ("/worker/cancel-late", test_cancel_late);
  g_test_add_func ("/worker/cancelled-before", test_cancelled_before);
  g_test_add_func ("/worker/nothing", test_nothing);
  g_test_add_func ("/worker/without", test_without);
  return g_test_run ();
}
