/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/tensor-stats.h"

#include <string.h>

#include "base/worker-pool.h"
#include "loading/row-decoder.h"

/* Two stages over one tensor: what its numbers come to, then how many fall into which part. */
typedef struct
{
  /* Owned */
  PaddockLoadingPlan *plan;
  PaddockRowDecoder *decoder;
  PaddockTensorSummary *parts;       /* of each window */
  float *tiles[PADDOCK_WORKER_POOL_MAX_WIDTH];
  guint64 *bins[PADDOCK_WORKER_POOL_MAX_WIDTH];
  guint8 *kept;                      /* all of the tensor; NULL: it is too large */
  gsize *lengths;                    /* of each window of it */

  /* Borrowed */
  PaddockTensorStats *stats;
  PaddockWorker *worker;

  guint lanes;
} Job;

typedef void (*TileFunc) (Job *job, const PaddockTensorWindow *window, const float *values, gsize n_values);

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->plan, paddock_loading_plan_unref);
  g_clear_pointer (&job->decoder, paddock_row_decoder_free);
  g_free (job->parts);
  g_free (job->kept);
  g_free (job->lengths);
  for (guint i = 0; i < PADDOCK_WORKER_POOL_MAX_WIDTH; i++)
    {
      g_aligned_free (job->tiles[i]);
      g_free (job->bins[i]);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static gboolean
each_tile (Job *job, const PaddockTensorWindow *window, TileFunc func, GError **error)
{
  guint unit_bytes = paddock_row_decoder_get_unit_bytes (job->decoder);
  guint unit_values = paddock_row_decoder_get_unit_values (job->decoder);
  gsize n_units = window->length / unit_bytes;
  gsize most = PADDOCK_ROW_DECODER_TILE / unit_values;
  float *tile = job->tiles[window->lane];

  if (tile == NULL)
    tile = job->tiles[window->lane] = g_aligned_alloc (PADDOCK_ROW_DECODER_TILE, sizeof (float), 64);
  for (gsize at = 0; at < n_units; at += most)
    {
      gsize count = MIN (n_units - at, most);

      if (!paddock_worker_poll (window->worker, error))
        return FALSE;
      paddock_row_decoder_decode (job->decoder, window->bytes + at * unit_bytes, count, tile, FALSE);
      func (job, window, tile, count * unit_values);
    }
  return TRUE;
}

static void
add_tile (Job *job, const PaddockTensorWindow *window, const float *values, gsize n_values)
{
  paddock_tensor_summary_add (&job->parts[window->number], values, n_values);
}

static gboolean
sum_up (const PaddockTensorWindow *window, gpointer user_data, GError **error)
{
  Job *job = user_data;

  job->parts[window->number] = (PaddockTensorSummary) PADDOCK_TENSOR_SUMMARY_INIT;
  if (job->kept != NULL)
    {
      memcpy (job->kept + window->offset, window->bytes, window->length);
      job->lengths[window->number] = window->length;
    }
  return each_tile (job, window, add_tile, error);
}

static void
count_tile (Job *job, const PaddockTensorWindow *window, const float *values, gsize n_values)
{
  paddock_tensor_summary_count_bins (&job->stats->summary, values, n_values, job->bins[window->lane], job->stats->n_bins);
}

static gboolean
count_bins (const PaddockTensorWindow *window, gpointer user_data, GError **error)
{
  Job *job = user_data;

  if (job->bins[window->lane] == NULL)
    job->bins[window->lane] = g_new0 (guint64, job->stats->n_bins);
  return each_tile (job, window, count_tile, error);
}

static void
add_efficiency (PaddockLoadingEfficiency *sum, const PaddockLoadingEfficiency *stage)
{
  guint64 copied = sum->bytes_copied + stage->bytes_copied;
  guint64 held = MAX (sum->peak_held, stage->peak_held);
  double seconds = sum->seconds + stage->seconds;

  *sum = *stage;
  sum->bytes_copied = copied;
  sum->peak_held = held;
  sum->seconds = seconds;
}

static gboolean
run_stage (Job *job, guint stage, PaddockTensorWindowFunc func, PaddockWorker *worker, GError **error)
{
  guint64 bytes = paddock_loading_plan_get_bytes (job->plan);
  PaddockTensorStream stream = {
    .lanes = job->lanes,
    .lane_bytes = PADDOCK_ROW_DECODER_TILE * sizeof (float) + job->stats->n_bins * sizeof (guint64),
    .func = func,
    .user_data = job,
    .done_before = stage * bytes,
    .total = job->kept != NULL ? bytes : 2 * bytes,
  };
  PaddockLoadingEfficiency efficiency;
  gboolean done = paddock_tensor_stream_run (&stream, job->plan, worker, &efficiency, error);

  add_efficiency (&job->stats->efficiency, &efficiency);
  return done;
}

static gboolean
run_summary (Job *job, PaddockWorker *worker, GError **error)
{
  guint64 n_windows = paddock_tensor_stream_count_windows (paddock_loading_plan_get_item (job->plan, 0));

  job->parts = g_new (PaddockTensorSummary, n_windows);
  if (paddock_loading_plan_get_bytes (job->plan) <= PADDOCK_TENSOR_STATS_MOST_KEPT)
    {
      job->kept = g_malloc (paddock_loading_plan_get_bytes (job->plan));
      job->lengths = g_new (gsize, n_windows);
    }
  if (!run_stage (job, 0, sum_up, worker, error))
    return FALSE;
  for (guint64 i = 0; i < n_windows; i++)
    paddock_tensor_summary_merge (&job->stats->summary, &job->parts[i]);
  return TRUE;
}

/* All windows but the last are alike. */
static gboolean
count_kept_window (guint64 number, guint lane, gpointer user_data)
{
  Job *job = user_data;
  const PaddockTensorWindow window = {
    .bytes = job->kept + number * job->lengths[0],
    .length = job->lengths[number],
    .number = number,
    .lane = lane,
    .worker = job->worker,
  };

  return count_bins (&window, job, NULL);
}

/* The second stage over what the first one kept. */
static gboolean
count_kept (Job *job, GError **error)
{
  PaddockLoadingEfficiency *efficiency = &job->stats->efficiency;
  guint64 n_windows = paddock_tensor_stream_count_windows (paddock_loading_plan_get_item (job->plan, 0));
  gint64 started = g_get_monotonic_time ();
  gboolean done = paddock_worker_pool_run (efficiency->lanes, n_windows, count_kept_window, job);

  efficiency->peak_held += paddock_loading_plan_get_bytes (job->plan);
  efficiency->seconds += (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC;
  return done || paddock_worker_poll (job->worker, error);
}

static gboolean
run_bins (Job *job, guint n_bins, PaddockWorker *worker, GError **error)
{
  PaddockTensorStats *stats = job->stats;

  if (paddock_tensor_summary_get_n_finite (&stats->summary) == 0)
    return TRUE;
  stats->n_bins = CLAMP (n_bins, 1, PADDOCK_TENSOR_STATS_MAX_BINS);
  stats->bins = g_new0 (guint64, stats->n_bins);
  if (job->kept != NULL ? !count_kept (job, error) : !run_stage (job, 1, count_bins, worker, error))
    return FALSE;
  for (guint lane = 0; lane < PADDOCK_WORKER_POOL_MAX_WIDTH; lane++)
    for (guint bin = 0; job->bins[lane] != NULL && bin < stats->n_bins; bin++)
      stats->bins[bin] += job->bins[lane][bin];
  return TRUE;
}

/**
 * paddock_tensor_stats_compute:
 * @shards: a model
 * @tensor_position: which of its tensors
 * @n_bins: into how many parts the range of its numbers is divided; 0 for %PADDOCK_TENSOR_STATS_DEFAULT_BINS
 * @lanes: how many threads at most; 0 for as many as there are processors
 * @worker: (nullable): polled, and told the progress
 * @error: return location for an error
 *
 * Reads a tensor and sums it up. To be called outside of the main thread.
 *
 * Returns: (transfer full) (nullable): what its numbers come to, or %NULL with @error set
 */
PaddockTensorStats *
paddock_tensor_stats_compute (PaddockGgufShards *shards, guint tensor_position, guint n_bins, guint lanes,
                              PaddockWorker *worker, GError **error)
{
  g_autoptr (PaddockTensorStats) self = g_new0 (PaddockTensorStats, 1);
  g_auto (Job) job = { .stats = self, .worker = worker, .lanes = lanes };
  const PaddockLoadingItem *item;

  self->summary = (PaddockTensorSummary) PADDOCK_TENSOR_SUMMARY_INIT;
  job.plan = paddock_loading_plan_new_for_tensor (shards, tensor_position, error);
  if (job.plan == NULL)
    return NULL;
  item = paddock_loading_plan_get_item (job.plan, 0);
  job.decoder = paddock_row_decoder_new (item, PADDOCK_ROW_DECODER_ANY_ORDER, error);
  if (job.decoder == NULL)
    return NULL;
  self->caution = paddock_row_decoder_get_caution (job.decoder);
  if (!run_summary (&job, worker, error) ||
      !run_bins (&job, n_bins != 0 ? n_bins : PADDOCK_TENSOR_STATS_DEFAULT_BINS, worker, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * paddock_tensor_stats_free:
 * @self: (transfer full): what was computed
 */
void
paddock_tensor_stats_free (PaddockTensorStats *self)
{
  g_free (self->bins);
  g_free (self);
}

typedef struct
{
  PaddockGgufShards *shards;         /* owned */
  guint position;
  guint n_bins;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  paddock_gguf_shards_unref (request->shards);
  g_free (request);
}

static gpointer
compute_in_thread (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Request *request = snapshot;

  return paddock_tensor_stats_compute (request->shards, request->position, request->n_bins, 0, worker, error);
}

/**
 * paddock_tensor_stats_compute_async:
 * @shards: a model
 * @tensor_position: which of its tensors
 * @n_bins: see paddock_tensor_stats_compute()
 * @progress: (nullable) (scope notified): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 */
void
paddock_tensor_stats_compute_async (PaddockGgufShards *shards, guint tensor_position, guint n_bins, PaddockProgressFunc progress,
                                    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  Request *request = g_new0 (Request, 1);
  PaddockWork work = {
    .name = "paddock-tensor-stats",
    .run = compute_in_thread,
    .snapshot = request,
    .snapshot_free = request_free,
    .result_free = (GDestroyNotify) paddock_tensor_stats_free,
    .progress = progress,
    .progress_data = progress_data,
  };

  request->shards = paddock_gguf_shards_ref (shards);
  request->position = tensor_position;
  request->n_bins = n_bins;
  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_tensor_stats_compute_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what the tensor's numbers come to, or %NULL with @error set
 */
PaddockTensorStats *
paddock_tensor_stats_compute_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
