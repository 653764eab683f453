/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/tensor-survey.h"

#include "base/worker-pool.h"
#include "loading/row-decoder.h"

struct _PaddockTensorSurvey
{
  /* Owned; both by the tensor's position */
  PaddockTensorSummary *summaries;
  GError **problems;

  guint n_tensors;
  PaddockLoadingEfficiency efficiency;
};

/* A tensor of the plan. The parts live while its windows are read, so that a large model needs no more memory. */
typedef struct
{
  PaddockRowDecoder *decoder;        /* owned; NULL: it cannot be read as numbers */
  PaddockTensorSummary *parts;       /* owned, of each window */
  guint64 n_done;
} Entry;

typedef struct
{
  /* Owned */
  PaddockLoadingPlan *plan;
  Entry *entries;                    /* of each item */
  float *tiles[PADDOCK_WORKER_POOL_MAX_WIDTH];

  /* Borrowed */
  PaddockTensorSurvey *survey;

  GMutex lock;                       /* of the entries’ parts and counts */
} Job;

static void
job_clear (Job *job)
{
  for (guint i = 0; i < paddock_loading_plan_get_n_items (job->plan); i++)
    {
      g_clear_pointer (&job->entries[i].decoder, paddock_row_decoder_free);
      g_free (job->entries[i].parts);
    }
  for (guint i = 0; i < PADDOCK_WORKER_POOL_MAX_WIDTH; i++)
    g_aligned_free (job->tiles[i]);
  g_free (job->entries);
  g_clear_pointer (&job->plan, paddock_loading_plan_unref);
  g_mutex_clear (&job->lock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static gboolean
summarize (Job *job, Entry *entry, const PaddockTensorWindow *window, PaddockTensorSummary *summary, GError **error)
{
  guint unit_bytes = paddock_row_decoder_get_unit_bytes (entry->decoder);
  guint unit_values = paddock_row_decoder_get_unit_values (entry->decoder);
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
      paddock_row_decoder_decode (entry->decoder, window->bytes + at * unit_bytes, count, tile, FALSE);
      paddock_tensor_summary_add (summary, tile, count * unit_values);
    }
  return TRUE;
}

/* The window that is done last joins them all, in their order. */
static void
keep_part (Job *job, Entry *entry, const PaddockTensorWindow *window, const PaddockTensorSummary *part)
{
  g_autofree PaddockTensorSummary *parts = NULL;

  g_mutex_lock (&job->lock);
  if (entry->parts == NULL)
    entry->parts = g_new (PaddockTensorSummary, window->n_windows);
  entry->parts[window->number] = *part;
  if (++entry->n_done == window->n_windows)
    parts = g_steal_pointer (&entry->parts);
  g_mutex_unlock (&job->lock);

  for (guint64 i = 0; parts != NULL && i < window->n_windows; i++)
    paddock_tensor_summary_merge (&job->survey->summaries[window->item->position], &parts[i]);
}

static gboolean
survey_window (const PaddockTensorWindow *window, gpointer user_data, GError **error)
{
  Job *job = user_data;
  Entry *entry = &job->entries[window->item_index];
  PaddockTensorSummary part = PADDOCK_TENSOR_SUMMARY_INIT;

  if (entry->decoder == NULL)
    return TRUE;
  if (!summarize (job, entry, window, &part, error))
    return FALSE;
  keep_part (job, entry, window, &part);
  return TRUE;
}

static void
set_problem (PaddockTensorSurvey *self, guint position, const GError *problem)
{
  g_clear_error (&self->problems[position]);
  self->problems[position] = g_error_copy (problem);
}

static void
make_decoders (Job *job)
{
  guint n_items = paddock_loading_plan_get_n_items (job->plan);

  job->entries = g_new0 (Entry, n_items + 1);
  for (guint i = 0; i < n_items; i++)
    {
      const PaddockLoadingItem *item = paddock_loading_plan_get_item (job->plan, i);
      g_autoptr (GError) problem = NULL;

      job->entries[i].decoder = paddock_row_decoder_new (item, PADDOCK_ROW_DECODER_ANY_ORDER, &problem);
      if (problem != NULL)
        set_problem (job->survey, item->position, problem);
    }
}

static PaddockTensorSurvey *
survey_new (guint n_tensors)
{
  PaddockTensorSurvey *self = g_new0 (PaddockTensorSurvey, 1);

  self->n_tensors = n_tensors;
  self->problems = g_new0 (GError *, n_tensors + 1);
  self->summaries = g_new (PaddockTensorSummary, n_tensors + 1);
  for (guint i = 0; i < n_tensors; i++)
    self->summaries[i] = (PaddockTensorSummary) PADDOCK_TENSOR_SUMMARY_INIT;
  return self;
}

/**
 * paddock_tensor_survey_run:
 * @shards: a model
 * @lanes: how many threads at most; 0 for as many as there are processors
 * @worker: (nullable): polled, and told the progress in bytes
 * @error: return location for an error
 *
 * Reads every tensor of a model once and sums each up. To be called outside of the main thread.
 *
 * Returns: (transfer full) (nullable): what they come to, or %NULL with @error set when it was cancelled
 */
PaddockTensorSurvey *
paddock_tensor_survey_run (PaddockGgufShards *shards, guint lanes, PaddockWorker *worker, GError **error)
{
  g_autoptr (PaddockTensorSurvey) self = survey_new (paddock_gguf_shards_get_n_tensors (shards));
  g_autoptr (PaddockLoadingRecovery) recovery = paddock_loading_recovery_new_skip (1);
  g_auto (Job) job = { .survey = self, .plan = paddock_loading_plan_new_for_model (shards) };
  PaddockTensorStream stream = {
    .lanes = lanes,
    .lane_bytes = PADDOCK_ROW_DECODER_TILE * sizeof (float),
    .recovery = recovery,
    .func = survey_window,
    .user_data = &job,
  };

  g_mutex_init (&job.lock);
  make_decoders (&job);
  if (!paddock_tensor_stream_run (&stream, job.plan, worker, &self->efficiency, error))
    return NULL;
  for (guint i = 0; i < paddock_loading_recovery_get_n_skipped (recovery); i++)
    {
      const PaddockLoadingSkip *skip = paddock_loading_recovery_get_skip (recovery, i);

      set_problem (self, paddock_loading_plan_get_item (job.plan, skip->item)->position, skip->error);
    }
  return g_steal_pointer (&self);
}

/**
 * paddock_tensor_survey_free:
 * @self: (transfer full): a survey
 */
void
paddock_tensor_survey_free (PaddockTensorSurvey *self)
{
  for (guint i = 0; i < self->n_tensors; i++)
    g_clear_error (&self->problems[i]);
  g_free (self->problems);
  g_free (self->summaries);
  g_free (self);
}

static gpointer
run_in_thread (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  return paddock_tensor_survey_run (snapshot, 0, worker, error);
}

/**
 * paddock_tensor_survey_run_async:
 * @shards: a model
 * @progress: (nullable) (scope notified): told how many bytes have been read
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 */
void
paddock_tensor_survey_run_async (PaddockGgufShards *shards, PaddockProgressFunc progress, gpointer progress_data,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  PaddockWork work = {
    .name = "paddock-tensor-survey",
    .run = run_in_thread,
    .snapshot = paddock_gguf_shards_ref (shards),
    .snapshot_free = (GDestroyNotify) paddock_gguf_shards_unref,
    .result_free = (GDestroyNotify) paddock_tensor_survey_free,
    .progress = progress,
    .progress_data = progress_data,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_tensor_survey_run_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the survey, or %NULL with @error set
 */
PaddockTensorSurvey *
paddock_tensor_survey_run_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}

guint
paddock_tensor_survey_get_n_tensors (PaddockTensorSurvey *self)
{
  return self->n_tensors;
}

/**
 * paddock_tensor_survey_get_summary:
 * @self: a survey
 * @position: of a tensor in the model
 *
 * Returns: (transfer none) (nullable): what its numbers come to, %NULL if they could not be read
 */
const PaddockTensorSummary *
paddock_tensor_survey_get_summary (PaddockTensorSurvey *self, guint position)
{
  g_return_val_if_fail (position < self->n_tensors, NULL);

  return self->problems[position] == NULL ? &self->summaries[position] : NULL;
}

/**
 * paddock_tensor_survey_get_problem:
 * @self: a survey
 * @position: of a tensor in the model
 *
 * Returns: (transfer none) (nullable): why they could not be read
 */
const GError *
paddock_tensor_survey_get_problem (PaddockTensorSurvey *self, guint position)
{
  g_return_val_if_fail (position < self->n_tensors, NULL);

  return self->problems[position];
}

const PaddockLoadingEfficiency *
paddock_tensor_survey_get_efficiency (PaddockTensorSurvey *self)
{
  return &self->efficiency;
}
