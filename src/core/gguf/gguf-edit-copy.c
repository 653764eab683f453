/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-edit-copy.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/atomic-file.h"
#include "base/units.h"
#include "gguf/gguf-output.h"

#define BLOCK PADDOCK_GGUF_EDIT_BLOCK
#define CHUNK (4 * 1024 * 1024)      /* between two questions whether to stop */
#define BUFFER (1024 * 1024)
#define ALLOCATED_UNIT 512           /* of st_blocks */

typedef struct
{
  const PaddockGgufEditCopy *edit;
  PaddockGgufSource *source;
  const char *path;                  /* of the new file */
  const char *source_path;
  GByteArray *buffer;                /* NULL while the kernel copies by itself */

  guint64 source_start;              /* where the tensors begin */
  guint64 target_start;
  guint64 done;                      /* bytes behind that */
  int source_fd;                     /* -1 if the source is not a file */
  int target_fd;
} Copy;

static gboolean
poll_all (const PaddockGgufEditCopy *edit, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (edit->cancellable, error))
    return FALSE;
  return edit->worker == NULL || paddock_worker_poll (edit->worker, error);
}

static void
report (const Copy *self)
{
  if (self->edit->worker != NULL)
    paddock_worker_report (self->edit->worker, self->done, self->edit->layout->tail);
}

static gboolean
copy_through_memory (Copy *self, gsize length, GError **error)
{
  if (self->buffer == NULL)
    {
      self->buffer = g_byte_array_new ();
      g_byte_array_set_size (self->buffer, BUFFER);
    }
  length = MIN (length, BUFFER);
  if (!paddock_gguf_source_read (self->source, self->source_start + self->done, self->buffer->data, length,
                                 self->edit->cancellable, error)
      || !paddock_gguf_output_write_at (self->target_fd, self->target_start + self->done, self->buffer->data, length,
                                        self->path, error))
    return FALSE;
  self->done += length;
  return TRUE;
}

static gboolean
kernel_cannot (int number)
{
  return number == EXDEV || number == EINVAL || number == ENOSYS || number == EOPNOTSUPP || number == EPERM
         || number == ETXTBSY || number == EBADF;
}

static gboolean
copy_chunk (Copy *self, gsize length, GError **error)
{
  off64_t from = (off64_t) (self->source_start + self->done);
  off64_t to = (off64_t) (self->target_start + self->done);
  ssize_t copied;

  if (self->buffer != NULL || self->source_fd < 0)
    return copy_through_memory (self, length, error);
  copied = copy_file_range (self->source_fd, &from, self->target_fd, &to, length, 0);
  if (copied > 0)
    {
      /* The disk begins while we go on, so that the last flush is short. */
      sync_file_range (self->target_fd, (off64_t) (self->target_start + self->done), copied, SYNC_FILE_RANGE_WRITE);
      self->done += (guint64) copied;
      return TRUE;
    }
  /* Nothing more, where there should be: reading it tells whether the file shrank or the kernel cannot copy it. */
  if (copied == 0 || kernel_cannot (errno))
    return copy_through_memory (self, length, error);
  if (errno == EINTR)
    return TRUE;
  paddock_gguf_error_set_from_errno (error, errno, "write", self->path);
  return FALSE;
}

static gboolean
copy_until (Copy *self, guint64 end, GError **error)
{
  while (self->done < end)
    {
      if (!poll_all (self->edit, error) || !copy_chunk (self, (gsize) MIN (end - self->done, CHUNK), error))
        return FALSE;
      report (self);
    }
  return TRUE;
}

/* The place of the next data or hole, in bytes behind the first tensor. */
static guint64
seek_tail (const Copy *self, int whence)
{
  guint64 tail = self->edit->layout->tail;
  off_t found = self->source_fd < 0 ? -1 : lseek (self->source_fd, (off_t) (self->source_start + self->done), whence);

  if (found < 0)
    return whence == SEEK_DATA && self->source_fd >= 0 && errno == ENXIO ? tail : whence == SEEK_DATA ? self->done : tail;
  return MIN ((guint64) found - self->source_start, tail);
}

static gboolean
copy_tail (Copy *self, GError **error)
{
  guint64 tail = self->edit->layout->tail;

  while (self->done < tail)
    {
      self->done = seek_tail (self, SEEK_DATA);
      if (!copy_until (self, seek_tail (self, SEEK_HOLE), error))
        return FALSE;
    }
  return TRUE;
}

/* All whole blocks at once; the file system shares them. What lies before the first one is copied. */
static gboolean
clone_tail (Copy *self)
{
  guint64 first = (self->source_start + BLOCK - 1) / BLOCK * BLOCK;
  struct file_clone_range range = { .src_fd = self->source_fd, .src_offset = first };
  g_autoptr(GError) problem = NULL;

  if (self->source_fd < 0 || self->source_start % BLOCK != self->target_start % BLOCK)
    return FALSE;
  if (!copy_until (self, MIN (first - self->source_start, self->edit->layout->tail), &problem))
    return FALSE;
  if (self->done == self->edit->layout->tail)
    return TRUE;
  range.dest_offset = self->target_start + self->done;
  if (ioctl (self->target_fd, FICLONERANGE, &range) < 0)
    return FALSE;
  self->done = self->edit->layout->tail;
  report (self);
  return TRUE;
}

/* Before a byte is copied: a disk that will be full is told now, not in ten minutes. */
static gboolean
check_space (const Copy *self, GError **error)
{
  guint64 needed = self->edit->layout->tail;
  g_autofree char *shown = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *free_space = NULL;
  struct statvfs space;
  struct stat status;
  guint64 available;

  if (self->source_fd >= 0 && fstat (self->source_fd, &status) == 0)
    needed = MIN (needed, (guint64) status.st_blocks * ALLOCATED_UNIT);
  needed += self->target_start;
  if (fstatvfs (self->target_fd, &space) < 0)
    return TRUE;
  available = (guint64) (geteuid () == 0 ? space.f_bfree : space.f_bavail) * space.f_frsize;
  if (needed <= available)
    return TRUE;
  shown = g_filename_display_name (self->path);
  wanted = paddock_units_format_size (needed);
  free_space = paddock_units_format_size (available);
  g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NO_SPACE,
               "cannot write “%s”: the new file needs %s, and %s are free on the disk", shown, wanted, free_space);
  return FALSE;
}

/* The path still leads to the file that was read, and nobody wrote to it. */
static gboolean
check_source (const Copy *self, GError **error)
{
  const PaddockGgufIdentity *identity = paddock_gguf_source_get_identity (self->source);
  struct stat status;

  if (!paddock_gguf_source_check (self->source, error))
    return FALSE;
  if (!self->edit->replaces
      || (stat (self->source_path, &status) == 0 && (guint64) status.st_dev == identity->device
          && (guint64) status.st_ino == identity->inode))
    return TRUE;
  {
    g_autofree char *shown = g_filename_display_name (self->source_path);

    g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_CHANGED, "“%s” was replaced by another program", shown);
  }
  return FALSE;
}

static gboolean
fill (Copy *self, GError **error)
{
  gsize length;
  const guint8 *header = g_bytes_get_data (self->edit->layout->header, &length);

  if (!paddock_gguf_output_write_at (self->target_fd, 0, header, length, self->path, error))
    return FALSE;
  if (clone_tail (self))
    return TRUE;
  if (!poll_all (self->edit, error) || !check_space (self, error))
    return FALSE;
  if (ftruncate (self->target_fd, (off_t) (length + self->edit->layout->tail)) < 0)
    {
      paddock_gguf_error_set_from_errno (error, errno, "write", self->path);
      return FALSE;
    }
  return copy_tail (self, error);
}

static gboolean
run (const PaddockGgufEditCopy *edit, GError **error)
{
  g_autoptr(PaddockAtomicFile) output = paddock_atomic_file_new (edit->target, error);
  PaddockGgufSource *source = paddock_gguf_file_get_source (edit->file);
  gboolean filled;
  Copy self = { .edit = edit,
                .source = source,
                .source_path = paddock_gguf_source_get_name (source),
                .source_fd = paddock_gguf_source_get_fd (source),
                .source_start = g_bytes_get_size (edit->layout->before),
                .target_start = g_bytes_get_size (edit->layout->header) };

  if (output == NULL)
    return FALSE;
  self.target_fd = paddock_atomic_file_get_fd (output);
  self.path = paddock_atomic_file_get_path (output);
  filled = fill (&self, error);
  g_clear_pointer (&self.buffer, g_byte_array_unref);
  return filled && poll_all (edit, error) && check_source (&self, error) && paddock_atomic_file_commit (output, error);
}

/**
 * paddock_gguf_edit_copy_run:
 * @self: what to copy where
 * @error: return location for an error
 *
 * Returns: whether the new file is in its place; otherwise nothing has changed
 */
gboolean
paddock_gguf_edit_copy_run (const PaddockGgufEditCopy *self, GError **error)
{
  int fd = paddock_gguf_source_get_fd (paddock_gguf_file_get_source (self->file));
  g_autoptr(GError) problem = NULL;
  gboolean done;

  if (self->replaces && flock (fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK)
    {
      g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_CHANGED, "“%s” is being edited by another program",
                   paddock_gguf_file_get_path (self->file));
      return FALSE;
    }
  done = run (self, &problem);
  if (self->replaces)
    flock (fd, LOCK_UN);
  if (done)
    return TRUE;
  paddock_gguf_output_take_error (&problem);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * paddock_gguf_edit_copy_can_clone:
 * @source_fd: an open file of at least one block
 * @target: (type filename): where the new file would be
 *
 * Returns: whether the file system shares blocks between the two
 */
gboolean
paddock_gguf_edit_copy_can_clone (int source_fd, const char *target)
{
  g_autofree char *directory = NULL;
  struct file_clone_range range = { .src_fd = source_fd, .src_length = BLOCK };
  char real[PATH_MAX];
  gboolean cloned;
  int fd;

  directory = g_path_get_dirname (realpath (target, real) != NULL ? real : target);
  fd = open (directory, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return FALSE;
  cloned = ioctl (fd, FICLONERANGE, &range) == 0;
  close (fd);
  return cloned;
}
