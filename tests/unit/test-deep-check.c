/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/deep-check.h"

#include <string.h>
#include <unistd.h>

#include "await.h"
#include "directory.h"

/* Each trouble once, the second one in the second window of a tensor; what is no weight may hold anything. */
#define TROUBLES \
  "kv general.architecture str llama\n" \
  "tensor good.weight q4_k 256x4\n" \
  "tensor far.weight f16 1024x1024\ndata at=2000000 hex 007c007c017c\n" \
  "tensor mask f32 4\ndata hex 000080ff\n" \
  "tensor scale.weight q4_0 64\ndata at=18 hex 007e\n" \
  "tensor odd.weight 250 32 bytes=32\n"

typedef struct
{
  TestDirectory *directory;
  char *path;
  PaddockModelReport *report;
} Fixture;

static void
make (Fixture *fixture, const char *recipe)
{
  g_clear_pointer (&fixture->report, paddock_model_report_unref);
  g_free (fixture->path);
  fixture->path = test_directory_write_recipe (fixture->directory, "model.gguf", recipe);
  fixture->report = paddock_model_report_new_for_path (fixture->path, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer recipe)
{
  fixture->directory = test_directory_new ();
  make (fixture, recipe);
}

static void
tear_down (Fixture *fixture, gconstpointer recipe)
{
  paddock_model_report_unref (fixture->report);
  g_free (fixture->path);
  test_directory_free (fixture->directory);
}

static PaddockDeepCheck *
check_with (Fixture *fixture, guint lanes)
{
  g_autoptr (GError) error = NULL;
  PaddockDeepCheck *check = paddock_deep_check_run (paddock_model_report_get_shards (fixture->report), lanes, NULL, &error);

  g_assert_no_error (error);
  return check;
}

static guint
count_findings (PaddockModelReport *report, const char *code)
{
  guint count = 0;

  for (guint i = 0; i < paddock_model_report_get_n_findings (report); i++)
    count += g_str_equal (paddock_model_report_get_finding (report, i)->code, code);
  return count;
}

static void
test_troubles (Fixture *fixture, gconstpointer recipe)
{
  for (guint lanes = 1; lanes <= 3; lanes++)
    {
      g_autoptr (PaddockDeepCheck) check = check_with (fixture, lanes);
      const PaddockDeepProblem *far, *scale, *odd;

      g_assert_cmpuint (paddock_deep_check_get_n_problems (check), ==, 3);
      g_assert_cmpuint (paddock_deep_check_get_n_tensors (check), ==, 4);
      odd = paddock_deep_check_get_problem (check, 0);
      far = paddock_deep_check_get_problem (check, 1);
      scale = paddock_deep_check_get_problem (check, 2);
      g_assert_cmpstr (odd->name, ==, "odd.weight");
      g_assert_error (odd->error, PADDOCK_LOADING_ERROR, PADDOCK_LOADING_ERROR_NO_TYPE);
      g_assert_cmpstr (far->name, ==, "far.weight");
      g_assert_cmpuint (far->nan, ==, 1);
      g_assert_cmpuint (far->infinity, ==, 2);
      g_assert_cmpuint (far->position, ==, 1);
      g_assert_cmpstr (scale->name, ==, "scale.weight");
      g_assert_cmpuint (scale->nan, ==, 1);
      /* The first bad block: the second one of the tensor behind the mask. */
      g_assert_cmpuint (scale->offset - far->offset, ==, 1024 * 1024 * 2 - 2000000 + 32 + 18);
    }
}

static void
test_report (Fixture *fixture, gconstpointer recipe)
{
  g_autoptr (PaddockDeepCheck) check = check_with (fixture, 0);
  g_autoptr (PaddockModelReport) report = paddock_deep_check_complete_report (check, fixture->report);

  g_assert_cmpint (paddock_model_report_get_verdict (report), ==, PADDOCK_VERDICT_REJECT);
  g_assert_false (paddock_model_report_is_valid_in (report, PADDOCK_FINDING_TENSORS));
  g_assert_cmpuint (count_findings (report, "bad-number"), ==, 2);
  g_assert_cmpuint (count_findings (report, "unreadable-tensor"), ==, 0);
  /* What the header says stays. */
  g_assert_cmpuint (count_findings (report, "unknown-type"), ==, count_findings (fixture->report, "unknown-type"));
  for (guint i = 0; i < paddock_model_report_get_n_findings (report); i++)
    {
      const PaddockFinding *finding = paddock_model_report_get_finding (report, i);

      g_assert_null (strstr (finding->message, "sample"));
      if (g_strcmp0 (finding->subject, "far.weight") == 0)
        g_assert_nonnull (strstr (finding->message, "F16, 1 × NaN, 2 × ∞"));
    }
}

/* The sample found it too; it is said once, and surely. */
static void
test_instead_of_sample (Fixture *fixture, gconstpointer recipe)
{
  g_autoptr (PaddockDeepCheck) check = NULL;
  g_autoptr (PaddockModelReport) report = NULL;

  make (fixture, "kv general.architecture str llama\ntensor t.weight q4_0 64\ndata at=18 hex 007e\n");
  g_assert_cmpuint (count_findings (fixture->report, "bad-number"), ==, 1);
  check = check_with (fixture, 0);
  report = paddock_deep_check_complete_report (check, fixture->report);
  g_assert_cmpuint (count_findings (report, "bad-number"), ==, 1);
  g_assert_cmpuint (paddock_model_report_get_n_findings (report), ==, paddock_model_report_get_n_findings (fixture->report));
}

static void
test_shrunken (Fixture *fixture, gconstpointer recipe)
{
  g_autoptr (PaddockDeepCheck) check = NULL;
  g_autoptr (PaddockModelReport) report = NULL;

  g_assert_cmpint (truncate (fixture->path, 100000), ==, 0);
  check = check_with (fixture, 2);
  g_assert_cmpint (paddock_deep_check_get_problem (check, 1)->kind, ==, PADDOCK_DEEP_PROBLEM_CHANGED);
  report = paddock_deep_check_complete_report (check, fixture->report);
  g_assert_cmpuint (count_findings (report, "changed"), ==, 1);
  /* However many tensors this spoils, one says where. */
  g_assert_cmpuint (count_findings (report, "unreadable-tensor"), ==, 1);
  g_assert_cmpint (paddock_model_report_get_verdict (report), ==, PADDOCK_VERDICT_REJECT);
}

/* The bytes of numbers are turned around in files of the other order. */
static void
test_big_endian (Fixture *fixture, gconstpointer recipe)
{
  g_autoptr (PaddockDeepCheck) check = NULL;

  make (fixture, "endian big\nkv general.architecture str llama\ntensor t.weight f32 8\ndata at=4 f32 inf\n"
                 "tensor u.weight f16 8\ndata hex 007c7c007e00\n");
  check = check_with (fixture, 0);
  g_assert_cmpuint (paddock_deep_check_get_n_problems (check), ==, 2);
  g_assert_cmpuint (paddock_deep_check_get_problem (check, 0)->infinity, ==, 1);
  g_assert_cmpuint (paddock_deep_check_get_problem (check, 1)->infinity, ==, 1);
  g_assert_cmpuint (paddock_deep_check_get_problem (check, 1)->nan, ==, 1);
}

static void
test_async (Fixture *fixture, gconstpointer recipe)
{
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockDeepCheck) check = NULL;
  PaddockGgufShards *shards = paddock_model_report_get_shards (fixture->report);

  paddock_deep_check_run_async (shards, NULL, NULL, NULL, test_await_callback, await);
  check = paddock_deep_check_run_finish (test_await_result (await), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (paddock_deep_check_get_efficiency (check)->peak_held, <=, PADDOCK_TENSOR_STREAM_MAX_HELD);
  g_cancellable_cancel (cancellable);
  paddock_deep_check_run_async (shards, NULL, NULL, cancellable, test_await_callback, await);
  g_assert_null (paddock_deep_check_run_finish (test_await_result (await), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, function) g_test_add ("/deep-check/" path, Fixture, TROUBLES, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("troubles", test_troubles);
  ADD ("report", test_report);
  ADD ("instead-of-sample", test_instead_of_sample);
  ADD ("shrunken", test_shrunken);
  ADD ("big-endian", test_big_endian);
  ADD ("async", test_async);
  return g_test_run ();
}
