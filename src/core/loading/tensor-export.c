/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/tensor-export.h"

#include "base/atomic-file.h"
#include "base/file-bytes.h"
#include "base/io-error.h"
#include "base/units.h"
#include "base/worker-pool.h"
#include "loading/row-decoder.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_CHARS 1024

typedef struct
{
  /* Owned */
  PaddockLoadingPlan *plan;
  PaddockRowDecoder *decoder;
  PaddockAtomicFile *file;
  float *tiles[PADDOCK_WORKER_POOL_MAX_WIDTH];

  guint tile_values;
  int fd;
} Job;

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->plan, paddock_loading_plan_unref);
  g_clear_pointer (&job->decoder, paddock_row_decoder_free);
  g_clear_pointer (&job->file, paddock_atomic_file_free);
  for (guint i = 0; i < PADDOCK_WORKER_POOL_MAX_WIDTH; i++)
    g_aligned_free (job->tiles[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

/* By what the names lead to, so that no link hides it. */
static gboolean
check_target (PaddockGgufShards *shards, const char *target, GError **error)
{
  struct stat status;

  if (stat (target, &status) != 0)
    return TRUE;
  for (guint i = 0; i < paddock_gguf_shards_get_count (shards); i++)
    {
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (shards, i)->file;
      const PaddockGgufIdentity *identity = NULL;
      g_autofree char *shown = NULL;

      if (file != NULL)
        identity = paddock_gguf_source_get_identity (paddock_gguf_file_get_source (file));
      if (identity == NULL || identity->device != (guint64) status.st_dev || identity->inode != (guint64) status.st_ino)
        continue;
      shown = paddock_units_escape (target, -1, PATH_CHARS);
      g_set_error (error, PADDOCK_LOADING_ERROR, PADDOCK_LOADING_ERROR_TARGET, "“%s” is the model itself", shown);
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_at (Job *job, const guint8 *bytes, gsize length, guint64 place, GError **error)
{
  if (paddock_file_bytes_write (job->fd, bytes, length, place))
    return TRUE;
  paddock_io_error_set_from_errno (error, errno, "write", paddock_atomic_file_get_path (job->file));
  return FALSE;
}

static void
make_little_endian (float *values, gsize n_values)
{
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    return;
  for (gsize i = 0; i < n_values; i++)
    ((guint32 *) (gpointer) values)[i] = GUINT32_SWAP_LE_BE (((guint32 *) (gpointer) values)[i]);
}

static gboolean
write_window (const PaddockTensorWindow *window, gpointer user_data, GError **error)
{
  Job *job = user_data;
  guint unit_bytes = paddock_row_decoder_get_unit_bytes (job->decoder);
  guint unit_values = paddock_row_decoder_get_unit_values (job->decoder);
  gsize n_units = window->length / unit_bytes;
  gsize most = job->tile_values / unit_values;
  guint64 place = window->offset / unit_bytes * unit_values * sizeof (float);
  float *tile = job->tiles[window->lane];

  if (tile == NULL)
    tile = job->tiles[window->lane] = g_aligned_alloc (job->tile_values, sizeof (float), 64);
  for (gsize at = 0; at < n_units; at += most)
    {
      gsize count = MIN (n_units - at, most);
      gsize length = count * unit_values * sizeof (float);

      if (!paddock_worker_poll (window->worker, error))
        return FALSE;
      paddock_row_decoder_decode (job->decoder, window->bytes + at * unit_bytes, count, tile, FALSE);
      make_little_endian (tile, count * unit_values);
      if (!write_at (job, (const guint8 *) tile, length, place, error))
        return FALSE;
      place += length;
    }
  return TRUE;
}

/* A disk that has no room says so before the work, where the file system can tell. */
static gboolean
reserve (Job *job, guint64 bytes, GError **error)
{
  if (bytes == 0 || fallocate (job->fd, 0, 0, (off_t) bytes) == 0 || (errno != ENOSPC && errno != EFBIG && errno != EDQUOT))
    return TRUE;
  paddock_io_error_set_from_errno (error, errno, "write", paddock_atomic_file_get_path (job->file));
  return FALSE;
}

static gboolean
get_size (const PaddockLoadingItem *item, guint64 *bytes, GError **error)
{
  if (!__builtin_mul_overflow (item->tensor->elements, (guint64) sizeof (float), bytes) && *bytes <= G_MAXINT64)
    return TRUE;
  g_set_error (error, PADDOCK_LOADING_ERROR, PADDOCK_LOADING_ERROR_SHAPE, "its numbers are more than a file can hold");
  paddock_loading_item_prefix_error (item, error);
  return FALSE;
}

/**
 * paddock_tensor_export_run:
 * @shards: a model
 * @tensor_position: which of its tensors
 * @target: (type filename): the file to write; one that is there is replaced
 * @worker: (nullable): polled, and told the progress
 * @error: return location for an error
 *
 * Writes a tensor's numbers to a file, which is there completely or not at all. To be called outside of the main thread.
 *
 * Returns: (transfer full) (nullable): what was written, or %NULL with @error set
 */
PaddockTensorExport *
paddock_tensor_export_run (PaddockGgufShards *shards, guint tensor_position, const char *target, PaddockWorker *worker,
                           GError **error)
{
  g_autoptr (PaddockTensorExport) self = g_new0 (PaddockTensorExport, 1);
  g_auto (Job) job = { .plan = paddock_loading_plan_new_for_tensor (shards, tensor_position, error) };
  PaddockTensorStream stream = { .func = write_window, .user_data = &job };
  const PaddockLoadingItem *item;

  if (job.plan == NULL || !check_target (shards, target, error))
    return NULL;
  item = paddock_loading_plan_get_item (job.plan, 0);
  job.decoder = paddock_row_decoder_new (item, PADDOCK_ROW_DECODER_ORDERED, error);
  if (job.decoder == NULL || !get_size (item, &self->bytes, error))
    return NULL;
  job.tile_values = paddock_row_decoder_get_best_values (job.decoder);
  stream.lane_bytes = job.tile_values * sizeof (float);
  job.file = paddock_atomic_file_new (target, error);
  if (job.file == NULL)
    return NULL;
  job.fd = paddock_atomic_file_get_fd (job.file);
  if (!reserve (&job, self->bytes, error)
      || !paddock_tensor_stream_run (&stream, job.plan, worker, &self->efficiency, error)
      || !paddock_worker_poll (worker, error) || !paddock_atomic_file_commit (job.file, error))
    return NULL;
  self->caution = paddock_row_decoder_get_caution (job.decoder);
  return g_steal_pointer (&self);
}

/**
 * paddock_tensor_export_free:
 * @self: (transfer full): what was written
 */
void
paddock_tensor_export_free (PaddockTensorExport *self)
{
  g_free (self);
}

typedef struct
{
  PaddockGgufShards *shards;         /* owned */
  char *target;                      /* owned */
  guint position;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  paddock_gguf_shards_unref (request->shards);
  g_free (request->target);
  g_free (request);
}

static gpointer
run_in_thread (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Request *request = snapshot;

  return paddock_tensor_export_run (request->shards, request->position, request->target, worker, error);
}

/**
 * paddock_tensor_export_run_async:
 * @shards: a model
 * @tensor_position: which of its tensors
 * @target: (type filename): the file to write
 * @progress: (nullable) (scope notified): told how many stored bytes are done
 * @progress_data: for @progress
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 */
void
paddock_tensor_export_run_async (PaddockGgufShards *shards, guint tensor_position, const char *target,
                                 PaddockProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);
  PaddockWork work = {
    .name = "paddock-tensor-export",
    .run = run_in_thread,
    .snapshot = request,
    .snapshot_free = request_free,
    .result_free = (GDestroyNotify) paddock_tensor_export_free,
    .progress = progress,
    .progress_data = progress_data,
  };

  request->shards = paddock_gguf_shards_ref (shards);
  request->target = g_strdup (target);
  request->position = tensor_position;
  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_tensor_export_run_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what was written, or %NULL with @error set
 */
PaddockTensorExport *
paddock_tensor_export_run_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
