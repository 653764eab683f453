/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/tensor-stats.h"

#include <math.h>
#include <unistd.h>

#include "await.h"
#include "directory.h"
#include "loading/tensor-survey.h"

#define NUMBERS \
  "kv general.architecture str llama\n" \
  "tensor a.weight f32 8\n" \
  "data f32 -3\ndata at=4 f32 1\ndata at=8 f32 5\ndata at=12 f32 1\ndata at=16 hex 000000800000807f000080ff0000c07f\n" \
  "tensor b.weight f32 4x2\n" \
  "data f32 2.5\ndata at=4 f32 2.5\ndata at=8 f32 2.5\ndata at=12 f32 2.5\ndata at=16 f32 2.5\ndata at=20 f32 2.5\n" \
  "data at=24 f32 2.5\ndata at=28 f32 2.5\n" \
  "tensor none.weight f32 4\ndata hex 0000807f0000807f0000807f0000807f\n" \
  "tensor empty.weight f32 0x4\n" \
  "tensor odd.weight 250 32 bytes=32\n" \
  "tensor removed.weight 31 32 bytes=18\n" \
  "tensor fork.weight 137 256 bytes=76\n"

typedef struct
{
  TestDirectory *directory;
  PaddockGgufShards *shards;
} Fixture;

static void
open_recipe (Fixture *fixture, const char *recipe)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = test_directory_write_recipe (fixture->directory, "model.gguf", recipe);

  g_clear_pointer (&fixture->shards, paddock_gguf_shards_unref);
  fixture->shards = paddock_gguf_shards_open (path, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  open_recipe (fixture, NUMBERS);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->shards, paddock_gguf_shards_unref);
  test_directory_free (fixture->directory);
}

static void
test_mixed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockTensorStats) stats = paddock_tensor_stats_compute (fixture->shards, 0, 4, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (stats->summary.count, ==, 8);
  g_assert_cmpuint (stats->summary.nan, ==, 1);
  g_assert_cmpuint (stats->summary.positive_infinity, ==, 1);
  g_assert_cmpuint (stats->summary.negative_infinity, ==, 1);
  g_assert_cmpuint (stats->summary.zeros, ==, 1);
  g_assert_cmpfloat (stats->summary.minimum, ==, -3);
  g_assert_cmpfloat (stats->summary.maximum, ==, 5);
  g_assert_cmpfloat_with_epsilon (stats->summary.mean, 0.8, 1e-12);
  /* -3, 1, 5, 1 and -0. */
  g_assert_cmpfloat_with_epsilon (paddock_tensor_summary_get_deviation (&stats->summary), sqrt (32.8 / 5), 1e-12);
  g_assert_cmpfloat (paddock_tensor_summary_get_zero_share (&stats->summary), ==, 0.125);
  g_assert_cmpuint (stats->n_bins, ==, 4);
  g_assert_cmpuint (stats->bins[0], ==, 1);
  g_assert_cmpuint (stats->bins[1], ==, 1);
  g_assert_cmpuint (stats->bins[2], ==, 2);
  g_assert_cmpuint (stats->bins[3], ==, 1);
  g_assert_cmpint (stats->caution, ==, PADDOCK_LOADING_CAUTION_NONE);
}

static void
test_constant (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockTensorStats) stats = paddock_tensor_stats_compute (fixture->shards, 1, 0, 0, NULL, NULL);

  g_assert_cmpfloat (stats->summary.minimum, ==, 2.5);
  g_assert_cmpfloat (stats->summary.maximum, ==, 2.5);
  g_assert_cmpfloat (paddock_tensor_summary_get_deviation (&stats->summary), ==, 0);
  g_assert_cmpuint (stats->n_bins, ==, PADDOCK_TENSOR_STATS_DEFAULT_BINS);
  g_assert_cmpuint (stats->bins[0], ==, 8);
}

static void
test_nothing_finite (Fixture *fixture, gconstpointer data)
{
  for (guint position = 2; position < 4; position++)
    {
      g_autoptr (PaddockTensorStats) stats = paddock_tensor_stats_compute (fixture->shards, position, 0, 0, NULL, NULL);

      g_assert_cmpuint (stats->summary.count, ==, position == 2 ? 4 : 0);
      g_assert_true (isnan (stats->summary.minimum) && isnan (stats->summary.mean));
      g_assert_true (isnan (paddock_tensor_summary_get_deviation (&stats->summary)));
      g_assert_cmpuint (stats->n_bins, ==, 0);
    }
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  for (guint position = 4; position < 8; position++)
    {
      int code = position < 7 ? PADDOCK_LOADING_ERROR_NO_TYPE : PADDOCK_LOADING_ERROR_NO_TENSOR;
      g_autoptr (GError) error = NULL;

      g_assert_null (paddock_tensor_stats_compute (fixture->shards, position, 0, 0, NULL, &error));
      g_assert_error (error, PADDOCK_LOADING_ERROR, code);
      g_test_message ("%s", error->message);
    }
}

/* Many windows, each of numbers of its own, so that the order of the sums matters. */
static PaddockGgufShards *
open_large (Fixture *fixture)
{
  open_recipe (fixture, "kv general.architecture str llama\n"
                        "tensor wide.weight f32 1024x3000\ndata random seed=7\n"
                        "tensor small.weight f32 100\ndata random seed=8\n");
  return fixture->shards;
}

/* The expected numbers from the definition, one after the other. */
static void
test_definition (Fixture *fixture, gconstpointer data)
{
  g_autofree float *values = NULL;
  g_autoptr (PaddockTensorStats) stats = paddock_tensor_stats_compute (open_large (fixture), 0, 10, 0, NULL, NULL);
  const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (paddock_gguf_shards_get_primary (fixture->shards), 0);
  PaddockGgufFile *file = paddock_gguf_shards_get_primary (fixture->shards);
  guint64 n_finite = 0, nan = 0, bins = 0;
  double low = INFINITY, high = -INFINITY;

  values = g_malloc (tensor->bytes);
  g_assert_true (paddock_gguf_source_read (paddock_gguf_file_get_source (file), paddock_gguf_file_get_data_offset (file),
                                           (guint8 *) values, tensor->bytes, NULL, NULL));
  for (guint64 i = 0; i < tensor->elements; i++)
    {
      nan += isnan (values[i]) != 0;
      if (!isfinite (values[i]))
        continue;
      n_finite++;
      low = MIN (low, (double) values[i]);
      high = MAX (high, (double) values[i]);
    }
  g_assert_cmpuint (stats->summary.nan, ==, nan);
  g_assert_cmpuint (paddock_tensor_summary_get_n_finite (&stats->summary), ==, n_finite);
  g_assert_cmpfloat (stats->summary.minimum, ==, low);
  g_assert_cmpfloat (stats->summary.maximum, ==, high);
  for (guint i = 0; i < stats->n_bins; i++)
    bins += stats->bins[i];
  g_assert_cmpuint (bins, ==, n_finite);
  g_assert_cmpuint (stats->efficiency.bytes_copied, ==, tensor->bytes);
  g_assert_cmpuint (stats->efficiency.peak_held, <=, PADDOCK_TENSOR_STREAM_MAX_HELD);
}

/* What is too large to be kept is read twice, and counted all the same. */
static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  const guint64 rows = PADDOCK_TENSOR_STATS_MOST_KEPT / 4096 + 1;
  g_autofree char *recipe = g_strdup_printf ("tensor t f32 1024x%" G_GUINT64_FORMAT " bytes=0\n", rows);
  g_autofree char *path = test_directory_write_recipe (fixture->directory, "huge.gguf", recipe);
  g_autoptr (PaddockGgufShards) shards = NULL;
  g_autoptr (PaddockTensorStats) stats = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (truncate (path, (off_t) (rows * 4096 + (1 << 20))), ==, 0);
  shards = paddock_gguf_shards_open (path, NULL, &error);
  g_assert_no_error (error);
  stats = paddock_tensor_stats_compute (shards, 0, 4, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stats->summary.zeros, ==, rows * 1024);
  g_assert_cmpuint (stats->bins[0] + stats->bins[1] + stats->bins[2] + stats->bins[3], ==, rows * 1024);
  g_assert_cmpuint (stats->efficiency.bytes_copied, ==, 2 * rows * 4096);
  g_assert_cmpuint (stats->efficiency.peak_held, <=, PADDOCK_TENSOR_STREAM_MAX_HELD);
}

static void
assert_same (const PaddockTensorSummary *a, const PaddockTensorSummary *b)
{
  g_assert_cmpmem (a, sizeof *a, b, sizeof *b);
}

static void
test_survey (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockTensorSurvey) survey = paddock_tensor_survey_run (open_large (fixture), 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (paddock_tensor_survey_get_n_tensors (survey), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PaddockTensorStats) stats = paddock_tensor_stats_compute (fixture->shards, i, 0, 0, NULL, NULL);

      assert_same (paddock_tensor_survey_get_summary (survey, i), &stats->summary);
    }
  g_assert_cmpuint (paddock_tensor_survey_get_efficiency (survey)->bytes_copied, ==, 1024 * 3000 * 4 + 400);
}

/* The same bits, whoever reads which window. */
static void
test_lanes (Fixture *fixture, gconstpointer data)
{
  static const guint lanes[] = { 2, 3, 8 };
  g_autoptr (PaddockTensorStats) alone = paddock_tensor_stats_compute (open_large (fixture), 0, 100, 1, NULL, NULL);
  g_autoptr (PaddockTensorSurvey) survey_alone = paddock_tensor_survey_run (fixture->shards, 1, NULL, NULL);

  g_assert_cmpuint (alone->efficiency.lanes, ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (lanes); i++)
    {
      g_autoptr (PaddockTensorStats) stats = paddock_tensor_stats_compute (fixture->shards, 0, 100, lanes[i], NULL, NULL);
      g_autoptr (PaddockTensorSurvey) survey = paddock_tensor_survey_run (fixture->shards, lanes[i], NULL, NULL);

      g_assert_cmpuint (stats->efficiency.lanes, ==, lanes[i]);
      g_assert_cmpuint (paddock_tensor_survey_get_efficiency (survey)->lanes, ==, lanes[i]);
      assert_same (&stats->summary, &alone->summary);
      g_assert_cmpmem (stats->bins, stats->n_bins * sizeof *stats->bins, alone->bins, alone->n_bins * sizeof *alone->bins);
      for (guint position = 0; position < 2; position++)
        assert_same (paddock_tensor_survey_get_summary (survey, position),
                     paddock_tensor_survey_get_summary (survey_alone, position));
    }
}

static void
test_survey_of_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockTensorSurvey) survey = paddock_tensor_survey_run (fixture->shards, 0, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < paddock_tensor_survey_get_n_tensors (survey); i++)
    {
      g_assert_true ((paddock_tensor_survey_get_summary (survey, i) != NULL) == (i < 4));
      g_assert_true ((paddock_tensor_survey_get_problem (survey, i) == NULL) == (i < 4));
    }
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockTensorStats) stats = NULL;
  g_autoptr (PaddockTensorSurvey) survey = NULL;

  paddock_tensor_stats_compute_async (fixture->shards, 0, 0, NULL, NULL, NULL, test_await_callback, await);
  stats = paddock_tensor_stats_compute_finish (test_await_result (await), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stats->summary.count, ==, 8);

  paddock_tensor_survey_run_async (fixture->shards, NULL, NULL, NULL, test_await_callback, await);
  survey = paddock_tensor_survey_run_finish (test_await_result (await), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (paddock_tensor_survey_get_summary (survey, 1)->count, ==, 8);

  g_cancellable_cancel (cancellable);
  paddock_tensor_stats_compute_async (fixture->shards, 0, 0, NULL, NULL, cancellable, test_await_callback, await);
  g_assert_null (paddock_tensor_stats_compute_finish (test_await_result (await), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, function) g_test_add ("/tensor-stats/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("mixed", test_mixed);
  ADD ("constant", test_constant);
  ADD ("nothing-finite", test_nothing_finite);
  ADD ("unreadable", test_unreadable);
  ADD ("definition", test_definition);
  ADD ("too-large", test_too_large);
  ADD ("survey", test_survey);
  ADD ("lanes", test_lanes);
  ADD ("survey-of-unreadable", test_survey_of_unreadable);
  ADD ("async", test_async);
  return g_test_run ();
}
