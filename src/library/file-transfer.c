/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-transfer.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file-bytes.h"
#include "base/hidden-name.h"
#include "file-comparison.h"
#include "file-place.h"
#include "library-error.h"

#define PART_SUFFIX ".paddock-part"
#define CHUNK (1024 * 1024)
#define NAME_ATTEMPTS 8

typedef struct
{
  /* Borrowed */
  const char *source_path, *target_path;
  PaddockWorker *worker;

  /* Owned */
  PaddockFilePlace source, target, part;
  int from, to;                      /* descriptors */
  gboolean has_part;                 /* its name is ours to remove */

  PaddockFileIdentity identity;      /* of the source */
  struct stat status;                /* of the source */
  guint64 done_before, total;
} Transfer;

static void
transfer_clear (Transfer *self)
{
  if (self->has_part)
    paddock_file_place_unlink (&self->part);
  if (self->from >= 0)
    close (self->from);
  if (self->to >= 0)
    close (self->to);
  paddock_file_place_clear (&self->source);
  paddock_file_place_clear (&self->target);
  /* Its folder is the target's. */
  g_free (self->part.name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Transfer, transfer_clear)

static gboolean
fail (const Transfer *self, PaddockLibraryError code, const char *why, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->source_path);

  g_set_error (error, PADDOCK_LIBRARY_ERROR, code, "%s: %s", name, why);
  return FALSE;
}

static gboolean
fail_to_write (const Transfer *self, int number, GError **error)
{
  return paddock_library_error_set_errno (error, number, "cannot write", self->target_path);
}

/* Removes a part that nobody holds. FALSE: somebody does, or it is none. */
static gboolean
remove_stale (const PaddockFilePlace *part)
{
  PaddockFileIdentity identity;
  int fd = paddock_file_place_open_file (part, &identity);
  gboolean removed;

  if (fd < 0)
    return FALSE;
  /* Between looking and locking, another one may have taken the name. */
  removed = flock (fd, LOCK_EX | LOCK_NB) == 0 && paddock_file_place_holds (part, &identity) &&
            paddock_file_place_unlink (part);
  close (fd);
  return removed;
}

/* A new file with a lock on it. Whoever cleans up may have taken it away before the lock: then once more. */
static gboolean
open_part (Transfer *self, GError **error)
{
  mode_t mode = (self->status.st_mode & 0666) | 0600;

  self->part = (PaddockFilePlace){ self->target.folder, paddock_hidden_name_make (self->target.name, PART_SUFFIX) };
  for (guint i = 0; i < NAME_ATTEMPTS; i++)
    {
      struct stat named, held;

      self->to = openat (self->part.folder, self->part.name, O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, mode);
      if (self->to < 0 && errno == EEXIST && remove_stale (&self->part))
        continue;
      if (self->to < 0)
        return fail_to_write (self, errno == EAGAIN ? EEXIST : errno, error);
      flock (self->to, LOCK_EX);
      if (fstat (self->to, &held) == 0 &&
          fstatat (self->part.folder, self->part.name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
          held.st_ino == named.st_ino && held.st_dev == named.st_dev)
        {
          self->has_part = TRUE;
          return TRUE;
        }
      close (g_steal_fd (&self->to));
    }
  return fail_to_write (self, EEXIST, error);
}

static gboolean
open_places (Transfer *self, const PaddockFileIdentity *expected, GError **error)
{
  struct stat status;

  if (!paddock_file_place_open (&self->source, self->source_path))
    return paddock_library_error_set_errno (error, errno, "cannot read", self->source_path);
  self->from = paddock_file_place_open_file (&self->source, &self->identity);
  if (self->from < 0 && errno == EINVAL)
    return fail (self, PADDOCK_LIBRARY_ERROR_INVALID, "it is not a regular file", error);
  if (self->from < 0 && errno == ELOOP)
    return fail (self, PADDOCK_LIBRARY_ERROR_INVALID, "it is a link", error);
  if (self->from < 0 || fstat (self->from, &self->status) != 0)
    return paddock_library_error_set_errno (error, errno, "cannot read", self->source_path);
  if (expected != NULL && !paddock_file_identity_equal (expected, &self->identity))
    return fail (self, PADDOCK_LIBRARY_ERROR_CHANGED, "it is no longer the file that it was", error);
  if (!paddock_file_place_open (&self->target, self->target_path))
    return fail_to_write (self, errno, error);
  if (fstatat (self->target.folder, self->target.name, &status, AT_SYMLINK_NOFOLLOW) == 0)
    return fail_to_write (self, EEXIST, error);
  return TRUE;
}

/* What is not there must not be found out when half is written. */
static gboolean
reserve (Transfer *self, GError **error)
{
  struct statvfs space;

  if (self->status.st_size == 0)
    return TRUE;
  if (fstatvfs (self->to, &space) == 0 && space.f_blocks > 0 &&
      (guint64) self->status.st_size / MAX (space.f_frsize, 1) > space.f_bavail)
    return fail_to_write (self, ENOSPC, error);
  if (fallocate (self->to, 0, 0, self->status.st_size) == 0 || (errno != ENOSPC && errno != EDQUOT && errno != EFBIG))
    return TRUE;
  return fail_to_write (self, errno, error);
}

/* The kernel does it where it can, on the server of a network file system even. -1: this way it cannot be done. */
static ssize_t
copy_in_kernel (Transfer *self, off_t at, gsize length)
{
  off_t from = at, to = at;
  ssize_t copied = copy_file_range (self->from, &from, self->to, &to, length, 0);

  /* Some file systems claim an end that is none. */
  return copied > 0 || (copied < 0 && errno == EINTR) ? MAX (copied, 0) : -1;
}

static gboolean
copy_by_hand (Transfer *self, guint8 *buffer, off_t at, gsize *length, GError **error)
{
  gssize got = paddock_file_bytes_read (self->from, buffer, *length, (guint64) at);

  if (got < 0)
    return paddock_library_error_set_errno (error, errno, "cannot read", self->source_path);
  if (got == 0)
    return fail (self, PADDOCK_LIBRARY_ERROR_CHANGED, "it became shorter while it was read", error);
  *length = (gsize) got;
  return paddock_file_bytes_write (self->to, buffer, *length, (guint64) at) || fail_to_write (self, errno, error);
}

static gboolean
copy_bytes (Transfer *self, GError **error)
{
  g_autofree guint8 *buffer = NULL;

  if (!reserve (self, error))
    return FALSE;
  posix_fadvise (self->from, 0, 0, POSIX_FADV_SEQUENTIAL);
  for (off_t at = 0; at < self->status.st_size;)
    {
      gsize length = (gsize) MIN (self->status.st_size - at, CHUNK);
      ssize_t copied = buffer == NULL ? copy_in_kernel (self, at, length) : -1;

      if (!paddock_worker_poll (self->worker, error))
        return FALSE;
      if (copied < 0)
        {
          if (buffer == NULL)
            buffer = g_malloc (CHUNK);
          if (!copy_by_hand (self, buffer, at, &length, error))
            return FALSE;
          copied = (ssize_t) length;
        }
      at += copied;
      paddock_worker_report (self->worker, self->done_before + (guint64) at / 2, self->total);
    }
  return TRUE;
}

static gboolean
check_source (Transfer *self, GError **error)
{
  PaddockFileIdentity now;
  struct stat status;

  if (fstat (self->from, &status) != 0)
    return paddock_library_error_set_errno (error, errno, "cannot read", self->source_path);
  paddock_file_identity_set_stat (&now, &status);
  if (!paddock_file_identity_equal (&now, &self->identity) || !paddock_file_place_holds (&self->source, &self->identity))
    return fail (self, PADDOCK_LIBRARY_ERROR_CHANGED, "it was changed meanwhile", error);
  return TRUE;
}

/* What the disk holds, not what memory remembers of it. */
static gboolean
read_back (Transfer *self, GError **error)
{
  PaddockFileComparison comparison = {
    .first = self->from,
    .second = self->to,
    .first_path = self->source_path,
    .second_path = self->target_path,
    .size = (guint64) self->status.st_size,
    .done_before = self->done_before + (guint64) self->status.st_size / 2,
    .total = self->total,
  };

  posix_fadvise (self->to, 0, 0, POSIX_FADV_DONTNEED);
  return paddock_file_comparison_run (&comparison, self->worker, error);
}

static gboolean
fill_part (Transfer *self, PaddockTransferFlags flags, PaddockTransferWay *way, GError **error)
{
  const struct timespec times[] = { { .tv_nsec = UTIME_OMIT }, self->status.st_mtim };

  *way = PADDOCK_TRANSFER_REFLINKED;
  if (ioctl (self->to, FICLONE, self->from) != 0)
    {
      *way = PADDOCK_TRANSFER_COPIED;
      if ((flags & PADDOCK_TRANSFER_NO_COPY) != 0)
        return fail (self, PADDOCK_LIBRARY_ERROR_FAILED, "its bytes cannot be shared there, only copied", error);
      if (!copy_bytes (self, error))
        return FALSE;
    }
  if (futimens (self->to, times) != 0 && errno != EPERM)
    return fail_to_write (self, errno, error);
  if (fsync (self->to) != 0)
    return fail_to_write (self, errno, error);
  return *way == PADDOCK_TRANSFER_REFLINKED || read_back (self, error);
}

/* The copy stands, and is on the disk: of the two the source goes. Where it may not, all is as it was before. */
static gboolean
remove_source (Transfer *self, GError **error)
{
  if (!check_source (self, error))
    return FALSE;
  if (!paddock_file_place_unlink (&self->source))
    {
      paddock_library_error_set_errno (error, errno, "cannot remove", self->source_path);
      if (paddock_file_place_holds (&self->source, &self->identity))
        paddock_file_place_unlink (&self->target);
      return FALSE;
    }
  paddock_file_place_sync (&self->source);
  return TRUE;
}

static gboolean
copy_over (Transfer *self, PaddockTransferFlags flags, PaddockTransferWay *way, GError **error)
{
  gboolean is_move = (flags & PADDOCK_TRANSFER_MOVE) != 0;

  if (is_move && faccessat (self->source.folder, ".", W_OK, AT_EACCESS) != 0)
    return paddock_library_error_set_errno (error, errno, "cannot remove", self->source_path);
  if (!open_part (self, error) || !fill_part (self, flags, way, error) || !check_source (self, error))
    return FALSE;
  if (!paddock_file_place_rename (&self->part, &self->target))
    return fail_to_write (self, errno, error);
  self->has_part = FALSE;
  if (!paddock_file_place_sync (&self->target))
    return fail_to_write (self, errno, error);
  return !is_move || remove_source (self, error);
}

/* TRUE without a done: the bytes have to go over. */
static gboolean
move_name (Transfer *self, gboolean *done, GError **error)
{
  *done = FALSE;
  if (!check_source (self, error))
    return FALSE;
  if (!paddock_file_place_rename (&self->source, &self->target))
    return errno == EXDEV || fail_to_write (self, errno, error);
  if (!paddock_file_place_holds (&self->target, &self->identity))
    {
      paddock_file_place_rename (&self->target, &self->source);
      return fail (self, PADDOCK_LIBRARY_ERROR_CHANGED, "it was replaced meanwhile", error);
    }
  *done = TRUE;
  if (!paddock_file_place_sync (&self->target) || !paddock_file_place_sync (&self->source))
    return fail_to_write (self, errno, error);
  return TRUE;
}

/**
 * paddock_file_transfer:
 * @source: (type filename): a regular file
 * @target: (type filename): a name that nothing has, in a folder that is there
 * @flags: how
 * @expected: (nullable): what @source has to be
 * @way: (out) (optional): how the bytes got there
 * @worker: (nullable): the worker that does it
 * @done_before: what was done before this file
 * @total: of how much; 0: this file alone
 * @error: return location for an error
 *
 * Returns: whether the whole file is there. Of a move that
 *   failed because the source was changed after it was copied, the copy stays
 */
gboolean
paddock_file_transfer (const char *source, const char *target, PaddockTransferFlags flags,
                       const PaddockFileIdentity *expected, PaddockTransferWay *way, PaddockWorker *worker,
                       guint64 done_before, guint64 total, GError **error)
{
  g_auto (Transfer) self = {
    .source_path = source, .target_path = target, .worker = worker, .source = PADDOCK_FILE_PLACE_INIT,
    .target = PADDOCK_FILE_PLACE_INIT, .from = -1, .to = -1, .done_before = done_before,
  };
  PaddockTransferWay found = PADDOCK_TRANSFER_RENAMED;
  gboolean renamed = FALSE;

  if (!paddock_worker_poll (worker, error) || !open_places (&self, expected, error))
    return FALSE;
  self.total = total > 0 ? total : (guint64) self.status.st_size;
  if ((flags & PADDOCK_TRANSFER_MOVE) != 0 && !move_name (&self, &renamed, error))
    return FALSE;
  if (!renamed && !copy_over (&self, flags, &found, error))
    return FALSE;
  paddock_worker_report (worker, done_before + (guint64) self.status.st_size, self.total);
  if (way != NULL)
    *way = found;
  return TRUE;
}

/**
 * paddock_file_transfer_sweep:
 * @folder: (type filename): a folder
 *
 * Returns: how many files were removed
 */
guint
paddock_file_transfer_sweep (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *directory = fd >= 0 ? fdopendir (fd) : NULL;
  const struct dirent *entry;
  guint removed = 0;

  if (directory == NULL)
    {
      if (fd >= 0)
        close (fd);
      return 0;
    }
  while ((entry = readdir (directory)) != NULL)
    if (paddock_hidden_name_has (entry->d_name, PART_SUFFIX))
      {
        const PaddockFilePlace part = { fd, (char *) entry->d_name };

        removed += remove_stale (&part);
      }
  closedir (directory);
  return removed;
}

typedef struct
{
  /* Borrowed */
  const char *kept_path, *replaced_path;
  PaddockWorker *worker;

  /* Owned */
  PaddockFilePlace kept, replaced;
  int from, to;

  PaddockFileIdentity kept_identity, replaced_identity;
  struct stat kept_status, replaced_status;
} Merge;

static void
merge_clear (Merge *self)
{
  if (self->from >= 0)
    close (self->from);
  if (self->to >= 0)
    close (self->to);
  paddock_file_place_clear (&self->kept);
  paddock_file_place_clear (&self->replaced);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Merge, merge_clear)

static gboolean
fail_to_merge (const char *path, PaddockLibraryError code, const char *why, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, PADDOCK_LIBRARY_ERROR, code, "%s: %s", name, why);
  return FALSE;
}

static int
open_one (const char *path, PaddockFilePlace *place, PaddockFileIdentity *identity, struct stat *status, GError **error)
{
  int fd = paddock_file_place_open (place, path) ? paddock_file_place_open_file (place, identity) : -1;

  if (fd >= 0 && fstat (fd, status) == 0)
    return fd;
  if (fd < 0 && (errno == EINVAL || errno == ELOOP))
    fail_to_merge (path, PADDOCK_LIBRARY_ERROR_INVALID, "it is a link or no regular file", error);
  else
    paddock_library_error_set_errno (error, errno, "cannot read", path);
  if (fd >= 0)
    close (fd);
  return -1;
}

static gboolean
check_both (Merge *self, GError **error)
{
  if (!paddock_file_place_holds (&self->kept, &self->kept_identity))
    return fail_to_merge (self->kept_path, PADDOCK_LIBRARY_ERROR_CHANGED, "it was changed meanwhile", error);
  if (!paddock_file_place_holds (&self->replaced, &self->replaced_identity))
    return fail_to_merge (self->replaced_path, PADDOCK_LIBRARY_ERROR_CHANGED, "it was changed meanwhile", error);
  return TRUE;
}

/* The kernel compares, and shares what is equal: the files stay two. TRUE without shared: it cannot. */
static gboolean
share_bytes (Merge *self, gboolean *shared, GError **error)
{
  g_autofree struct file_dedupe_range *range = g_malloc0 (sizeof *range + sizeof range->info[0]);
  guint64 size = self->kept_identity.size;

  *shared = FALSE;
  for (guint64 at = 0; at < size;)
    {
      if (!paddock_worker_poll (self->worker, error))
        return FALSE;
      *range = (struct file_dedupe_range){ .src_offset = at, .src_length = MIN (size - at, 4 * CHUNK), .dest_count = 1 };
      range->info[0] = (struct file_dedupe_range_info){ .dest_fd = self->to, .dest_offset = at };
      if (ioctl (self->from, FIDEDUPERANGE, range) != 0 || range->info[0].status < 0 ||
          (range->info[0].status == FILE_DEDUPE_RANGE_SAME && range->info[0].bytes_deduped == 0))
        return TRUE;
      if (range->info[0].status == FILE_DEDUPE_RANGE_DIFFERS)
        return fail_to_merge (self->replaced_path, PADDOCK_LIBRARY_ERROR_DIFFERENT, "its bytes are others", error);
      at += range->info[0].bytes_deduped;
      paddock_worker_report (self->worker, at, size);
    }
  *shared = TRUE;
  return TRUE;
}

/* A second name of the one in the place of the other. The name in between is locked through the file it leads to. */
static gboolean
put_link (Merge *self, GError **error)
{
  g_autofree char *name = paddock_hidden_name_make (self->replaced.name, PART_SUFFIX);
  const PaddockFilePlace part = { self->replaced.folder, name };
  gboolean put;

  flock (self->from, LOCK_EX | LOCK_NB);
  if (linkat (self->kept.folder, self->kept.name, part.folder, part.name, 0) != 0 &&
      (errno != EEXIST || !remove_stale (&part) ||
       linkat (self->kept.folder, self->kept.name, part.folder, part.name, 0) != 0))
    return paddock_library_error_set_errno (error, errno, "cannot link", self->replaced_path);
  put = paddock_file_place_holds (&part, &self->kept_identity) && check_both (self, error) &&
        renameat (part.folder, part.name, self->replaced.folder, self->replaced.name) == 0;
  if (put)
    return paddock_file_place_sync (&self->replaced) ||
           paddock_library_error_set_errno (error, errno, "cannot link", self->replaced_path);
  if (error == NULL || *error == NULL)
    paddock_library_error_set_errno (error, errno, "cannot link", self->replaced_path);
  paddock_file_place_unlink (&part);
  return FALSE;
}

static gboolean
replace_by_link (Merge *self, GError **error)
{
  PaddockFileComparison comparison = {
    .first = self->from,
    .second = self->to,
    .first_path = self->kept_path,
    .second_path = self->replaced_path,
    .size = self->kept_identity.size,
    .total = self->kept_identity.size,
  };

  /* One file has one owner and one set of rights: nobody may lose or win any by it. */
  if (self->kept_status.st_uid != self->replaced_status.st_uid ||
      self->kept_status.st_gid != self->replaced_status.st_gid ||
      (self->kept_status.st_mode & 07777) != (self->replaced_status.st_mode & 07777))
    return fail_to_merge (self->replaced_path, PADDOCK_LIBRARY_ERROR_PERMISSION, "its owner or permissions are others", error);
  return paddock_file_comparison_run (&comparison, self->worker, error) && put_link (self, error);
}

/**
 * paddock_file_merge:
 * @kept: (type filename): a file
 * @replaced: (type filename): another with the same bytes
 * @saved: (out) (optional): bytes that are free now
 * @worker: (nullable): the worker that does it
 * @error: return location for an error
 *
 * Returns: whether both names lead to bytes that are stored once
 */
gboolean
paddock_file_merge (const char *kept, const char *replaced, guint64 *saved, PaddockWorker *worker, GError **error)
{
  g_auto (Merge) self = {
    .kept_path = kept, .replaced_path = replaced, .worker = worker, .kept = PADDOCK_FILE_PLACE_INIT,
    .replaced = PADDOCK_FILE_PLACE_INIT, .from = -1, .to = -1,
  };
  gboolean shared;

  if (saved != NULL)
    *saved = 0;
  self.from = open_one (kept, &self.kept, &self.kept_identity, &self.kept_status, error);
  if (self.from < 0)
    return FALSE;
  self.to = open_one (replaced, &self.replaced, &self.replaced_identity, &self.replaced_status, error);
  if (self.to < 0)
    return FALSE;
  if (paddock_file_identity_same_file (&self.kept_identity, &self.replaced_identity))
    return TRUE;
  if (self.kept_identity.device != self.replaced_identity.device)
    return fail_to_merge (replaced, PADDOCK_LIBRARY_ERROR_INVALID, "it is on another file system", error);
  if (self.kept_identity.size != self.replaced_identity.size)
    return fail_to_merge (replaced, PADDOCK_LIBRARY_ERROR_DIFFERENT, "its bytes are others", error);
  if (!share_bytes (&self, &shared, error) || (!shared && !replace_by_link (&self, error)))
    return FALSE;
  if (saved != NULL && (shared || self.replaced_status.st_nlink == 1))
    *saved = self.replaced_identity.size;
  return TRUE;
}
