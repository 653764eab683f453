/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-resolver.h"
#include "queue-private.h"

#include <stdio.h>

#include "bench-timer.h"

#define RUNNING_SECONDS 4

/* What the main loop did since it was looked at last. */
static double longest, total, polled;

/* Waiting is no work. */
static gint
wait_and_count (GPollFD *fds, guint count, gint timeout)
{
  double start = bench_timer_now ();
  gint answer = g_poll (fds, count, timeout);

  polled += bench_timer_now () - start;
  return answer;
}

static void
turn (void)
{
  double start = bench_timer_now (), seconds;

  polled = 0;
  g_main_context_iteration (NULL, TRUE);
  seconds = bench_timer_now () - start - polled;
  longest = MAX (longest, seconds);
  total += seconds;
}

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static PaddockDownloadQueue *
make_queue (const char *folder)
{
  g_autoptr (PaddockDownloadResolver) resolver = paddock_download_resolver_new (NULL);
  g_autoptr (GError) error = NULL;
  PaddockQueueSurroundings outside;
  PaddockDownloadQueue *queue;
  double start;

  paddock_queue_surroundings_init (&outside);
  outside.resolver_means = &paddock_download_resolver_means;
  outside.resolver = G_OBJECT (resolver);
  outside.options.proxy = "";
  queue = paddock_download_queue_new (&outside, NULL);
  start = bench_timer_now ();
  if (!paddock_download_queue_open (queue, folder, &error))
    g_error ("%s", error->message);
  bench_timer_print (g_list_model_get_n_items (G_LIST_MODEL (queue)) > 0 ? "load" : "open", bench_timer_now () - start);
  return queue;
}

static void
settle (PaddockDownloadQueue *queue)
{
  while (queue->unsaved || queue->saving || queue->surveying || queue->next_pass == 0)
    turn ();
}

static void
fill (PaddockDownloadQueue *queue, const char *folder, const char *url, guint count)
{
  double start = bench_timer_now ();

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *target = g_strdup_printf ("%s/model-%05u.bin", folder, i);
      g_autoptr (PaddockDownloadOrigin) origin = paddock_download_origin_new (url, NULL, -1);

      paddock_download_queue_add (queue, NULL, target, origin);
    }
  bench_timer_print ("add", bench_timer_now () - start);
  start = bench_timer_now ();
  settle (queue);
  bench_timer_print ("save", bench_timer_now () - start);
  bench_timer_print ("save.turn", longest);
}

static void
run (void)
{
  double end = bench_timer_now () + RUNNING_SECONDS;

  longest = total = 0;
  while (bench_timer_now () < end)
    turn ();
  bench_timer_print ("run.turn", longest);
  bench_timer_print ("run.work", total / RUNNING_SECONDS);
}

static void
close_queue (PaddockDownloadQueue *queue)
{
  double start = bench_timer_now ();

  longest = 0;
  paddock_download_queue_set_running (queue, FALSE);
  while (paddock_download_queue_is_busy (queue))
    turn ();
  bench_timer_print ("stop", bench_timer_now () - start);
  bench_timer_print ("stop.turn", longest);
  g_object_unref (queue);
}

/* A queue with so many downloads, of which two run: bench-queue COUNT URL FOLDER. */
int
main (int argc, char **argv)
{
  guint count = argc == 4 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 0;
  PaddockDownloadQueue *queue;
  double start;

  if (count == 0)
    {
      fprintf (stderr, "bench-queue: COUNT URL FOLDER\n");
      return 2;
    }
  g_main_context_set_poll_func (NULL, wait_and_count);
  g_timeout_add (20, wake, NULL);
  queue = make_queue (argv[3]);
  paddock_download_queue_set_running (queue, TRUE);
  fill (queue, argv[3], argv[2], count);
  run ();
  start = bench_timer_now ();
  paddock_download_queue_pause_all (queue);
  bench_timer_print ("pause-all", bench_timer_now () - start);
  paddock_download_queue_resume_all (queue);
  close_queue (queue);
  queue = make_queue (argv[3]);
  close_queue (queue);
  return 0;
}
