/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include "awaiter.h"
#include "base/units.h"
#include "interruption.h"
#include "json-writer.h"
#include "loading/loading-error.h"
#include "loading/tensor-stats.h"
#include "output.h"
#include "progress-bar.h"
#include "stats-text.h"
#include "tensor-choice.h"
#include "unreadable.h"

#include <glib/gi18n.h>
#include <math.h>

static const GOptionEntry options[] = { G_OPTION_ENTRY_NULL };

static const char *const examples[] = {
  "paddockctl stats model.gguf",
  "paddockctl stats model.gguf blk.0.attn_q.weight",
  "paddockctl stats --json model.gguf | jq '.tensors[] | select(.nan > 0) | .name'",
  NULL
};

static PaddockTensorStats *
compute (PaddockGgufShards *shards, guint position, GError **error)
{
  g_autofree char *name = paddock_tensor_choice_dup_name (shards, position);
  g_autoptr (PaddockProgressBar) bar = paddock_progress_bar_new (name);
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  PaddockTensorStats *stats;

  paddock_tensor_stats_compute_async (shards, position, 0, paddock_progress_bar_update, bar,
                                      paddock_awaiter_get_cancellable (awaiter), paddock_awaiter_finished, awaiter);
  stats = paddock_tensor_stats_compute_finish (paddock_awaiter_wait (awaiter), error);
  g_clear_pointer (&bar, paddock_progress_bar_free);
  return stats;
}

static PaddockTensorSurvey *
survey (PaddockGgufShards *shards, const char *path, GError **error)
{
  g_autoptr (PaddockProgressBar) bar = paddock_progress_bar_new (path);
  g_autoptr (PaddockAwaiter) awaiter = paddock_awaiter_new ();
  PaddockTensorSurvey *result;

  paddock_tensor_survey_run_async (shards, paddock_progress_bar_update, bar, paddock_awaiter_get_cancellable (awaiter),
                                   paddock_awaiter_finished, awaiter);
  result = paddock_tensor_survey_run_finish (paddock_awaiter_wait (awaiter), error);
  g_clear_pointer (&bar, paddock_progress_bar_free);
  return result;
}

static void
add_number (PaddockJsonWriter *writer, const char *name, double value)
{
  if (isnan (value))
    paddock_json_writer_add_null (writer, name);
  else
    paddock_json_writer_add_double (writer, name, value);
}

static void
add_histogram (PaddockJsonWriter *writer, const PaddockTensorStats *stats)
{
  if (stats->n_bins == 0)
    {
      paddock_json_writer_add_null (writer, "histogram");
      return;
    }
  paddock_json_writer_begin_object (writer, "histogram");
  add_number (writer, "minimum", stats->summary.minimum);
  add_number (writer, "maximum", stats->summary.maximum);
  paddock_json_writer_begin_array (writer, "counts");
  for (guint i = 0; i < stats->n_bins; i++)
    paddock_json_writer_add_uint (writer, NULL, stats->bins[i]);
  paddock_json_writer_end_array (writer);
  paddock_json_writer_end_object (writer);
}

static void
add_stats (PaddockJsonWriter *writer, const PaddockTensorStats *stats)
{
  const PaddockTensorSummary *summary = &stats->summary;

  paddock_json_writer_add_uint (writer, "count", summary->count);
  add_number (writer, "minimum", summary->minimum);
  add_number (writer, "maximum", summary->maximum);
  add_number (writer, "mean", summary->mean);
  add_number (writer, "deviation", paddock_tensor_summary_get_deviation (summary));
  paddock_json_writer_add_uint (writer, "nan", summary->nan);
  paddock_json_writer_add_uint (writer, "infinity", summary->positive_infinity + summary->negative_infinity);
  paddock_json_writer_add_uint (writer, "zeros", summary->zeros);
  add_histogram (writer, stats);
  if (stats->caution != PADDOCK_LOADING_CAUTION_NONE)
    paddock_json_writer_add_string (writer, "caution", paddock_loading_caution_get_text (stats->caution));
}

static void
add_unknown (PaddockJsonWriter *writer, const GError *problem)
{
  static const char *const names[] = { "count", "minimum", "maximum", "mean", "deviation", "nan", "infinity", "zeros",
                                       "histogram" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    paddock_json_writer_add_null (writer, names[i]);
  paddock_json_writer_add_string (writer, "problem", problem->message);
}

/* Among others, what cannot be read as numbers is told and is no failure; a disk that fails, or a file that changes, is. */
static gboolean
judge_problem (const GError *problem, const char *path, gboolean alone)
{
  if (problem == NULL || (problem->domain == PADDOCK_LOADING_ERROR && !alone))
    return TRUE;
  if (!g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    paddock_output_complain_of (problem, path);
  return FALSE;
}

static gboolean
add_tensor (PaddockJsonWriter *writer, PaddockGgufShards *shards, guint position, const char *path, gboolean alone)
{
  guint shard;
  const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, position, &shard);
  PaddockGgufFile *file = paddock_gguf_shards_get_shard (shards, shard)->file;
  const PaddockQuantType *type = paddock_gguf_file_get_tensor_type (file, tensor);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockTensorStats) stats = compute (shards, position, &error);
  gsize length;
  const char *name = paddock_gguf_file_get_tensor_name_bytes (file, tensor, &length);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_bytes (writer, "name", name, length);
  paddock_json_writer_add_string (writer, "type", type != NULL ? type->name : NULL);
  paddock_json_writer_begin_array (writer, "shape");
  for (guint i = 0; i < tensor->n_dimensions; i++)
    paddock_json_writer_add_uint (writer, NULL, tensor->dimensions[i]);
  paddock_json_writer_end_array (writer);
  if (stats != NULL)
    add_stats (writer, stats);
  else
    add_unknown (writer, error);
  paddock_json_writer_end_object (writer);
  return judge_problem (error, path, alone);
}

static gboolean
answer_json (PaddockGgufShards *shards, const char *path, guint first, guint count, gboolean alone)
{
  g_autoptr (PaddockJsonWriter) writer = paddock_json_writer_new (stdout);
  gboolean done = TRUE;

  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "path", path);
  paddock_json_writer_begin_array (writer, "tensors");
  for (guint i = 0; i < count && paddock_interruption_get_status () == 0; i++)
    done = add_tensor (writer, shards, first + i, path, alone) && done;
  paddock_json_writer_end_array (writer);
  paddock_json_writer_end_object (writer);
  return done;
}

static gboolean
print_tensor (PaddockGgufShards *shards, const char *path, guint position)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockTensorStats) stats = compute (shards, position, &error);

  if (stats != NULL)
    paddock_stats_text_print_tensor (shards, position, stats);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    paddock_output_complain_of (error, path);
  return stats != NULL;
}

static gboolean
print_all (PaddockGgufShards *shards, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockTensorSurvey) result = survey (shards, path, &error);
  gboolean done = result != NULL;

  if (result == NULL)
    return judge_problem (error, path, TRUE);
  paddock_stats_text_print_survey (shards, result);
  for (guint i = 0; i < paddock_tensor_survey_get_n_tensors (result); i++)
    done = judge_problem (paddock_tensor_survey_get_problem (result, i), path, FALSE) && done;
  return done;
}

static gboolean
answer (PaddockGgufShards *shards, const PaddockArguments *arguments)
{
  gboolean one = arguments->n_paths > 1;
  guint position = 0;

  if (one && !paddock_tensor_choice_find (shards, arguments->paths[1], &position))
    return FALSE;
  if (arguments->json)
    return answer_json (shards, arguments->paths[0], position, one ? 1 : paddock_gguf_shards_get_n_tensors (shards),
                        one);
  return one ? print_tensor (shards, arguments->paths[0], position) : print_all (shards, arguments->paths[0]);
}

static int
run (const PaddockArguments *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufShards) shards = NULL;
  gboolean done;

  paddock_interruption_set (PADDOCK_INTERRUPTION_BETWEEN);
  shards = paddock_gguf_shards_open (arguments->paths[0], NULL, &error);
  if (shards == NULL)
    {
      paddock_unreadable_complain (error, arguments->paths[0]);
      return PADDOCK_EXIT_NO;
    }
  done = answer (shards, arguments);
  if (paddock_interruption_get_status () != 0)
    return paddock_interruption_get_status ();
  return done ? PADDOCK_EXIT_DONE : PADDOCK_EXIT_NO;
}

const PaddockCommand paddock_stats_command = {
  .name = "stats",
  .paths = N_ ("FILE [TENSOR]"),
  .max_paths = 2,
  .summary = N_ ("Sum up the numbers in tensors"),
  .description = N_ ("Reads the numbers of all tensors, or of one, and tells the smallest, the largest, their mean and "
                     "deviation, how many are zero, and how many are none or infinite. Of one tensor, and with --json of "
                     "all, it also counts how the numbers are spread."),
  .examples = examples,
  .options = options,
  .run = run,
};
