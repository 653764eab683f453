/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/companion-file.h"

#include "base/worker.h"
#include "estimate/memory-companion.h"

/* What a worker is asked. */
typedef struct
{
  char *path;
  PaddockCompanionKind kind;
} Question;

static void
question_free (gpointer data)
{
  g_free (((Question *) data)->path);
  g_free (data);
}

static void
clear (gpointer data)
{
  PaddockCompanionFile *self = data;

  g_free (self->path);
  g_clear_pointer (&self->shape, paddock_model_shape_unref);
}

static gboolean
measure_projector (PaddockCompanionFile *self, PaddockGgufShards *shards, GError **error)
{
  PaddockMemoryEstimate alone = { 0 };

  if (!paddock_memory_companion_add_projector (&alone, shards, error))
    return FALSE;
  self->bytes = alone.bytes[PADDOCK_MEMORY_PROJECTOR];
  self->band = alone.band[PADDOCK_MEMORY_PROJECTOR];
  return TRUE;
}

static gpointer
load (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const Question *question = snapshot;
  g_autoptr (PaddockCompanionFile) self = g_atomic_rc_box_new0 (PaddockCompanionFile);
  g_autoptr (PaddockGgufShards) shards =
    paddock_gguf_shards_open (question->path, paddock_worker_get_cancellable (worker), error);

  if (shards == NULL)
    return NULL;
  self->path = g_strdup (question->path);
  self->kind = question->kind;
  if (self->kind == PADDOCK_COMPANION_PROJECTOR)
    return measure_projector (self, shards, error) ? g_steal_pointer (&self) : NULL;
  self->shape = paddock_model_shape_new (shards, error);
  return self->shape != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * paddock_companion_file_load_async:
 * @path: a file
 * @kind: what it is taken for
 * @cancellable: (nullable): to stop it
 * @callback: called when it is read
 * @user_data: for @callback
 */
void
paddock_companion_file_load_async (const char *path, PaddockCompanionKind kind, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  PaddockWork work = { .name = "paddock companion file", .run = load, .snapshot_free = question_free,
                       .result_free = (GDestroyNotify) paddock_companion_file_unref };
  Question *question = g_new0 (Question, 1);

  question->path = g_strdup (path);
  question->kind = kind;
  work.snapshot = question;
  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

PaddockCompanionFile *
paddock_companion_file_load_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}

PaddockCompanionFile *
paddock_companion_file_ref (PaddockCompanionFile *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
paddock_companion_file_unref (PaddockCompanionFile *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * paddock_companion_file_add:
 * @self: (nullable): a file beside the model; %NULL needs nothing
 * @estimate: what the model needs
 * @request: how the model is run
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * Returns: whether both can be run like that
 */
gboolean
paddock_companion_file_add (const PaddockCompanionFile *self, PaddockMemoryEstimate *estimate,
                            const PaddockMemoryRequest *request, GError **error)
{
  if (self == NULL)
    return TRUE;
  if (self->kind == PADDOCK_COMPANION_DRAFT)
    return paddock_memory_companion_add_draft (estimate, self->shape, request, error);
  paddock_memory_estimate_add (estimate, PADDOCK_MEMORY_PROJECTOR, self->bytes, PADDOCK_MEMORY_APPROXIMATE, self->band);
  return TRUE;
}
