/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-error.h"
#include "engine-process.h"

#include <signal.h>
#include <string.h>

#include "await.h"
#include "directory.h"

#define LONG 50000

static PaddockEngineOutput *
run (const char *script, guint timeout_ms, GCancellable *cancellable, GError **error)
{
  const char *const command[] = { "/bin/sh", "-c", script, NULL };
  g_autoptr (TestAwait) await = test_await_new ();

  paddock_engine_process_run_async (command, timeout_ms, cancellable, test_await_callback, await);
  return paddock_engine_process_run_finish (test_await_result (await), error);
}

static PaddockEngineOutput *
run_well (const char *script)
{
  g_autoptr (GError) error = NULL;
  PaddockEngineOutput *output = run (script, LONG, NULL, &error);

  g_assert_no_error (error);
  return output;
}

static void
test_both_pipes (void)
{
  g_autoptr (PaddockEngineOutput) output = run_well ("echo out; echo err >&2; exit 3");

  g_assert_cmpstr (output->output, ==, "out\n");
  g_assert_cmpuint (output->output_length, ==, 4);
  g_assert_cmpstr (output->complaints, ==, "err\n");
  g_assert_cmpint (output->status, ==, 3);
}

static void
test_nothing (void)
{
  g_autoptr (PaddockEngineOutput) output = run_well ("exit 0");

  g_assert_cmpstr (output->output, ==, "");
  g_assert_cmpstr (output->complaints, ==, "");
  g_assert_cmpint (output->status, ==, 0);
}

static void
test_crash (void)
{
  g_autoptr (PaddockEngineOutput) output = run_well ("echo half; kill -ABRT $$");

  g_assert_cmpstr (output->output, ==, "half\n");
  g_assert_cmpint (output->status, ==, -1);
}

static void
test_missing_program (void)
{
  const char *const command[] = { "/nowhere/at/all", NULL };
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;

  paddock_engine_process_run_async (command, LONG, NULL, test_await_callback, await);
  g_assert_null (paddock_engine_process_run_finish (test_await_result (await), &error));
  g_assert_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_START);
}

/* What it says has an end for us, whether it has one for the program or not. */
static void
test_endless_output (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run ("exec cat /dev/zero", LONG, NULL, &error));
  g_assert_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_TOO_MUCH);
}

static void
test_many_complaints (void)
{
  g_autoptr (PaddockEngineOutput) output =
    run_well ("head -c 2000000 /dev/zero | tr '\\0' x >&2; echo answer");

  g_assert_cmpstr (output->output, ==, "answer\n");
  g_assert_cmpuint (strlen (output->complaints), ==, PADDOCK_ENGINE_PROCESS_MAX_COMPLAINTS);
}

static void
test_timeout (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run ("exec tail -f /dev/null", 1, NULL, &error));
  g_assert_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_TIMED_OUT);
}

/* The program has ended, and what it left behind has not. */
static void
test_timeout_of_what_is_left (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run ("tail -f /dev/null & exit 0", 200, NULL, &error));
  g_assert_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_TIMED_OUT);
}

static void
test_cancelled_before (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (run ("exec tail -f /dev/null", LONG, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

typedef struct
{
  char *path;                        /* of a file with two process numbers */
  GCancellable *cancellable;
  gint64 processes[2];
} Victims;

/* Both have written who they are: now they may be ended. */
static gboolean
cancel_when_both_run (gpointer user_data)
{
  Victims *victims = user_data;
  g_autofree char *text = NULL;
  char *end = NULL;

  if (!g_file_get_contents (victims->path, &text, NULL, NULL) || !g_str_has_suffix (text, ".\n"))
    return G_SOURCE_CONTINUE;
  victims->processes[0] = g_ascii_strtoll (text, &end, 10);
  victims->processes[1] = g_ascii_strtoll (end, NULL, 10);
  g_cancellable_cancel (victims->cancellable);
  return G_SOURCE_REMOVE;
}

/* Somebody else may have to bury it: dead it is all the same. */
static gboolean
is_dead (gpointer user_data)
{
  const gint64 *process = user_data;
  g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/stat", *process);
  g_autofree char *text = NULL;
  const char *state;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return TRUE;
  state = strrchr (text, ')');
  return state != NULL && state[1] == ' ' && (state[2] == 'Z' || state[2] == 'X');
}

static gboolean
turn (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_cancel_ends_all (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_build_path (directory, "processes");
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *script =
    g_strdup_printf ("tail -f /dev/null & echo $$ $! . >%s; wait", quoted);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Victims victims = { path, cancellable, { 0 } };
  guint turning;

  g_timeout_add (1, cancel_when_both_run, &victims);
  g_assert_null (run (script, LONG, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (victims.processes[0], >, 1);
  g_assert_cmpint (victims.processes[1], >, 1);
  g_assert_cmpint (kill ((pid_t) victims.processes[0], 0), ==, -1);
  turning = g_timeout_add (1, turn, NULL);
  test_await_condition (is_dead, &victims.processes[1]);
  g_source_remove (turning);
}

/* What a person sets for runs of the server would change the question. */
static void
test_settings_stay_outside (void)
{
  g_autoptr (PaddockEngineOutput) output = NULL;

  g_setenv ("LLAMA_ARG_CTX_SIZE", "17", TRUE);
  output = run_well ("echo \"${LLAMA_ARG_CTX_SIZE-none} $GGML_NO_BACKTRACE\"");
  g_unsetenv ("LLAMA_ARG_CTX_SIZE");
  g_assert_cmpstr (output->output, ==, "none 1\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine-process/both-pipes", test_both_pipes);
  g_test_add_func ("/engine-process/nothing", test_nothing);
  g_test_add_func ("/engine-process/crash", test_crash);
  g_test_add_func ("/engine-process/missing-program", test_missing_program);
  g_test_add_func ("/engine-process/endless-output", test_endless_output);
  g_test_add_func ("/engine-process/many-complaints", test_many_complaints);
  g_test_add_func ("/engine-process/timeout", test_timeout);
  g_test_add_func ("/engine-process/timeout-of-what-is-left", test_timeout_of_what_is_left);
  g_test_add_func ("/engine-process/cancelled-before", test_cancelled_before);
  g_test_add_func ("/engine-process/cancel-ends-all", test_cancel_ends_all);
  g_test_add_func ("/engine-process/settings-stay-outside", test_settings_stay_outside);
  return g_test_run ();
}
