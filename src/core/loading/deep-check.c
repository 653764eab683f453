/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/deep-check.h"

#include "model/number-finding.h"
#include "model/weight-name.h"
#include "quant/quant-validate.h"

#include "loading/row-decoder.h"

struct _PaddockDeepCheck
{
  GArray *problems;                  /* owned: of PaddockDeepProblem */
  guint n_tensors;
  PaddockLoadingEfficiency efficiency;
};

/* What was met in one tensor. */
typedef struct
{
  gboolean scanned;                  /* whether its bytes can be told sound from unsound */
  gboolean swapped;
  guint64 nan;
  guint64 infinity;
  guint64 first_bad;                 /* byte of the tensor */
} Tally;

typedef struct
{
  PaddockLoadingPlan *plan;          /* owned */
  Tally *tallies;                    /* owned: of each item */
  GMutex lock;                       /* of what is counted in them */
} Job;

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->plan, paddock_loading_plan_unref);
  g_free (job->tallies);
  g_mutex_clear (&job->lock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static gboolean
holds_weights (const PaddockLoadingItem *item)
{
  gsize length;
  const char *name = paddock_gguf_file_get_tensor_name_bytes (item->file, item->tensor, &length);

  return item->type->quantized || paddock_weight_name_is_known (name, length);
}

static void
prepare (Job *job)
{
  guint n_items = paddock_loading_plan_get_n_items (job->plan);

  job->tallies = g_new0 (Tally, n_items + 1);
  for (guint i = 0; i < n_items; i++)
    {
      const PaddockLoadingItem *item = paddock_loading_plan_get_item (job->plan, i);

      job->tallies[i].first_bad = G_MAXUINT64;
      job->tallies[i].swapped = paddock_gguf_file_get_byte_order (item->file) == PADDOCK_GGUF_BIG_ENDIAN;
      job->tallies[i].scanned = paddock_quant_validate_can_scan (item->type) && holds_weights (item);
    }
}

static void
count (Job *job, Tally *tally, guint64 nan, guint64 infinity, guint64 first_bad)
{
  g_mutex_lock (&job->lock);
  tally->nan += nan;
  tally->infinity += infinity;
  tally->first_bad = MIN (tally->first_bad, first_bad);
  g_mutex_unlock (&job->lock);
}

static gboolean
scan_window (const PaddockTensorWindow *window, gpointer user_data, GError **error)
{
  Job *job = user_data;
  Tally *tally = &job->tallies[window->item_index];
  PaddockQuantScan scan = PADDOCK_QUANT_SCAN_INIT;
  guint unit = window->item->unit_bytes;

  if (!tally->scanned)
    return TRUE;
  paddock_quant_validate_scan (window->item->type, tally->swapped, window->bytes, window->length / unit, &scan);
  if (scan.first_bad != G_MAXUINT64)
    count (job, tally, scan.nan, scan.infinity, window->offset + scan.first_bad * unit);
  return TRUE;
}

/* BitNet's types have one scale for the whole tensor, behind it. */
static void
look_behind (Job *job, guint index)
{
  const PaddockLoadingItem *item = paddock_loading_plan_get_item (job->plan, index);
  g_autoptr (PaddockRowDecoder) decoder = NULL;
  double scale;

  if (item->problem != NULL || item->type->size_rule != PADDOCK_QUANT_SIZE_PACKED_2BIT)
    return;
  decoder = paddock_row_decoder_new (item, PADDOCK_ROW_DECODER_ANY_ORDER, NULL);
  if (decoder == NULL)
    return;
  scale = (double) paddock_row_decoder_get_scale (decoder);
  if (scale != scale)
    count (job, &job->tallies[index], 1, 0, item->bytes);
  else if (scale > (double) G_MAXFLOAT || scale < (double) -G_MAXFLOAT)
    count (job, &job->tallies[index], 0, 1, item->bytes);
}

static void
clear_problem (gpointer data)
{
  PaddockDeepProblem *problem = data;

  g_free (problem->name);
  g_clear_error (&problem->error);
}

static PaddockDeepProblem *
add_problem (PaddockDeepCheck *self, const PaddockLoadingItem *item, PaddockDeepProblemKind kind, guint64 offset)
{
  PaddockDeepProblem problem = { kind, item->position, item->shard, paddock_loading_item_dup_name (item), item->type, offset };

  g_array_append_val (self->problems, problem);
  return &g_array_index (self->problems, PaddockDeepProblem, self->problems->len - 1);
}

static void
add_skip (PaddockDeepCheck *self, const PaddockLoadingItem *item, const PaddockLoadingSkip *skip)
{
  gboolean changed = g_error_matches (skip->error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_CHANGED);
  PaddockDeepProblem *problem = add_problem (
    self, item, changed ? PADDOCK_DEEP_PROBLEM_CHANGED : PADDOCK_DEEP_PROBLEM_UNREADABLE, skip->offset);

  problem->error = g_error_copy (skip->error);
}

/* In the order of the plan: of each tensor what could not be read, and what was met in the rest of it. */
static void
collect (PaddockDeepCheck *self, Job *job, PaddockLoadingRecovery *recovery)
{
  guint n_items = paddock_loading_plan_get_n_items (job->plan);
  guint n_skips = paddock_loading_recovery_get_n_skipped (recovery);
  guint next = 0;

  for (guint i = 0; i < n_items; i++)
    {
      const PaddockLoadingItem *item = paddock_loading_plan_get_item (job->plan, i);
      const PaddockLoadingSkip *skip = next < n_skips ? paddock_loading_recovery_get_skip (recovery, next) : NULL;
      const Tally *tally = &job->tallies[i];

      if (skip != NULL && skip->item == i)
        {
          add_skip (self, item, skip);
          next++;
        }
      else
        {
          look_behind (job, i);
          self->n_tensors++;
        }
      if (tally->nan + tally->infinity > 0)
        {
          PaddockDeepProblem *problem = add_problem (self, item, PADDOCK_DEEP_PROBLEM_NUMBERS, item->offset + tally->first_bad);

          problem->nan = tally->nan;
          problem->infinity = tally->infinity;
        }
    }
}

/**
 * paddock_deep_check_run:
 * @shards: a model
 * @lanes: how many threads at most; 0 for as many as there are processors
 * @worker: (nullable): polled, and told the progress in bytes
 * @error: return location for an error
 *
 * Reads every tensor of the model’s files that are there and looks for what would spoil results. What cannot be read is
 * left out and told. To be called outside of the main thread.
 *
 * Returns: (transfer full) (nullable): what was found, or %NULL with @error set when it was cancelled
 */
PaddockDeepCheck *
paddock_deep_check_run (PaddockGgufShards *shards, guint lanes, PaddockWorker *worker, GError **error)
{
  g_autoptr (PaddockDeepCheck) self = g_new0 (PaddockDeepCheck, 1);
  g_autoptr (PaddockLoadingRecovery) recovery = paddock_loading_recovery_new_skip (1);
  g_auto (Job) job = { .plan = paddock_loading_plan_new_for_model (shards) };
  PaddockTensorStream stream = { .lanes = lanes, .recovery = recovery, .func = scan_window, .user_data = &job };

  self->problems = g_array_new (FALSE, TRUE, sizeof (PaddockDeepProblem));
  g_array_set_clear_func (self->problems, clear_problem);
  g_mutex_init (&job.lock);
  prepare (&job);
  if (!paddock_tensor_stream_run (&stream, job.plan, worker, &self->efficiency, error))
    return NULL;
  collect (self, &job, recovery);
  return g_steal_pointer (&self);
}

/**
 * paddock_deep_check_free:
 * @self: (transfer full): a check
 */
void
paddock_deep_check_free (PaddockDeepCheck *self)
{
  g_array_unref (self->problems);
  g_free (self);
}

static gpointer
run_in_thread (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  return paddock_deep_check_run (snapshot, 0, worker, error);
}

/**
 * paddock_deep_check_run_async:
 * @shards: a model
 * @progress: (nullable) (scope notified): told how many bytes have been read
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 */
void
paddock_deep_check_run_async (PaddockGgufShards *shards, PaddockProgressFunc progress, gpointer progress_data,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  PaddockWork work = {
    .name = "paddock-deep-check",
    .run = run_in_thread,
    .snapshot = paddock_gguf_shards_ref (shards),
    .snapshot_free = (GDestroyNotify) paddock_gguf_shards_unref,
    .result_free = (GDestroyNotify) paddock_deep_check_free,
    .progress = progress,
    .progress_data = progress_data,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_deep_check_run_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what was found, or %NULL with @error set
 */
PaddockDeepCheck *
paddock_deep_check_run_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}

guint
paddock_deep_check_get_n_problems (PaddockDeepCheck *self)
{
  return self->problems->len;
}

/**
 * paddock_deep_check_get_problem:
 * @self: a check
 * @position: less than the number of problems
 *
 * Returns: (transfer none): what is wrong there
 */
const PaddockDeepProblem *
paddock_deep_check_get_problem (PaddockDeepCheck *self, guint position)
{
  return &g_array_index (self->problems, PaddockDeepProblem, position);
}

guint
paddock_deep_check_get_n_tensors (PaddockDeepCheck *self)
{
  return self->n_tensors;
}

const PaddockLoadingEfficiency *
paddock_deep_check_get_efficiency (PaddockDeepCheck *self)
{
  return &self->efficiency;
}

static void
add_finding (GArray *findings, const PaddockDeepProblem *problem, PaddockNumberFindingKind kind, const char *subject)
{
  PaddockNumberFinding finding = {
    .kind = kind,
    .offset = problem->offset,
    .subject = subject,
    .type = problem->type != NULL ? problem->type->name : NULL,
    .problem = problem->error != NULL ? problem->error->message : NULL,
    .nan = problem->nan,
    .infinity = problem->infinity,
  };

  g_array_append_val (findings, finding);
}

/**
 * paddock_deep_check_complete_report:
 * @self: a check
 * @report: the report on the same model
 *
 * Returns: (transfer full): a report that says what both found
 */
PaddockModelReport *
paddock_deep_check_complete_report (PaddockDeepCheck *self, PaddockModelReport *report)
{
  g_autoptr (GArray) findings = g_array_new (FALSE, TRUE, sizeof (PaddockNumberFinding));
  PaddockGgufShards *shards = paddock_model_report_get_shards (report);
  GHashTable *changed = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->problems->len; i++)
    {
      const PaddockDeepProblem *problem = paddock_deep_check_get_problem (self, i);

      /* The report says it already, from the header alone. */
      if (problem->error != NULL && problem->error->domain == PADDOCK_LOADING_ERROR)
        continue;
      if (problem->kind == PADDOCK_DEEP_PROBLEM_NUMBERS)
        add_finding (findings, problem, PADDOCK_NUMBER_FINDING_BAD, problem->name);
      /* A file that was changed is told once, with the first tensor that this spoilt. */
      else if (problem->kind != PADDOCK_DEEP_PROBLEM_CHANGED || g_hash_table_add (changed, GUINT_TO_POINTER (problem->shard)))
        add_finding (findings, problem, PADDOCK_NUMBER_FINDING_UNREADABLE, problem->name);
      else
        continue;
      if (problem->kind == PADDOCK_DEEP_PROBLEM_CHANGED)
        add_finding (findings, problem, PADDOCK_NUMBER_FINDING_CHANGED,
                     paddock_gguf_shards_get_shard (shards, problem->shard)->path);
    }
  g_hash_table_unref (changed);
  return paddock_model_report_new_with_numbers (report, (const PaddockNumberFinding *) (gconstpointer) findings->data,
                                                findings->len);
}
