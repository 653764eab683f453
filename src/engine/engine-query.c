/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-query.h"

#include <string.h>

#include "base/worker.h"
#include "engine-arguments.h"
#include "engine-locator.h"
#include "engine-log.h"
#include "engine-process.h"

typedef struct
{
  /* Owned */
  char **question, **proposal;       /* arguments */
  PaddockEngineBinary *binary;
  PaddockEngineFit *fit;

  guint timeout_ms;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_strfreev (query->question);
  g_strfreev (query->proposal);
  g_clear_pointer (&query->binary, paddock_engine_binary_free);
  g_clear_pointer (&query->fit, paddock_engine_fit_free);
  g_free (query);
}

static void
start (GTask *task, const char *const *arguments, GAsyncReadyCallback callback)
{
  Query *query = g_task_get_task_data (task);
  g_auto (GStrv) command = paddock_engine_binary_build_command (query->binary, arguments);

  paddock_engine_process_run_async ((const char *const *) command, query->timeout_ms, g_task_get_cancellable (task), callback,
                                    g_object_ref (task));
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
answer (GTask *task)
{
  Query *query = g_task_get_task_data (task);

  query->fit->binary = g_steal_pointer (&query->binary);
  query->fit->question = g_steal_pointer (&query->question);
  g_task_return_pointer (task, g_steal_pointer (&query->fit), (GDestroyNotify) paddock_engine_fit_free);
}

/* What it would choose is told where it tells, and missed where it does not. */
static void
on_proposed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Query *query = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockEngineOutput) output = paddock_engine_process_run_finish (result, &error);

  if (is_cancelled (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (output != NULL && output->status == 0)
    query->fit->proposal = paddock_engine_fit_parse_proposal (output->output, output->output_length);
  answer (task);
}

static GError *
explain (const PaddockEngineOutput *output)
{
  g_autofree char *reason = paddock_engine_log_find_reason (output->complaints);

  if (reason != NULL && strstr (reason, "--fit-print") != NULL)
    return g_error_new (PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_UNSUPPORTED,
                        "this llama.cpp is too old to tell what a model needs: %s", reason);
  if (reason != NULL)
    return g_error_new (PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_FAILED, "%s", reason);
  if (output->status < 0)
    return g_error_new_literal (PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_FAILED, "it crashed");
  return g_error_new (PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_FAILED, "it ended with status %d", output->status);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Query *query = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockEngineOutput) output = paddock_engine_process_run_finish (result, &error);

  if (output != NULL && output->status == 0)
    query->fit = paddock_engine_fit_parse (output->output, output->output_length, &error);
  else if (output != NULL)
    error = explain (output);
  if (error != NULL)
    {
      if (error->domain == PADDOCK_ENGINE_ERROR)
        g_prefix_error (&error, "%s: ", PADDOCK_ENGINE_FIT_PROGRAM);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  start (task, (const char *const *) query->proposal, on_proposed);
}

/* Outside of a sandbox nobody can look for the program: whether there is one shows when it is started. */
static gboolean
is_there (Query *query, const PaddockEngineOutput *output, GError **error)
{
  g_autofree char *reason = NULL;

  if (!query->binary->on_host || output->status == 0)
    return TRUE;
  reason = paddock_engine_log_find_reason (output->complaints);
  g_set_error (error, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_MISSING, "llama.cpp cannot be run outside of the sandbox: %s",
               reason != NULL ? reason : "nobody says why");
  return FALSE;
}

static void
on_version (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Query *query = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockEngineOutput) output = paddock_engine_process_run_finish (result, &error);

  if (output == NULL || !is_there (query, output, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* By version, it goes to one or the other. */
  paddock_engine_binary_read_version (query->binary, output->complaints);
  paddock_engine_binary_read_version (query->binary, output->output);
  start (task, (const char *const *) query->question, on_answered);
}

static gpointer
locate (PaddockWorker *worker, gpointer chosen, GError **error)
{
  return paddock_engine_locator_find ("/", chosen, error);
}

static void
on_located (GObject *source, GAsyncResult *result, gpointer user_data)
{
  static const char *const version[] = { "--version", NULL };
  g_autoptr (GTask) task = user_data;
  Query *query = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  query->binary = paddock_worker_run_finish (NULL, result, &error);
  if (query->binary == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    start (task, version, on_version);
}

/**
 * paddock_engine_query_async:
 * @model: the path of a model, all of it
 * @request: an aligned request
 * @placement: (nullable): where its layers go; without one it is asked of the processor alone
 * @chosen: (nullable): the directory of the engine that a person chose
 * @timeout_ms: how long each of its programs may take
 * @cancellable: (nullable): ends what runs
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
paddock_engine_query_async (const char *model,
                            const PaddockMemoryRequest *request,
                            const PaddockPlacement *placement,
                            const char *chosen,
                            guint timeout_ms,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Query *query = g_new0 (Query, 1);
  const PaddockWork work = {
    .name = "paddock engine locate",
    .run = locate,
    .snapshot = g_strdup (chosen),
    .snapshot_free = g_free,
    .result_free = (GDestroyNotify) paddock_engine_binary_free,
  };

  g_task_set_source_tag (task, paddock_engine_query_async);
  g_task_set_static_name (task, "paddock engine query");
  query->question = paddock_engine_arguments_build_question (model, request, placement);
  query->proposal = paddock_engine_arguments_build_proposal (model, request);
  query->timeout_ms = timeout_ms;
  g_task_set_task_data (task, query, query_free);
  paddock_worker_run_async (NULL, &work, cancellable, on_located, g_steal_pointer (&task));
}

/**
 * paddock_engine_query_finish:
 * @result: of the call
 * @error: return location for a #PaddockEngineError, or a #GIOErrorEnum when it was cancelled
 *
 * Returns: (transfer full) (nullable): the engine's answer
 */
PaddockEngineFit *
paddock_engine_query_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
