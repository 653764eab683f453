/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model-snapshot.h"

#include "base/worker.h"

typedef struct
{
  PaddockModelSnapshot snapshot;
  gatomicrefcount references;
} SnapshotBox;

static void
read_shape (PaddockModelSnapshot *self)
{
  self->shape = paddock_model_shape_new (self->shards, &self->shape_problem);
}

static gpointer
load (PaddockWorker *worker, gpointer path, GError **error)
{
  SnapshotBox *box = g_new0 (SnapshotBox, 1);
  g_autoptr (PaddockModelSnapshot) self = &box->snapshot;
  PaddockGgufShards *shards;

  g_atomic_ref_count_init (&box->references);
  self->path = g_strdup (path);
  self->report = paddock_model_report_new_for_path (path, paddock_worker_get_cancellable (worker));
  if (!paddock_worker_poll (worker, error))
    return NULL;
  shards = paddock_model_report_get_shards (self->report);
  if (shards != NULL)
    {
      self->shards = paddock_gguf_shards_ref (shards);
      self->info = paddock_model_info_new (shards);
      self->shares = paddock_type_shares_new (shards);
      read_shape (self);
    }
  return g_steal_pointer (&self);
}

/**
 * paddock_model_snapshot_load_async:
 * @path: the file, or any shard of a split model
 * @cancellable: (nullable): to stop it
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * Opens the file, works out what it is and judges it, in a worker.
 */
void
paddock_model_snapshot_load_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  PaddockWork work = {
    .name = "paddock-model-load",
    .run = load,
    .snapshot = g_strdup (path),
    .snapshot_free = g_free,
    .result_free = (GDestroyNotify) paddock_model_snapshot_unref,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_model_snapshot_load_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the snapshot; %NULL only if it was cancelled
 */
PaddockModelSnapshot *
paddock_model_snapshot_load_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}

PaddockModelSnapshot *
paddock_model_snapshot_ref (PaddockModelSnapshot *self)
{
  g_atomic_ref_count_inc (&((SnapshotBox *) self)->references);
  return self;
}

void
paddock_model_snapshot_unref (PaddockModelSnapshot *self)
{
  if (!g_atomic_ref_count_dec (&((SnapshotBox *) self)->references))
    return;
  g_clear_pointer (&self->shape, paddock_model_shape_unref);
  g_clear_pointer (&self->shares, paddock_type_shares_unref);
  g_clear_pointer (&self->info, paddock_model_info_unref);
  g_clear_pointer (&self->shards, paddock_gguf_shards_unref);
  g_clear_pointer (&self->report, paddock_model_report_unref);
  g_clear_error (&self->shape_problem);
  g_free (self->path);
  g_free (self);
}

/**
 * paddock_model_snapshot_is_broken:
 * @self: a snapshot
 *
 * Returns: whether the header could not be read to its end
 */
gboolean
paddock_model_snapshot_is_broken (PaddockModelSnapshot *self)
{
  return self->shards == NULL || paddock_gguf_file_get_failure (paddock_gguf_shards_get_opened (self->shards)) != NULL;
}

/**
 * paddock_model_snapshot_has_content:
 * @self: a snapshot
 *
 * Returns: whether there is at least one key or tensor to look at
 */
gboolean
paddock_model_snapshot_has_content (PaddockModelSnapshot *self)
{
  PaddockGgufFile *primary;

  if (self->shards == NULL)
    return FALSE;
  primary = paddock_gguf_shards_get_primary (self->shards);
  return paddock_gguf_shards_get_n_tensors (self->shards) > 0 ||
         paddock_gguf_metadata_get_count (paddock_gguf_file_get_metadata (primary)) > 0;
}
