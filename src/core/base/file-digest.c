/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file-digest.h"

#include "base/io-error.h"
#include "base/running-digest.h"
#include "base/units.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (256 * 1024)
#define CHUNK_ALIGNMENT 4096
#define PATH_CHARS 1024

/* Everything that one run holds. */
typedef struct
{
  /* Borrowed */
  const char *path;
  PaddockWorker *worker;
  GCancellable *cancellable;

  /* Owned */
  int fd;
  guint8 *buffer;
  PaddockRunningDigest *digest;

  struct stat begun;
} DigestRun;

static void
digest_run_clear (DigestRun *run)
{
  if (run->fd >= 0)
    close (run->fd);
  g_aligned_free (run->buffer);
  g_clear_pointer (&run->digest, paddock_running_digest_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DigestRun, digest_run_clear)

static gboolean
fail (const DigestRun *run, int code, const char *why, GError **error)
{
  g_autofree char *shown = paddock_units_escape (run->path, -1, PATH_CHARS);

  g_set_error (error, G_IO_ERROR, code, "Cannot hash “%s”: %s", shown, why);
  return FALSE;
}

/* Opening a FIFO for reading waits for a writer unless it is told not to. */
static gboolean
open_file (DigestRun *run, GError **error)
{
  run->fd = open (run->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (run->fd < 0 || fstat (run->fd, &run->begun) < 0)
    {
      paddock_io_error_set_from_errno (error, errno, "hash", run->path);
      return FALSE;
    }
  if (S_ISDIR (run->begun.st_mode))
    return fail (run, G_IO_ERROR_IS_DIRECTORY, "it is a directory", error);
  if (!S_ISREG (run->begun.st_mode))
    return fail (run, G_IO_ERROR_NOT_REGULAR_FILE, "it is not a regular file", error);
  posix_fadvise (run->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  return TRUE;
}

static gboolean
check_unchanged (const DigestRun *run, GError **error)
{
  struct stat now, named;

  if (fstat (run->fd, &now) < 0)
    {
      paddock_io_error_set_from_errno (error, errno, "hash", run->path);
      return FALSE;
    }
  if (now.st_size != run->begun.st_size || now.st_mtim.tv_sec != run->begun.st_mtim.tv_sec ||
      now.st_mtim.tv_nsec != run->begun.st_mtim.tv_nsec)
    return fail (run, G_IO_ERROR_WRONG_ETAG, "it was changed while it was read", error);
  if (stat (run->path, &named) < 0 || named.st_dev != now.st_dev || named.st_ino != now.st_ino)
    return fail (run, G_IO_ERROR_WRONG_ETAG, "it was replaced or removed while it was read", error);
  return TRUE;
}

static gboolean
read_all (DigestRun *run, GError **error)
{
  guint64 size = (guint64) run->begun.st_size;
  guint64 done = 0;

  while (done < size)
    {
      ssize_t got;

      if (!paddock_worker_poll (run->worker, error) || g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
      got = pread (run->fd, run->buffer, MIN (size - done, CHUNK), (off_t) done);
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          paddock_io_error_set_from_errno (error, errno, "read", run->path);
          return FALSE;
        }
      if (got == 0)
        return fail (run, G_IO_ERROR_WRONG_ETAG, "it became shorter while it was read", error);
      paddock_running_digest_add (run->digest, run->buffer, (gsize) got);
      done += (guint64) got;
      paddock_worker_report (run->worker, done, size);
    }
  return check_unchanged (run, error);
}

/**
 * paddock_file_digest_sha256:
 * @path: (type filename): a regular file
 * @worker: (nullable): where to report progress, and what to poll
 * @cancellable: (nullable): polled too
 * @error: return location for a #GIOErrorEnum; %G_IO_ERROR_WRONG_ETAG if the file changed while it was read
 *
 * Returns: (transfer full) (nullable): sixty-four lower-case hexadecimal digits, or %NULL
 */
char *
paddock_file_digest_sha256 (const char *path, PaddockWorker *worker, GCancellable *cancellable, GError **error)
{
  g_auto(DigestRun) run = { .path = path, .worker = worker, .cancellable = cancellable, .fd = -1 };

  run.digest = paddock_running_digest_new (PADDOCK_DIGEST_SHA256);
  run.buffer = g_aligned_alloc (1, CHUNK, CHUNK_ALIGNMENT);
  if (!open_file (&run, error) || !read_all (&run, error))
    return NULL;
  return paddock_running_digest_finish_hex (run.digest);
}

static gpointer
digest_in_worker (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  return paddock_file_digest_sha256 (snapshot, worker, NULL, error);
}

/**
 * paddock_file_digest_sha256_async:
 * @path: (type filename): a regular file
 * @progress: (nullable) (scope notified): told of the bytes read, in the caller's main context
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * As paddock_file_digest_sha256(), on a worker.
 */
void
paddock_file_digest_sha256_async (const char *path, PaddockProgressFunc progress, gpointer progress_data,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const PaddockWork work = {
    .name = "[paddock] sha256",
    .run = digest_in_worker,
    .snapshot = g_strdup (path),
    .snapshot_free = g_free,
    .result_free = g_free,
    .progress = progress,
    .progress_data = progress_data,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_file_digest_sha256_finish:
 * @result: what the callback got
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): sixty-four lower-case hexadecimal digits, or %NULL
 */
char *
paddock_file_digest_sha256_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
