/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-run.h"

#include "download-error.h"
#include "part-file.h"
#include "queue-private.h"
#include "retry-plan.h"

/* A transfer has tried for a while by itself before it gives up: then there is no hurry. So often in a row, and the person
   has to decide. */
#define ATTEMPTS 12
#define CALM 5

static void
free_run (PaddockQueueRun *run)
{
  PaddockDownloadQueue *queue = PADDOCK_DOWNLOAD_QUEUE (run->queue);

  if (run->transfer != NULL)
    queue->outside.transfers->free (run->transfer);
  g_object_unref (run->download);
  g_object_unref (run->cancellable);
  g_object_unref (run->queue);
  g_free (run);
}

static PaddockQueueRun *
add_run (PaddockDownloadQueue *queue, PaddockDownload *download)
{
  PaddockQueueRun *run = g_new0 (PaddockQueueRun, 1);

  run->queue = g_object_ref (G_OBJECT (queue));
  run->download = g_object_ref (download);
  run->cancellable = g_cancellable_new ();
  download->run = run;
  g_ptr_array_add (queue->runs, run);
  return run;
}

/* Whoever has changed their mind meanwhile has it on the list again. */
static void
end_run (PaddockQueueRun *run)
{
  PaddockDownloadQueue *queue = PADDOCK_DOWNLOAD_QUEUE (run->queue);
  PaddockDownload *download = run->download;

  download->run = NULL;
  download->allocated = -1;
  g_ptr_array_remove_fast (queue->runs, run);
  if (run->removes)
    {
      download->begun = FALSE;
      download->allocated = 0;
      paddock_download_touch (download);
      paddock_queue_save_soon (queue);
    }
  if (run->leaves && download->state == PADDOCK_DOWNLOAD_CANCELLED)
    paddock_queue_take_off (queue, download);
  paddock_queue_think (queue);
  paddock_queue_notify (queue);
  free_run (run);
}

static gpointer
remove_part (PaddockWorker *worker G_GNUC_UNUSED, gpointer target, GError **error)
{
  return paddock_part_file_remove (target, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

/* What another program holds is that program's; the person hears of it. */
static void
on_removed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  PaddockQueueRun *run = user_data;
  g_autoptr (GError) error = NULL;

  if (paddock_worker_run_finish (NULL, result, &error) == NULL)
    paddock_queue_tell_left (PADDOCK_DOWNLOAD_QUEUE (run->queue), run->download, error);
  end_run (run);
}

static void
end_or_remove (PaddockQueueRun *run)
{
  const PaddockWork work = {
    .name = "download removal",
    .run = remove_part,
    .snapshot = g_strdup (run->download->target),
    .snapshot_free = g_free,
  };

  if (run->removes)
    {
      paddock_worker_run_async (NULL, &work, NULL, on_removed, run);
      return;
    }
  g_free (work.snapshot);
  end_run (run);
}

/* Whatever is not about downloading is about this computer. */
static GError *
name_failure (const GError *problem)
{
  return problem->domain == PADDOCK_DOWNLOAD_ERROR
             ? g_error_copy (problem)
             : g_error_new_literal (PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_DISK, problem->message);
}

static gint64
find_retry (PaddockDownloadQueue *queue, PaddockDownload *download)
{
  return queue->outside.now (queue->outside.data) +
         paddock_retry_plan_get_delay (download->failures + CALM, -1, queue->outside.chance (queue->outside.data));
}

static void
fail (PaddockQueueRun *run, const GError *problem)
{
  PaddockDownloadQueue *queue = PADDOCK_DOWNLOAD_QUEUE (run->queue);
  PaddockDownload *download = run->download;
  g_autoptr (GError) error = name_failure (problem);

  download->failures++;
  paddock_download_set_error (download, error);
  download->insists = FALSE;
  if (error->code == PADDOCK_DOWNLOAD_ERROR_NO_SPACE)
    {
      download->retry_at = find_retry (queue, download);
      paddock_queue_set_state (queue, download, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_DISK);
    }
  else if (paddock_download_error_passes (error) && !g_network_monitor_get_network_available (queue->outside.network))
    {
      download->retry_at = 0;
      paddock_queue_set_state (queue, download, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_NETWORK);
    }
  else if (paddock_download_error_passes (error) && download->failures < ATTEMPTS)
    {
      download->retry_at = find_retry (queue, download);
      paddock_queue_set_state (queue, download, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_RETRY);
    }
  else
    {
      paddock_queue_set_state (queue, download, PADDOCK_DOWNLOAD_FAILED, PADDOCK_DOWNLOAD_WAIT_NONE);
      paddock_queue_tell (queue, download);
    }
}

static void
succeed (PaddockQueueRun *run, char *digest)
{
  PaddockDownloadQueue *queue = PADDOCK_DOWNLOAD_QUEUE (run->queue);
  PaddockDownload *download = run->download;
  guint64 size = (guint64) MAX (download->total, 0);
  const PaddockDownloadProgress whole = { size, size, 0, download->total, -1 };

  download->sha256 = digest;
  download->failures = 0;
  download->begun = FALSE;
  paddock_download_set_error (download, NULL);
  paddock_download_set_progress (download, &whole);
  paddock_queue_set_state (queue, download, PADDOCK_DOWNLOAD_DONE, PADDOCK_DOWNLOAD_WAIT_NONE);
  paddock_queue_tell (queue, download);
}

/* A run that was stopped has nothing to say, unless it was quicker than that. */
static void
on_transferred (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  PaddockQueueRun *run = user_data;
  PaddockDownloadQueue *queue = PADDOCK_DOWNLOAD_QUEUE (run->queue);
  g_autoptr (PaddockDownload) download = g_object_ref (run->download);
  g_autoptr (GError) error = NULL;
  char *digest = queue->outside.transfers->end (result, &error);

  run->stopping = run->stopping && digest == NULL;
  paddock_queue_run_tend (run, queue->outside.now (queue->outside.data));
  g_free (download->sha256);
  download->sha256 = NULL;
  if (digest != NULL)
    {
      run->removes = FALSE;
      succeed (run, digest);
    }
  else if (!run->stopping)
    fail (run, error);
  end_or_remove (run);
}

static void
begin_transfer (PaddockQueueRun *run, PaddockDownloadRequest *request)
{
  PaddockDownloadQueue *queue = PADDOCK_DOWNLOAD_QUEUE (run->queue);
  const PaddockTransferMeans *means = queue->outside.transfers;
  const PaddockTransferOptions options = { .network = queue->outside.options, .limit = queue->limit };

  run->transfer = means->begin (request, &options, run->cancellable, on_transferred, run);
  means->set_limit (run->transfer, run->download->limit);
  run->download->begun = TRUE;
  paddock_download_touch (run->download);
  paddock_queue_save_soon (queue);
}

static void
on_resolved (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  PaddockQueueRun *run = user_data;
  PaddockDownloadQueue *queue = PADDOCK_DOWNLOAD_QUEUE (run->queue);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockDownloadRequest) request = queue->outside.resolver_means->finish (queue->outside.resolver, result, &error);

  if (run->stopping)
    {
      end_or_remove (run);
      return;
    }
  if (request == NULL)
    {
      fail (run, error);
      end_or_remove (run);
      return;
    }
  begin_transfer (run, request);
  paddock_queue_think (queue);
}

void
paddock_queue_run_begin (PaddockDownloadQueue *self, PaddockDownload *download)
{
  PaddockQueueRun *run = add_run (self, download);

  download->goes_first = FALSE;
  download->retry_at = 0;
  paddock_queue_set_state (self, download, PADDOCK_DOWNLOAD_RESOLVING, PADDOCK_DOWNLOAD_WAIT_NONE);
  self->outside.resolver_means->resolve (self->outside.resolver, download->origin, download->target, run->cancellable, on_resolved,
                                         run);
}

void
paddock_queue_run_remove (PaddockDownloadQueue *self, PaddockDownload *download, gboolean leaves)
{
  PaddockQueueRun *run = download->run;
  gboolean is_new = run == NULL;

  if (is_new)
    run = add_run (self, download);
  run->leaves = leaves;
  run->removes = TRUE;
  paddock_queue_run_stop (run);
  if (is_new)
    end_or_remove (run);
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* Not at once: some tasks end while they are being cancelled, and whoever stops several runs goes through a list of them. */
void
paddock_queue_run_stop (PaddockQueueRun *run)
{
  run->stopping = TRUE;
  g_idle_add_full (G_PRIORITY_DEFAULT, cancel, g_object_ref (run->cancellable), g_object_unref);
}

static void
tell_phase (PaddockQueueRun *run, const PaddockTransferStatus *status)
{
  static const struct
  {
    PaddockDownloadState state;
    PaddockDownloadWait wait;
  } phases[] = {
    [PADDOCK_TRANSFER_RESOLVING] = { PADDOCK_DOWNLOAD_RESOLVING, PADDOCK_DOWNLOAD_WAIT_NONE },
    [PADDOCK_TRANSFER_RECEIVING] = { PADDOCK_DOWNLOAD_DOWNLOADING, PADDOCK_DOWNLOAD_WAIT_NONE },
    [PADDOCK_TRANSFER_WAITING] = { PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_RETRY },
    [PADDOCK_TRANSFER_VERIFYING] = { PADDOCK_DOWNLOAD_VERIFYING, PADDOCK_DOWNLOAD_WAIT_NONE },
    [PADDOCK_TRANSFER_REPAIRING] = { PADDOCK_DOWNLOAD_VERIFYING, PADDOCK_DOWNLOAD_WAIT_NONE },
  };
  PaddockDownload *download = run->download;

  if (download->state != phases[status->phase].state || download->wait != phases[status->phase].wait)
    paddock_queue_set_state (PADDOCK_DOWNLOAD_QUEUE (run->queue), download, phases[status->phase].state,
                             phases[status->phase].wait);
  paddock_download_set_retry_in (download, (guint) CLAMP (status->retry_in, 0, G_MAXUINT));
}

void
paddock_queue_run_tend (PaddockQueueRun *run, gint64 now)
{
  PaddockDownloadQueue *queue = PADDOCK_DOWNLOAD_QUEUE (run->queue);
  PaddockDownload *download = run->download;
  PaddockTransferStatus status;
  PaddockDownloadProgress progress;

  if (run->transfer == NULL || run->stopping)
    return;
  queue->outside.transfers->get_status (run->transfer, &status);
  if (status.phase == PADDOCK_TRANSFER_RECEIVING)
    paddock_progress_rate_add (&run->meter, status.fetched, now);
  /* Before it knows what there is, an earlier run knew better. */
  if (status.received == 0 && status.phase != PADDOCK_TRANSFER_RECEIVING)
    status.received = download->received;
  progress = (PaddockDownloadProgress){
    .received = status.received,
    .verified = status.verified,
    .rate = status.phase == PADDOCK_TRANSFER_RECEIVING ? (guint64) paddock_progress_rate_get (&run->meter) : 0,
    .total = status.total >= 0 ? status.total : download->total,
    .seconds_left = -1,
  };
  if (progress.rate > 0 && progress.total >= (gint64) progress.received)
    progress.seconds_left = (gint64) (((guint64) progress.total - progress.received + progress.rate - 1) / progress.rate);
  if (status.fetched > 0)
    download->failures = 0;
  tell_phase (run, &status);
  paddock_download_set_progress (download, &progress);
}

guint
paddock_queue_count_running (PaddockDownloadQueue *self)
{
  guint count = 0;

  for (guint i = 0; i < self->runs->len; i++)
    if (!((PaddockQueueRun *) g_ptr_array_index (self->runs, i))->stopping)
      count++;
  return count;
}
