/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-transfer.h"

#include <stdio.h>
#include <string.h>

#include "bench-timer.h"

/* So long a rate has to be kept; what was saved up before is none of it. */
#define MEASURED_SECONDS 10
#define SETTLE_SECONDS 1
#define MEGABYTE 1000000u

typedef struct
{
  PaddockDownloadTransfer *transfer;
  GCancellable *cancellable;
  gboolean over, done;
} Getting;

static void
on_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Getting *self = user_data;
  g_autofree char *digest = paddock_download_transfer_run_finish (result, NULL);

  self->done = digest != NULL;
  self->over = TRUE;
}

static Getting *
begin (const char *url, const char *folder, guint number, PaddockRateLimit *limit)
{
  g_autofree char *target = g_strdup_printf ("%s/%u.bin", folder, number);
  g_autoptr (PaddockDownloadRequest) request = paddock_download_request_new (target);
  const PaddockTransferOptions options = { .network = { .proxy = "" }, .limit = limit };
  Getting *self = g_new0 (Getting, 1);

  paddock_download_request_add_source (request, url, NULL);
  self->transfer = paddock_download_transfer_new (request, &options);
  self->cancellable = g_cancellable_new ();
  paddock_download_transfer_run_async (self->transfer, NULL, NULL, self->cancellable, on_finished, self);
  return self;
}

static void
wait_for_end (Getting *self)
{
  while (!self->over)
    g_main_context_iteration (NULL, TRUE);
}

static void
getting_free (Getting *self)
{
  paddock_download_transfer_unref (self->transfer);
  g_object_unref (self->cancellable);
  g_free (self);
}

static guint64
get_fetched (Getting *self)
{
  PaddockTransferStatus status;

  paddock_download_transfer_get_status (self->transfer, &status);
  return status.fetched;
}

static void
set_over (gpointer over)
{
  *(gboolean *) over = TRUE;
}

static void
run_for (guint seconds)
{
  gboolean over = FALSE;

  g_timeout_add_once (seconds * 1000, set_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* Bytes a second over ten seconds: of the first one, and of both. */
static void
measure (const char *name, Getting *first, Getting *second)
{
  g_autofree char *own = g_strconcat (name, ".first", NULL);
  guint64 bytes, all;
  double start, seconds;

  run_for (SETTLE_SECONDS);
  start = bench_timer_now ();
  bytes = get_fetched (first);
  all = bytes + get_fetched (second);
  run_for (MEASURED_SECONDS);
  seconds = bench_timer_now () - start;
  bench_timer_print (own, (double) (get_fetched (first) - bytes) / seconds);
  bench_timer_print (name, (double) (get_fetched (first) + get_fetched (second) - all) / seconds);
}

/* Two transfers of a large file, under limits that change while they run. */
static void
run_limits (const char *url, const char *folder)
{
  g_autoptr (PaddockRateLimit) limit = paddock_rate_limit_new (8 * MEGABYTE);
  Getting *first = begin (url, folder, 1, limit), *second = begin (url, folder, 2, limit);

  measure ("all.8", first, second);
  paddock_download_transfer_set_limit (first->transfer, 2 * MEGABYTE);
  measure ("own.2", first, second);
  paddock_rate_limit_set (limit, 20 * MEGABYTE);
  measure ("all.20", first, second);
  paddock_rate_limit_set (limit, 0);
  paddock_download_transfer_set_limit (second->transfer, MEGABYTE / 2);
  measure ("each", first, second);
  g_cancellable_cancel (first->cancellable);
  g_cancellable_cancel (second->cancellable);
  wait_for_end (first);
  wait_for_end (second);
  getting_free (first);
  getting_free (second);
}

/* The most that it ever was. What the system counts for whoever asks for a child's costs may be its parent's. */
static double
get_resident (void)
{
  g_autofree char *text = NULL;
  const char *line = g_file_get_contents ("/proc/self/status", &text, NULL, NULL) ? strstr (text, "VmHWM:") : NULL;

  return line != NULL ? (double) g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) * 1024 : 0;
}

/* So many at once, until all are there. */
static gboolean
run_many (const char *url, const char *folder, guint count)
{
  g_autofree Getting **all = g_new0 (Getting *, count);
  gboolean done = TRUE;

  for (guint i = 0; i < count; i++)
    all[i] = begin (url, folder, i, NULL);
  for (guint i = 0; i < count; i++)
    {
      wait_for_end (all[i]);
      done = all[i]->done && done;
      getting_free (all[i]);
    }
  bench_timer_print ("resident", get_resident ());
  return done;
}

/* Transfers within one process: bench-transfers limits|COUNT URL FOLDER. */
int
main (int argc, char **argv)
{
  if (argc != 4)
    {
      fprintf (stderr, "bench-transfers: limits|COUNT URL FOLDER\n");
      return 2;
    }
  if (!g_str_equal (argv[1], "limits"))
    return run_many (argv[2], argv[3], (guint) g_ascii_strtoull (argv[1], NULL, 10)) ? 0 : 1;
  run_limits (argv[2], argv[3]);
  return 0;
}
