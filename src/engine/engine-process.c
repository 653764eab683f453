/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-process.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "engine-error.h"

#define CHUNK 8192

/* Settings of the person's own runs: they would change what is asked. */
#define SETTING_PREFIX "LLAMA_ARG_"

/* One of the two pipes. */
typedef struct
{
  GByteArray *bytes;
  gsize limit;
  gboolean may_go_on;                /* beyond the limit, unheard */
} Stream;

typedef struct
{
  /* Owned */
  GSubprocess *child;
  GCancellable *stop;                /* of what waits for the child */
  GSource *timeout;
  GError *problem;                   /* the first one */
  Stream output, complaints;

  gulong cancelled;
  pid_t group;
  guint pending;
  guint timeout_ms;
} Run;

/**
 * paddock_engine_output_free:
 * @self: (transfer full): what a program said
 */
void
paddock_engine_output_free (PaddockEngineOutput *self)
{
  g_free (self->output);
  g_free (self->complaints);
  g_free (self);
}

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->child);
  g_clear_object (&run->stop);
  g_clear_pointer (&run->timeout, g_source_unref);
  g_clear_error (&run->problem);
  g_byte_array_unref (run->output.bytes);
  g_byte_array_unref (run->complaints.bytes);
  g_free (run);
}

static char *
take_text (Stream *stream, gsize *length)
{
  static const guint8 end = '\0';

  if (length != NULL)
    *length = stream->bytes->len;
  g_byte_array_append (stream->bytes, &end, 1);
  return (char *) g_byte_array_free (g_steal_pointer (&stream->bytes), FALSE);
}

static PaddockEngineOutput *
take_output (Run *run)
{
  PaddockEngineOutput *output = g_new0 (PaddockEngineOutput, 1);

  output->output = take_text (&run->output, &output->output_length);
  output->complaints = take_text (&run->complaints, NULL);
  run->output.bytes = g_byte_array_new ();
  run->complaints.bytes = g_byte_array_new ();
  output->status = g_subprocess_get_if_exited (run->child) ? g_subprocess_get_exit_status (run->child) : -1;
  return output;
}

/* The group goes with it: what the program started may hold the pipes open. */
static void
end_child (Run *run, GError *problem)
{
  if (run->problem != NULL || run->pending == 0)
    {
      g_error_free (problem);
      return;
    }
  run->problem = problem;
  if (run->group > 1)
    kill (-run->group, SIGKILL);
  g_subprocess_force_exit (run->child);
}

static void
let_go (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (--run->pending > 0)
    return;
  g_source_destroy (run->timeout);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, run->cancelled);
  if (run->problem != NULL)
    g_task_return_error (task, g_steal_pointer (&run->problem));
  else
    g_task_return_pointer (task, take_output (run), (GDestroyNotify) paddock_engine_output_free);
}

static void read_on (GTask *task, GInputStream *pipe, Stream *stream);

static Stream *
find_stream (Run *run, GInputStream *pipe)
{
  return pipe == g_subprocess_get_stdout_pipe (run->child) ? &run->output : &run->complaints;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GInputStream *pipe = G_INPUT_STREAM (source);
  Stream *stream = find_stream (run, pipe);
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (pipe, result, NULL);
  gsize length = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  gsize room = stream->limit - stream->bytes->len;

  if (length == 0)
    {
      let_go (task);
      return;
    }
  g_byte_array_append (stream->bytes, g_bytes_get_data (bytes, NULL), (guint) MIN (length, room));
  if (length > room && !stream->may_go_on)
    end_child (run, g_error_new (PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_TOO_MUCH,
                                 "it said more than %" G_GSIZE_FORMAT " bytes, which no answer has", stream->limit));
  read_on (task, pipe, stream);
}

static void
read_on (GTask *task, GInputStream *pipe, Stream *stream)
{
  Run *run = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (pipe, CHUNK, G_PRIORITY_DEFAULT, run->stop, on_read, g_object_ref (task));
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  /* Nobody is left to write, or somebody outside of the group who is not waited for. */
  if (run->problem != NULL)
    g_cancellable_cancel (run->stop);
  let_go (task);
}

static gboolean
on_timeout (gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  end_child (run, g_error_new (PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_TIMED_OUT, "it did not end within %u seconds",
                               MAX (1, run->timeout_ms / 1000)));
  /* The child may have ended before, and something that it started holds the pipes. */
  g_cancellable_cancel (run->stop);
  return G_SOURCE_REMOVE;
}

/* In the main context of the call, whoever cancels. */
static gboolean
on_cancelled_here (gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  end_child (run, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
  g_cancellable_cancel (run->stop);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_cancelled_here, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

/* Between fork and exec: only what signals may do. A crash of the engine is told, and leaves nothing on the disk. */
static void
set_up_child (gpointer user_data)
{
  const struct rlimit none = { 0, 0 };

  setpgid (0, 0);
  setrlimit (RLIMIT_CORE, &none);
}

static GSubprocess *
spawn (const char *const *command, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_auto (GStrv) names = g_listenv ();

  for (char **name = names; *name != NULL; name++)
    if (g_str_has_prefix (*name, SETTING_PREFIX))
      g_subprocess_launcher_unsetenv (launcher, *name);
  /* It would start a debugger to tell where it crashed. */
  g_subprocess_launcher_setenv (launcher, "GGML_NO_BACKTRACE", "1", TRUE);
  g_subprocess_launcher_set_child_setup (launcher, set_up_child, NULL, NULL);
  return g_subprocess_launcher_spawnv (launcher, command, error);
}

static void
follow (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  run->timeout = g_timeout_source_new (run->timeout_ms);
  g_source_set_callback (run->timeout, on_timeout, g_object_ref (task), g_object_unref);
  g_source_attach (run->timeout, g_task_get_context (task));
  run->pending = 3;
  read_on (task, g_subprocess_get_stdout_pipe (run->child), &run->output);
  read_on (task, g_subprocess_get_stderr_pipe (run->child), &run->complaints);
  g_subprocess_wait_async (run->child, NULL, on_ended, g_object_ref (task));
  if (cancellable != NULL)
    run->cancelled = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), task, NULL);
}

/**
 * paddock_engine_process_run_async:
 * @command: (array zero-terminated=1): the program and its arguments
 * @timeout_ms: how long it may take
 * @cancellable: (nullable): ends the program
 * @callback: called when it has ended
 * @user_data: for @callback
 */
void
paddock_engine_process_run_async (const char *const *command,
                                  guint timeout_ms,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  Run *run = g_new0 (Run, 1);
  const char *identifier;

  g_task_set_source_tag (task, paddock_engine_process_run_async);
  g_task_set_static_name (task, "paddock engine process");
  /* The child has to be gone before anybody hears of it. */
  g_task_set_check_cancellable (task, FALSE);
  run->output = (Stream) { g_byte_array_new (), PADDOCK_ENGINE_PROCESS_MAX_OUTPUT, FALSE };
  run->complaints = (Stream) { g_byte_array_new (), PADDOCK_ENGINE_PROCESS_MAX_COMPLAINTS, TRUE };
  run->stop = g_cancellable_new ();
  run->timeout_ms = timeout_ms;
  g_task_set_task_data (task, run, run_free);
  run->child = spawn (command, &error);
  if (run->child == NULL)
    {
      g_task_return_new_error (task, PADDOCK_ENGINE_ERROR, PADDOCK_ENGINE_ERROR_START, "%s", error->message);
      return;
    }
  /* There is none any more when it has ended already. */
  identifier = g_subprocess_get_identifier (run->child);
  run->group = identifier != NULL ? (pid_t) g_ascii_strtoll (identifier, NULL, 10) : 0;
  follow (task);
}

/**
 * paddock_engine_process_run_finish:
 * @result: of the call
 * @error: return location for a #PaddockEngineError, or a #GIOErrorEnum when it was cancelled
 *
 * Returns: (transfer full) (nullable): what it said, however it ended
 */
PaddockEngineOutput *
paddock_engine_process_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
