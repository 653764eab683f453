/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/tensor-stream.h"

#include "base/worker-pool.h"

#include <fcntl.h>

/*
 * Windows are copied with pread into a buffer that stays in the processor's cache. Mapping them instead costs a page
 * fault for each page, and a file that shrinks would have to be caught by a signal; here it is a short read.
 */
#define BUFFER_ALIGNMENT 4096
/* The system is told of what comes so many bytes before it is read. */
#define AHEAD_BYTES (8u << 20)

typedef struct
{
  /* Borrowed */
  const PaddockTensorStream *stream;
  PaddockLoadingPlan *plan;
  PaddockWorker *worker;

  /* Owned */
  guint64 *firsts;                   /* the first window of each item, and behind the last one how many there are */
  guint8 *buffers[PADDOCK_WORKER_POOL_MAX_WIDTH];
  gint *skipped;                     /* atomic: whether the item is left out */

  guint lanes;
  GMutex lock;
  GError *error;                     /* owned, under the lock: the first one */
  guint64 done;                      /* under the lock */
  guint64 copied;                    /* under the lock */
} Run;

static guint64
get_window_bytes (const PaddockLoadingItem *item)
{
  return PADDOCK_TENSOR_STREAM_WINDOW - PADDOCK_TENSOR_STREAM_WINDOW % item->unit_bytes;
}

/**
 * paddock_tensor_stream_count_windows:
 * @item: a tensor of a plan
 *
 * Returns: in how many windows it is read
 */
guint64
paddock_tensor_stream_count_windows (const PaddockLoadingItem *item)
{
  guint64 window = get_window_bytes (item);

  if (item->problem != NULL)
    return 0;
  return item->bytes / window + (item->bytes % window != 0);
}

static void
run_clear (Run *run)
{
  for (guint i = 0; i < run->lanes; i++)
    g_aligned_free (run->buffers[i]);
  g_free (run->firsts);
  g_free (run->skipped);
  g_clear_error (&run->error);
  g_mutex_clear (&run->lock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
give_up (Run *run, GError *error)
{
  g_mutex_lock (&run->lock);
  if (run->error == NULL)
    run->error = g_steal_pointer (&error);
  g_mutex_unlock (&run->lock);
  g_clear_error (&error);
}

/* FALSE: the whole stream ends because of it. */
static gboolean
skip (Run *run, guint index, guint64 offset, GError *error)
{
  PaddockLoadingRecovery *recovery = run->stream->recovery;

  paddock_loading_item_prefix_error (paddock_loading_plan_get_item (run->plan, index), &error);
  if (recovery != NULL && paddock_loading_recovery_skip (recovery, index, offset, &error))
    {
      g_atomic_int_set (&run->skipped[index], TRUE);
      return TRUE;
    }
  give_up (run, error);
  return FALSE;
}

/* Several lanes read one file in turns, which the system does not take for reading it from front to end. */
static void
read_ahead (const PaddockLoadingItem *item, guint64 offset, gsize length)
{
  int fd = paddock_gguf_source_get_fd (paddock_gguf_file_get_source (item->file));
  guint64 place = item->offset + offset;
  guint64 next = (place / AHEAD_BYTES + 1) * AHEAD_BYTES;

  if (fd >= 0 && next <= place + length && next <= G_MAXINT64 - AHEAD_BYTES)
    posix_fadvise (fd, (off_t) next, AHEAD_BYTES, POSIX_FADV_WILLNEED);
}

static gboolean
read_window (Run *run, const PaddockTensorWindow *window, guint8 *buffer, GError **error)
{
  PaddockGgufSource *source = paddock_gguf_file_get_source (window->item->file);
  guint64 place = window->item->offset + window->offset;
  guint n_tried = 0;

  read_ahead (window->item, window->offset, window->length);
  for (;;)
    {
      g_autoptr (GError) problem = NULL;

      if (paddock_gguf_source_read (source, place, buffer, window->length, paddock_worker_get_cancellable (run->worker), &problem)
          && paddock_gguf_source_check (source, &problem))
        return TRUE;
      if (run->stream->recovery == NULL || !paddock_loading_recovery_may_retry (run->stream->recovery, ++n_tried, problem))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
}

static guint
find_item (const Run *run, guint64 piece)
{
  guint low = 0, high = paddock_loading_plan_get_n_items (run->plan);

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (run->firsts[middle] <= piece)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static void
report (Run *run, guint64 length, guint64 copied)
{
  guint64 total = run->stream->total != 0 ? run->stream->total : paddock_loading_plan_get_bytes (run->plan);

  g_mutex_lock (&run->lock);
  run->done += length;
  run->copied += copied;
  paddock_worker_report (run->worker, run->stream->done_before + run->done, total);
  g_mutex_unlock (&run->lock);
}

static gboolean
run_window (guint64 piece, guint lane, gpointer user_data)
{
  Run *run = user_data;
  guint index = find_item (run, piece);
  PaddockTensorWindow window = { .item = paddock_loading_plan_get_item (run->plan, index), .item_index = index };
  guint64 window_bytes = get_window_bytes (window.item);
  GError *error = NULL;

  window.number = piece - run->firsts[index];
  window.n_windows = run->firsts[index + 1] - run->firsts[index];
  window.offset = window.number * window_bytes;
  window.length = (gsize) MIN (window.item->bytes - window.offset, window_bytes);
  window.lane = lane;
  window.worker = run->worker;

  if (!paddock_worker_poll (run->worker, &error))
    {
      give_up (run, error);
      return FALSE;
    }
  if (g_atomic_int_get (&run->skipped[index]))
    {
      report (run, window.length, 0);
      return TRUE;
    }
  if (run->buffers[lane] == NULL)
    run->buffers[lane] = g_aligned_alloc (1, PADDOCK_TENSOR_STREAM_WINDOW, BUFFER_ALIGNMENT);
  window.bytes = run->buffers[lane];
  if (!read_window (run, &window, run->buffers[lane], &error))
    return skip (run, index, window.item->offset + window.offset, error);
  if (!run->stream->func (&window, run->stream->user_data, &error))
    {
      give_up (run, error);
      return FALSE;
    }
  report (run, window.length, window.length);
  return TRUE;
}

/* What the plan knows already. FALSE: the stream ends before it begins. */
static gboolean
skip_problems (Run *run)
{
  for (guint i = 0; i < paddock_loading_plan_get_n_items (run->plan); i++)
    {
      const PaddockLoadingItem *item = paddock_loading_plan_get_item (run->plan, i);

      if (item->problem != NULL && !skip (run, i, item->offset, g_error_copy (item->problem)))
        return FALSE;
    }
  return TRUE;
}

/* A source that is no file reads one range at a time. */
static guint
choose_lanes (const Run *run)
{
  guint wanted = paddock_worker_pool_resolve_width (run->stream->lanes);
  guint64 held = (guint64) PADDOCK_TENSOR_STREAM_WINDOW + run->stream->lane_bytes;

  for (guint i = 0; i < paddock_loading_plan_get_n_items (run->plan); i++)
    if (paddock_gguf_source_get_fd (paddock_gguf_file_get_source (paddock_loading_plan_get_item (run->plan, i)->file)) < 0)
      return 1;
  return (guint) MAX (MIN (wanted, PADDOCK_TENSOR_STREAM_MAX_HELD / held), 1);
}

static guint64
count_windows (Run *run)
{
  guint n_items = paddock_loading_plan_get_n_items (run->plan);
  guint64 count = 0;

  run->firsts = g_new (guint64, n_items + 1);
  run->skipped = g_new0 (gint, n_items + 1);
  for (guint i = 0; i < n_items; i++)
    {
      run->firsts[i] = count;
      count += paddock_tensor_stream_count_windows (paddock_loading_plan_get_item (run->plan, i));
    }
  run->firsts[n_items] = count;
  return count;
}

static void
tell_efficiency (const Run *run, gint64 started, PaddockLoadingEfficiency *efficiency)
{
  PaddockGgufShards *shards = paddock_loading_plan_get_shards (run->plan);
  guint used = 0;

  *efficiency = (PaddockLoadingEfficiency) { .model_bytes = paddock_gguf_shards_get_size (shards) };
  for (guint i = 0; i < paddock_gguf_shards_get_count (shards); i++)
    {
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (shards, i)->file;
      gsize length = 0;

      if (file != NULL)
        paddock_gguf_source_get_prefix (paddock_gguf_file_get_source (file), &length);
      efficiency->bytes_mapped += length;
    }
  for (guint i = 0; i < run->lanes; i++)
    used += run->buffers[i] != NULL;
  efficiency->bytes_copied = run->copied;
  efficiency->peak_held = (guint64) used * ((guint64) PADDOCK_TENSOR_STREAM_WINDOW + run->stream->lane_bytes);
  efficiency->lanes = run->lanes;
  efficiency->seconds = (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC;
}

/**
 * paddock_tensor_stream_run:
 * @self: how to read
 * @plan: what to read
 * @worker: (nullable): polled, and told the progress in bytes
 * @efficiency: (out) (optional): what it took, told in any case
 * @error: return location for an error
 *
 * Reads the tensors of a plan through bounded windows and hands each window to the stream's function. What cannot be
 * read is dealt with by the stream's recovery; the file, the tensor and the place are said in the error.
 *
 * Returns: %FALSE if it was ended early
 */
gboolean
paddock_tensor_stream_run (const PaddockTensorStream *self, PaddockLoadingPlan *plan, PaddockWorker *worker,
                           PaddockLoadingEfficiency *efficiency, GError **error)
{
  g_auto (Run) run = { .stream = self, .plan = plan, .worker = worker };
  gint64 started = g_get_monotonic_time ();
  guint64 n_windows;

  g_mutex_init (&run.lock);
  n_windows = count_windows (&run);
  run.lanes = choose_lanes (&run);
  if (skip_problems (&run))
    paddock_worker_pool_run (run.lanes, n_windows, run_window, &run);
  if (efficiency != NULL)
    tell_efficiency (&run, started, efficiency);
  if (run.error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&run.error));
  return FALSE;
}

/**
 * paddock_loading_efficiency_get_throughput:
 * @self: what a stream took
 *
 * Returns: bytes in a second
 */
double
paddock_loading_efficiency_get_throughput (const PaddockLoadingEfficiency *self)
{
  return self->seconds > 0 ? (double) self->bytes_copied / self->seconds : 0;
}
