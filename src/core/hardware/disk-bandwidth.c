/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/disk-bandwidth.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/io-error.h"
#include "base/worker-pool.h"

#define PIECE (4u << 20)
/* Disks of today are as fast as they can be only when some requests wait. */
#define LANES 4
#define ALIGNMENT 4096
#define MAX_BYTES (G_GUINT64_CONSTANT (1) << 30)
#define MAX_SECONDS 2
/* Less is over before it has begun. */
#define MIN_BYTES (G_GUINT64_CONSTANT (16) << 20)
#define MADE_BYTES (G_GUINT64_CONSTANT (256) << 20)
/* What has to be free for a file to be made. */
#define FREE_BYTES (4 * MADE_BYTES)

typedef struct
{
  int fd;
  GCancellable *cancellable;
  gint64 deadline;
  guint8 *buffers[LANES];
  guint64 bytes[LANES];
  int problems[LANES];               /* numbers of errors */
} Run;

static void
run_clear (Run *run)
{
  for (guint i = 0; i < LANES; i++)
    g_aligned_free (run->buffers[i]);
  if (run->fd >= 0)
    close (run->fd);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gboolean
read_piece (guint64 piece, guint lane, gpointer user_data)
{
  Run *run = user_data;
  gssize n;

  if (g_cancellable_is_cancelled (run->cancellable) || g_get_monotonic_time () >= run->deadline)
    return FALSE;
  do
    n = pread (run->fd, run->buffers[lane], PIECE, (off_t) (piece * PIECE));
  while (n < 0 && errno == EINTR);
  if (n < 0)
    run->problems[lane] = errno;
  else
    run->bytes[lane] += (guint64) n;
  return n == PIECE;
}

/* Bytes that nobody can make shorter, so that a file system that compresses has to write them all. */
static void
fill (guint8 *bytes, guint64 *state)
{
  for (gsize i = 0; i < PIECE; i += sizeof *state)
    {
      *state ^= *state << 13;
      *state ^= *state >> 7;
      *state ^= *state << 17;
      memcpy (bytes + i, state, sizeof *state);
    }
}

static gboolean
write_all (Run *run, GError **error)
{
  guint64 state = 88172645463325252;

  for (guint64 offset = 0; offset < MADE_BYTES; offset += PIECE)
    {
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
      fill (run->buffers[0], &state);
      if (pwrite (run->fd, run->buffers[0], PIECE, (off_t) offset) != PIECE)
        {
          paddock_io_error_set_from_errno (error, errno != 0 ? errno : ENOSPC, "write", "a file to measure with");
          return FALSE;
        }
    }
  if (fdatasync (run->fd) == 0)
    return TRUE;
  paddock_io_error_set_from_errno (error, errno, "write", "a file to measure with");
  return FALSE;
}

static gboolean
open_direct (Run *run, const char *path, int flags, GError **error)
{
  run->fd = open (path, flags | O_DIRECT | O_CLOEXEC, 0600);
  if (run->fd >= 0)
    return TRUE;
  if (errno == EINVAL || errno == EOPNOTSUPP || errno == EISDIR)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 "The file system of %s cannot be read without going through memory", path);
  else
    paddock_io_error_set_from_errno (error, errno, "open", path);
  return FALSE;
}

static gboolean
make_file (Run *run, const char *directory, GError **error)
{
  struct statvfs space;

  if (statvfs (directory, &space) == 0 && (guint64) space.f_bavail * space.f_frsize < FREE_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "Too little is free in %s to measure there", directory);
      return FALSE;
    }
  return open_direct (run, directory, O_TMPFILE | O_RDWR, error) && write_all (run, error);
}

static gboolean
open_path (Run *run, const char *path, guint64 *size, GError **error)
{
  struct stat status;

  if (stat (path, &status) != 0)
    {
      paddock_io_error_set_from_errno (error, errno, "open", path);
      return FALSE;
    }
  if (S_ISDIR (status.st_mode))
    {
      *size = MADE_BYTES;
      return make_file (run, path, error);
    }
  *size = MIN ((guint64) status.st_size, MAX_BYTES);
  if (!S_ISREG (status.st_mode) || *size < MIN_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s is too small to measure with", path);
      return FALSE;
    }
  return open_direct (run, path, O_RDONLY, error);
}

/**
 * paddock_disk_bandwidth_measure:
 * @path: a file or a directory
 * @cancellable: (nullable): asked before each piece
 * @bytes_per_second: (out): how fast it is
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether it was measured
 */
gboolean
paddock_disk_bandwidth_measure (const char *path, GCancellable *cancellable, guint64 *bytes_per_second, GError **error)
{
  g_auto (Run) run = { .fd = -1, .cancellable = cancellable };
  guint64 size = 0;
  guint64 bytes = 0;
  gint64 began;
  gint64 took;

  for (guint i = 0; i < LANES; i++)
    run.buffers[i] = g_aligned_alloc (1, PIECE, ALIGNMENT);
  if (!open_path (&run, path, &size, error))
    return FALSE;
  began = g_get_monotonic_time ();
  run.deadline = began + MAX_SECONDS * G_USEC_PER_SEC;
  /* The end of a file that is no whole piece is left out. */
  paddock_worker_pool_run (LANES, size / PIECE, read_piece, &run);
  took = MAX (g_get_monotonic_time () - began, 1);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  for (guint i = 0; i < LANES; i++)
    {
      bytes += run.bytes[i];
      if (run.problems[i] != 0)
        {
          paddock_io_error_set_from_errno (error, run.problems[i], "read", path);
          return FALSE;
        }
    }
  *bytes_per_second = (guint64) ((double) bytes * G_USEC_PER_SEC / (double) took);
  return TRUE;
}
