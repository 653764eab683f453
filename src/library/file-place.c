/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-place.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/**
 * paddock_file_place_open:
 * @self: (out caller-allocates): a place
 * @path: (type filename): where a file is or shall be; its folder must be there
 *
 * Returns: whether the folder could be opened
 */
gboolean
paddock_file_place_open (PaddockFilePlace *self, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  self->name = g_path_get_basename (path);
  self->folder = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  /* One that may be written but not listed can hold files all the same. */
  if (self->folder < 0 && errno == EACCES)
    self->folder = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (self->folder >= 0 && (*path == '\0' || g_str_has_suffix (path, "/") || g_str_equal (self->name, ".") ||
                            g_str_equal (self->name, "..")))
    {
      paddock_file_place_clear (self);
      errno = EISDIR;
    }
  return self->folder >= 0;
}

/**
 * paddock_file_place_clear:
 * @self: a place
 */
void
paddock_file_place_clear (PaddockFilePlace *self)
{
  int number = errno;

  if (self->folder >= 0)
    close (self->folder);
  self->folder = -1;
  g_clear_pointer (&self->name, g_free);
  errno = number;
}

/**
 * paddock_file_place_open_file:
 * @self: a place
 * @identity: (out): what was opened
 *
 * Returns: a descriptor, or -1
 */
int
paddock_file_place_open_file (const PaddockFilePlace *self, PaddockFileIdentity *identity)
{
  int fd = openat (self->folder, self->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  struct stat status;
  int number;

  if (fd < 0)
    return -1;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    {
      paddock_file_identity_set_stat (identity, &status);
      return fd;
    }
  number = S_ISREG (status.st_mode) ? errno : EINVAL;
  close (fd);
  errno = number;
  return -1;
}

/**
 * paddock_file_place_holds:
 * @self: a place
 * @identity: a file
 *
 * Returns: whether it is there, unchanged
 */
gboolean
paddock_file_place_holds (const PaddockFilePlace *self, const PaddockFileIdentity *identity)
{
  PaddockFileIdentity now;
  struct stat status;

  if (fstatat (self->folder, self->name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return FALSE;
  paddock_file_identity_set_stat (&now, &status);
  return paddock_file_identity_equal (&now, identity);
}

/* For file systems that cannot be told not to replace: a second name fails where there is one already. */
static gboolean
rename_by_link (const PaddockFilePlace *self, const PaddockFilePlace *to)
{
  return linkat (self->folder, self->name, to->folder, to->name, 0) == 0 &&
         unlinkat (self->folder, self->name, 0) == 0;
}

/**
 * paddock_file_place_rename:
 * @self: where a file is
 * @to: where it shall be
 *
 * Returns: whether it is there
 */
gboolean
paddock_file_place_rename (const PaddockFilePlace *self, const PaddockFilePlace *to)
{
  if (renameat2 (self->folder, self->name, to->folder, to->name, RENAME_NOREPLACE) == 0)
    return TRUE;
  return (errno == EINVAL || errno == ENOSYS) && rename_by_link (self, to);
}

/**
 * paddock_file_place_unlink:
 * @self: a place
 *
 * Returns: whether its name is gone
 */
gboolean
paddock_file_place_unlink (const PaddockFilePlace *self)
{
  return unlinkat (self->folder, self->name, 0) == 0;
}

/**
 * paddock_file_place_sync:
 * @self: a place
 *
 * Returns: %FALSE when the disk failed
 */
gboolean
paddock_file_place_sync (const PaddockFilePlace *self)
{
  /* Some file systems, and folders that may not be read, know no flushing. */
  return fsync (self->folder) == 0 || errno == EBADF || errno == EINVAL || errno == EROFS;
}

/**
 * paddock_file_place_can_share:
 * @source: (type filename): a file
 * @folder: (type filename): a folder
 *
 * Tried with a file that has no name.
 *
 * Returns: whether a copy there takes no room
 */
gboolean
paddock_file_place_can_share (const char *source, const char *folder)
{
  int from = open (source, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  int to = from >= 0 ? open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;
  gboolean can = to >= 0 && ioctl (to, FICLONE, from) == 0;

  if (to >= 0)
    close (to);
  if (from >= 0)
    close (from);
  return can;
}

/**
 * paddock_file_place_is_below_link:
 * @root: (nullable) (type filename): a folder
 * @path: (type filename): a file that was met below it
 *
 * Returns: whether one of the folders between them is a link, so that the file belongs where that leads
 */
gboolean
paddock_file_place_is_below_link (const char *root, const char *path)
{
  gsize length = root != NULL && g_str_has_prefix (path, root) ? strlen (root) : 0;

  for (const char *end = strchr (path + length + 1, '/'); length > 0 && end != NULL; end = strchr (end + 1, '/'))
    {
      g_autofree char *folder = g_strndup (path, (gsize) (end - path));
      struct stat status;

      if (lstat (folder, &status) == 0 && S_ISLNK (status.st_mode))
        return TRUE;
    }
  return FALSE;
}
