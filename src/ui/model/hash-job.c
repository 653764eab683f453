/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/hash-job.h"

#include "base/file-digest.h"
#include "model/recorded-digest.h"

void
paddock_hash_job_free (PaddockHashJob *self)
{
  g_free (self->sha256);
  g_free (self->expected);
  g_free (self->expected_source);
  g_free (self);
}

static gpointer
run (PaddockWorker *worker, gpointer path, GError **error)
{
  g_autoptr (PaddockHashJob) self = g_new0 (PaddockHashJob, 1);
  g_autoptr (PaddockRecordedDigest) recorded = NULL;

  self->sha256 = paddock_file_digest_sha256 (path, worker, paddock_worker_get_cancellable (worker), error);
  if (self->sha256 == NULL)
    return NULL;
  recorded = paddock_recorded_digest_find (path);
  if (recorded != NULL)
    {
      self->expected = g_steal_pointer (&recorded->sha256);
      self->expected_source = g_steal_pointer (&recorded->source);
    }
  return g_steal_pointer (&self);
}

/**
 * paddock_hash_job_run_async:
 * @path: a file
 * @progress: (nullable) (scope notified): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it
 * @callback: called when the file is hashed
 * @user_data: for @callback
 *
 * Hashes a file in a worker, and looks for what its hash should be.
 */
void
paddock_hash_job_run_async (const char *path, PaddockProgressFunc progress, gpointer progress_data,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  PaddockWork work = {
    .name = "paddock-hash",
    .run = run,
    .snapshot = g_strdup (path),
    .snapshot_free = g_free,
    .result_free = (GDestroyNotify) paddock_hash_job_free,
    .progress = progress,
    .progress_data = progress_data,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_hash_job_run_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what came of it
 */
PaddockHashJob *
paddock_hash_job_run_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
