/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-arguments.h"
#include "engine-locator.h"
#include "engine-query.h"

#include <glib/gstdio.h>
#include <string.h>

#include "await.h"
#include "directory.h"
#include "estimate/memory-estimate.h"
#include "shape-recipe.h"

#define LONG 50000
#define MODEL                                                                                       \
  "kv general.architecture str llama\n"                                                             \
  "kv llama.block_count u32 1\n"                                                                    \
  "kv llama.context_length u32 2048\n"                                                              \
  "kv llama.embedding_length u32 512\n"                                                             \
  "kv llama.feed_forward_length u32 8192\n"                                                         \
  "kv llama.attention.head_count u32 8\n"                                                           \
  "kv llama.attention.layer_norm_rms_epsilon f32 1e-5\n"                                            \
  "kv llama.rope.dimension_count u32 64\n"                                                          \
  "kv tokenizer.ggml.model str gpt2\n"                                                              \
  "kv tokenizer.ggml.pre str qwen2\n"                                                               \
  "kv tokenizer.ggml.tokens arr str a b c d\n"                                                      \
  "kv tokenizer.ggml.token_type arr i32 1 1 1 1\n"                                                  \
  "kv tokenizer.ggml.merges arr str \"a b\"\n"                                                      \
  "tensor token_embd.weight q8_0 512x4\n"                                                           \
  "tensor output_norm.weight f32 512\n"                                                             \
  "tensor blk.0.attn_norm.weight f32 512\n"                                                         \
  "tensor blk.0.attn_q.weight q8_0 512x512\n"                                                       \
  "tensor blk.0.attn_k.weight q8_0 512x512\n"                                                       \
  "tensor blk.0.attn_v.weight q8_0 512x512\n"                                                       \
  "tensor blk.0.attn_output.weight q8_0 512x512\n"                                                  \
  "tensor blk.0.ffn_norm.weight f32 512\n"                                                          \
  "tensor blk.0.ffn_gate.weight q8_0 512x8192\n"                                                    \
  "tensor blk.0.ffn_up.weight q8_0 512x8192\n"                                                      \
  "tensor blk.0.ffn_down.weight q8_0 8192x512\n"

/* The engine that whoever runs this test wants to be asked. */
static char *wanted_engine;

typedef struct
{
  TestDirectory *directory;
  PaddockModelShape *shape;
  PaddockMemoryRequest request;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->shape = test_shape_of_recipe (MODEL);
  paddock_memory_request_init (&fixture->request, fixture->shape);
  paddock_engine_arguments_align (&fixture->request);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->shape, paddock_model_shape_unref);
  g_clear_pointer (&fixture->directory, test_directory_free);
}

/* An engine whose program does that; it always tells its version. */
static void
write_engine (Fixture *fixture, const char *script)
{
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n"
                                           "[ \"$1\" != --version ] || { echo 'version: 9 (fake)' >&2; exit 0; }\n"
                                           "%s\n",
                                           script);
  g_autofree char *path = test_directory_write (fixture->directory, PADDOCK_ENGINE_FIT_PROGRAM, text);

  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
}

static PaddockEngineFit *
ask (Fixture *fixture, const char *model, const char *chosen, guint timeout_ms, GCancellable *cancellable, GError **error)
{
  g_autoptr (TestAwait) await = test_await_new ();

  paddock_engine_query_async (model, &fixture->request, NULL, chosen, timeout_ms, cancellable, test_await_callback, await);
  return paddock_engine_query_finish (test_await_result (await), error);
}

static PaddockEngineFit *
ask_fake (Fixture *fixture, guint timeout_ms, GCancellable *cancellable, GError **error)
{
  return ask (fixture, "model.gguf", test_directory_get_path (fixture->directory), timeout_ms, cancellable, error);
}

static void
refuse (Fixture *fixture, const char *script, PaddockEngineError code, const char *part)
{
  g_autoptr (GError) error = NULL;

  write_engine (fixture, script);
  g_assert_null (ask_fake (fixture, LONG, NULL, &error));
  g_assert_error (error, PADDOCK_ENGINE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockEngineFit) fit = NULL;
  g_autoptr (GError) error = NULL;
  const PaddockEngineFitDevice *device;

  write_engine (fixture, "case \"$*\" in *--fit-print*) echo 'Host 1 2 3 ' ;; *) echo '-c 5 -ngl 1' ;; esac");
  fit = ask_fake (fixture, LONG, NULL, &error);
  g_assert_no_error (error);
  device = g_ptr_array_index (fit->devices, 0);
  g_assert_cmpstr (device->name, ==, "Host");
  g_assert_cmpstr (fit->binary->installed->version, ==, "9 (fake)");
  g_assert_cmpstr (fit->proposal[1], ==, "5");
  g_assert_cmpstr (fit->question[0], ==, "-m");
}

/* What it would choose is an extra. */
static void
test_no_proposal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockEngineFit) fit = NULL;
  g_autoptr (GError) error = NULL;

  write_engine (fixture, "case \"$*\" in *--fit-print*) echo 'Host 1 2 3 ' ;; *) exit 1 ;; esac");
  fit = ask_fake (fixture, LONG, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (fit->proposal);
}

static void
test_crash (Fixture *fixture, gconstpointer data)
{
  refuse (fixture, "kill -SEGV $$", PADDOCK_ENGINE_ERROR_FAILED, "crashed");
  refuse (fixture, "exit 7", PADDOCK_ENGINE_ERROR_FAILED, "7");
  refuse (fixture, "echo '0.1 E loader: no such tensor' >&2; exit 1", PADDOCK_ENGINE_ERROR_FAILED, "no such tensor");
}

static void
test_no_answer (Fixture *fixture, gconstpointer data)
{
  refuse (fixture, "exit 0", PADDOCK_ENGINE_ERROR_ANSWER, "no device");
  refuse (fixture, "head -c 5000 /dev/zero | tr '\\0' '\\377'", PADDOCK_ENGINE_ERROR_ANSWER, "no device");
  refuse (fixture, "exec cat /dev/zero", PADDOCK_ENGINE_ERROR_TOO_MUCH, "more than");
}

static void
test_old (Fixture *fixture, gconstpointer data)
{
  refuse (fixture, "echo 'error: invalid argument: --fit-print' >&2; exit 1", PADDOCK_ENGINE_ERROR_UNSUPPORTED, "too old");
}

static void
test_hangs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_engine (fixture, "exec tail -f /dev/null");
  g_assert_null (ask_fake (fixture, 500, NULL, &error));
  g_assert_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_TIMED_OUT);
}

static void
on_file (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer cancellable)
{
  g_autofree char *name = g_file_get_basename (file);

  if (g_str_equal (name, "asked"))
    g_cancellable_cancel (cancellable);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *quoted = g_shell_quote (test_directory_get_path (fixture->directory));
  g_autofree char *script = g_strdup_printf ("echo >%s/asked; exec tail -f /dev/null", quoted);
  g_autoptr (GFile) folder = g_file_new_for_path (test_directory_get_path (fixture->directory));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GFileMonitor) monitor = NULL;
  g_autoptr (GError) error = NULL;

  write_engine (fixture, script);
  monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (monitor, "changed", G_CALLBACK (on_file), cancellable);
  g_assert_null (ask_fake (fixture, LONG, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ask (fixture, "model.gguf", "/nowhere", LONG, NULL, &error));
  g_assert_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_MISSING);
}

static void
test_question (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) question = NULL;
  g_autofree char *line = NULL;

  fixture->request.cache_k = paddock_quant_type_lookup_by_name ("Q8_0");
  fixture->request.mmap = FALSE;
  question = paddock_engine_arguments_build_question ("/models/-m.gguf", &fixture->request, NULL);
  line = g_strjoinv (" ", question);
  g_assert_cmpstr (line, ==,
                   "-m /models/-m.gguf -dev none --fit off -c 2048 -b 2048 -ub 512 -np 1 -ctk q8_0 -fa auto --no-repack "
                   "--fit-print on");
}

static void
test_align (Fixture *fixture, gconstpointer data)
{
  PaddockMemoryRequest request;

  paddock_memory_request_init (&request, fixture->shape);
  paddock_engine_arguments_align (&request);
  g_assert_cmpuint (request.parallel, ==, 1);
  g_assert_cmpuint (request.outputs, ==, 0);
  g_assert_cmpstr (request.repack, ==, "off");

  paddock_memory_request_init (&request, fixture->shape);
  request.unified = FALSE;
  paddock_engine_arguments_align (&request);
  g_assert_cmpuint (request.parallel, ==, 4);
}

/* The real one, where it is installed, about a model of this test's own. */
static void
test_real (Fixture *fixture, gconstpointer data)
{
  g_autofree char *model = test_directory_write_recipe (fixture->directory, "model.gguf", MODEL);
  g_autoptr (PaddockEngineFit) fit = NULL;
  g_autoptr (GError) error = NULL;
  PaddockMemoryEstimate ours;
  PaddockEngineFitDevice theirs;

  fit = ask (fixture, model, wanted_engine, LONG, NULL, &error);
  if (g_error_matches (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_MISSING) ||
      g_error_matches (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_NO_FIT) ||
      g_error_matches (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_UNSUPPORTED))
    {
      g_test_skip (error->message);
      return;
    }
  g_assert_no_error (error);
  g_assert_true (paddock_memory_estimate_compute (&ours, fixture->shape, &fixture->request, &error));
  g_assert_no_error (error);
  theirs = paddock_engine_fit_sum (fit);
  g_assert_cmpuint (theirs.weights, ==, ours.bytes[PADDOCK_MEMORY_WEIGHTS] & ~(guint64) (PADDOCK_ENGINE_FIT_UNIT - 1));
  g_assert_cmpuint (theirs.cache, ==, ours.bytes[PADDOCK_MEMORY_CACHE] & ~(guint64) (PADDOCK_ENGINE_FIT_UNIT - 1));
  g_assert_cmpuint (theirs.compute, ==, ours.bytes[PADDOCK_MEMORY_COMPUTE] & ~(guint64) (PADDOCK_ENGINE_FIT_UNIT - 1));
  g_assert_cmpuint (theirs.weights, >, 0);
  g_assert_cmpuint (theirs.cache, >, 0);
  g_assert_cmpuint (theirs.compute, >, 0);
  g_assert_nonnull (fit->binary->installed->version);
}

#define ADD(name, function) g_test_add ("/engine-query/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  wanted_engine = g_strdup (g_getenv (PADDOCK_ENGINE_VARIABLE));
  g_unsetenv (PADDOCK_ENGINE_VARIABLE);
  ADD ("answer", test_answer);
  ADD ("no-proposal", test_no_proposal);
  ADD ("crash", test_crash);
  ADD ("no-answer", test_no_answer);
  ADD ("old", test_old);
  ADD ("hangs", test_hangs);
  ADD ("cancelled", test_cancelled);
  ADD ("missing", test_missing);
  ADD ("question", test_question);
  ADD ("align", test_align);
  ADD ("real", test_real);
  status = g_test_run ();
  g_free (wanted_engine);
  return status;
}
