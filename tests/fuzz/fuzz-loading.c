/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "fuzz-target.h"
#include "loading/deep-check.h"
#include "loading/tensor-stats.h"
#include "loading/tensor-survey.h"

/* All numbers of any bytes: none is read that is not there, and what is counted adds up. */

#define MAX_TENSORS 16

static void
check_summary (const PaddockTensorSummary *summary)
{
  guint64 finite = paddock_tensor_summary_get_n_finite (summary);

  g_assert_cmpuint (finite, <=, summary->count);
  g_assert_cmpuint (summary->zeros, <=, finite);
  g_assert_true (isnan (summary->minimum) == (finite == 0));
  if (finite > 0)
    g_assert_cmpfloat (summary->minimum, <=, summary->maximum);
}

static void
check_stats (PaddockGgufShards *shards, guint position, PaddockTensorSurvey *survey)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockTensorStats) stats = paddock_tensor_stats_compute (shards, position, 7, 0, NULL, &error);
  const PaddockTensorSummary *summary = paddock_tensor_survey_get_summary (survey, position);
  guint64 counted = 0;

  g_assert_true ((stats != NULL) == (summary != NULL));
  g_assert_true ((stats == NULL) == (error != NULL));
  if (stats == NULL)
    return;
  check_summary (&stats->summary);
  g_assert_cmpmem (&stats->summary, sizeof stats->summary, summary, sizeof *summary);
  for (guint i = 0; i < stats->n_bins; i++)
    counted += stats->bins[i];
  g_assert_cmpuint (counted, ==, paddock_tensor_summary_get_n_finite (&stats->summary));
}

static void
check_problems (PaddockDeepCheck *check, gsize size)
{
  for (guint i = 0; i < paddock_deep_check_get_n_problems (check); i++)
    {
      const PaddockDeepProblem *problem = paddock_deep_check_get_problem (check, i);

      g_assert_true ((problem->error == NULL) == (problem->kind == PADDOCK_DEEP_PROBLEM_NUMBERS));
      if (problem->kind != PADDOCK_DEEP_PROBLEM_NUMBERS)
        continue;
      g_assert_cmpuint (problem->nan + problem->infinity, >, 0);
      g_assert_cmpuint (problem->offset, <, size);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "fuzz.gguf");
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);
  g_autoptr (PaddockGgufShards) shards = paddock_gguf_shards_new_for_file (file);
  g_autoptr (PaddockDeepCheck) check = paddock_deep_check_run (shards, 1, NULL, NULL);
  g_autoptr (PaddockTensorSurvey) survey = paddock_tensor_survey_run (shards, 0, NULL, NULL);

  g_assert_nonnull (check);
  g_assert_nonnull (survey);
  check_problems (check, size);
  for (guint i = 0; i < MIN (paddock_tensor_survey_get_n_tensors (survey), MAX_TENSORS); i++)
    check_stats (shards, i, survey);
  return 0;
}
