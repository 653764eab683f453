/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/atomic-file.h"

#include "base/file-bytes.h"
#include "base/io-error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define MAX_LINKS 40
#define MAX_XATTRS (64 * 1024)   /* the kernel's own limit for the list and for one value */
#define NAME_ATTEMPTS 64

struct _PaddockAtomicFile
{
  /* Owned */
  char *path;             /* absolute, links followed */
  char *hidden_name;      /* in the directory; NULL while the file has no name */
  int directory_fd;
  int fd;

  const char *base_name;  /* the last part of path */
  mode_t mode;            /* to begin with */
};

/* What a link that points nowhere points to: the file that would be made by writing through it. */
static char *
follow_dangling_links (const char *path)
{
  g_autofree char *current = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *content = g_file_read_link (current, NULL);
      g_autofree char *directory = NULL;

      if (content == NULL)
        return g_steal_pointer (&current);
      directory = g_path_get_dirname (current);
      g_free (current);
      current = g_path_is_absolute (content) ? g_strdup (content) : g_build_filename (directory, content, NULL);
    }
  errno = ELOOP;
  return NULL;
}

/* The real path of target, which need not exist though its directory must. NULL with errno set. */
static char *
resolve (const char *target)
{
  char *real = realpath (target, NULL);
  g_autofree char *path = NULL;
  g_autofree char *directory = NULL;
  g_autofree char *base = NULL;

  if (real != NULL || errno != ENOENT)
    return real;
  path = follow_dangling_links (target);
  if (path == NULL)
    return NULL;
  directory = g_path_get_dirname (path);
  base = g_path_get_basename (path);
  /* "directory/" names no file. */
  if (*path == '\0' || g_str_has_suffix (path, "/") || g_str_equal (base, ".") || g_str_equal (base, ".."))
    {
      errno = *path == '\0' ? ENOENT : EISDIR;
      return NULL;
    }
  real = realpath (directory, NULL);
  if (real != NULL)
    {
      char *whole = g_build_filename (real, base, NULL);

      free (real);
      return whole;
    }
  return NULL;
}

/* A directory that may be written but not read cannot be flushed, yet it can hold the file. */
static int
open_directory (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0 && errno == EACCES)
    fd = open (directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
  return fd;
}

/* Whether what stands at the target may be replaced; 0 or an errno. */
static int
check_target (PaddockAtomicFile *self)
{
  struct stat status;

  if (fstatat (self->directory_fd, self->base_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
    return errno == ENOENT ? 0 : errno;
  if (S_ISDIR (status.st_mode))
    return EISDIR;
  if (!S_ISREG (status.st_mode))
    return ENOTSUP;
  /* Renaming over a file needs no right to write it, but taking its place is writing it. */
  if (faccessat (self->directory_fd, self->base_name, W_OK, AT_EACCESS) < 0)
    return errno;
  /* What is private stays so while it is written. */
  self->mode = status.st_mode & 0777;
  return 0;
}

static char *
make_hidden_name (void)
{
  return g_strdup_printf (".paddock-%08x%08x.part", g_random_int (), g_random_int ());
}

static char *
get_fd_path (PaddockAtomicFile *self)
{
  return g_strdup_printf ("/proc/self/fd/%d", self->fd);
}

/* A file without a name vanishes by itself when the process dies. It needs /proc to be given a name later. */
static gboolean
open_unnamed (PaddockAtomicFile *self)
{
  g_autofree char *fd_path = NULL;

  self->fd = openat (self->directory_fd, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, self->mode);
  if (self->fd < 0)
    return FALSE;
  fd_path = get_fd_path (self);
  if (access (fd_path, F_OK) == 0)
    return TRUE;
  close (self->fd);
  self->fd = -1;
  return FALSE;
}

static gboolean
open_hidden (PaddockAtomicFile *self)
{
  for (guint i = 0; i < NAME_ATTEMPTS; i++)
    {
      g_autofree char *name = make_hidden_name ();

      self->fd = openat (self->directory_fd, name, O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, self->mode);
      if (self->fd >= 0)
        {
          self->hidden_name = g_steal_pointer (&name);
          return TRUE;
        }
      if (errno != EEXIST)
        return FALSE;
    }
  return FALSE;
}

/**
 * paddock_atomic_file_new:
 * @target: (type filename): where the file shall be; it may exist already
 * @error: return location for a #GIOErrorEnum
 *
 * Begins a file. Nothing changes under @target before paddock_atomic_file_commit().
 *
 * Returns: (transfer full) (nullable): the file, or %NULL if it cannot be made there
 */
PaddockAtomicFile *
paddock_atomic_file_new (const char *target, GError **error)
{
  g_autoptr(PaddockAtomicFile) self = g_new0 (PaddockAtomicFile, 1);
  int refusal;

  self->fd = -1;
  self->directory_fd = -1;
  self->mode = 0666;
  self->path = resolve (target);
  if (self->path != NULL)
    self->directory_fd = open_directory (self->path);
  if (self->directory_fd < 0)
    {
      paddock_io_error_set_from_errno (error, errno, "write", target);
      return NULL;
    }
  self->base_name = strrchr (self->path, '/') + 1;
  refusal = check_target (self);
  if (refusal == ENOTSUP)
    {
      g_autofree char *shown = g_filename_display_name (target);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "Cannot write “%s”: it is not a regular file",
                   shown);
      return NULL;
    }
  if (refusal == 0 && !open_unnamed (self) && !open_hidden (self))
    refusal = errno;
  if (refusal != 0)
    {
      paddock_io_error_set_from_errno (error, refusal, "write", target);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static void
drop_hidden (PaddockAtomicFile *self)
{
  if (self->hidden_name != NULL)
    unlinkat (self->directory_fd, self->hidden_name, 0);
  g_clear_pointer (&self->hidden_name, g_free);
}

/**
 * paddock_atomic_file_free:
 * @self: (transfer full) (nullable): the file
 *
 * Drops what was written if it was not committed.
 */
void
paddock_atomic_file_free (PaddockAtomicFile *self)
{
  if (self == NULL)
    return;
  drop_hidden (self);
  if (self->fd >= 0)
    close (self->fd);
  if (self->directory_fd >= 0)
    close (self->directory_fd);
  g_free (self->path);
  g_free (self);
}

/**
 * paddock_atomic_file_get_fd:
 * @self: the file
 *
 * Returns: its descriptor for reading and writing, owned by @self
 */
int
paddock_atomic_file_get_fd (PaddockAtomicFile *self)
{
  return self->fd;
}

/**
 * paddock_atomic_file_get_path:
 * @self: the file
 *
 * Returns: (transfer none) (type filename): where it will be
 */
const char *
paddock_atomic_file_get_path (PaddockAtomicFile *self)
{
  return self->path;
}

/**
 * paddock_atomic_file_write:
 * @self: the file
 * @bytes: (array length=length): what to write at the descriptor's position
 * @length: how much
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: %TRUE if everything was written
 */
gboolean
paddock_atomic_file_write (PaddockAtomicFile *self, const guint8 *bytes, gsize length, GError **error)
{
  if (paddock_file_bytes_append (self->fd, bytes, length))
    return TRUE;
  paddock_io_error_set_from_errno (error, errno, "write", self->path);
  return FALSE;
}

/* Attributes that cannot be kept (another file system's, or a right we lack) are no reason to fail. */
static void
copy_xattrs (PaddockAtomicFile *self)
{
  g_autofree char *names = g_malloc (MAX_XATTRS);
  g_autofree char *value = g_malloc (MAX_XATTRS);
  ssize_t length = llistxattr (self->path, names, MAX_XATTRS);

  for (ssize_t at = 0; at < length; at += (ssize_t) strlen (names + at) + 1)
    {
      ssize_t size = lgetxattr (self->path, names + at, value, MAX_XATTRS);

      if (size >= 0)
        (void) !fsetxattr (self->fd, names + at, value, (size_t) size, 0);
    }
}

static gboolean
copy_attributes (PaddockAtomicFile *self)
{
  struct stat old, now;
  mode_t mode;

  if (fstatat (self->directory_fd, self->base_name, &old, AT_SYMLINK_NOFOLLOW) < 0)
    return errno == ENOENT;
  if (!S_ISREG (old.st_mode))
    {
      errno = EEXIST;
      return FALSE;
    }
  if (fchown (self->fd, old.st_uid, old.st_gid) < 0)
    (void) !fchown (self->fd, (uid_t) -1, old.st_gid);
  copy_xattrs (self);
  if (fstat (self->fd, &now) < 0)
    return FALSE;
  mode = old.st_mode & 07777;
  if (now.st_uid != old.st_uid || now.st_gid != old.st_gid)
    mode &= 0777;
  /* Another group gets no more than everybody has. */
  if (now.st_gid != old.st_gid)
    mode = (mode & ~(mode_t) 070) | (mode & 007) << 3;
  return fchmod (self->fd, mode) == 0;
}

static gboolean
link_hidden (PaddockAtomicFile *self)
{
  g_autofree char *fd_path = get_fd_path (self);

  for (guint i = 0; i < NAME_ATTEMPTS; i++)
    {
      g_autofree char *name = make_hidden_name ();

      if (linkat (AT_FDCWD, fd_path, self->directory_fd, name, AT_SYMLINK_FOLLOW) == 0)
        {
          self->hidden_name = g_steal_pointer (&name);
          return TRUE;
        }
      if (errno != EEXIST)
        return FALSE;
    }
  return FALSE;
}

static gboolean
put_in_place (PaddockAtomicFile *self)
{
  if (!copy_attributes (self) || fsync (self->fd) < 0)
    return FALSE;
  if (self->hidden_name == NULL && !link_hidden (self))
    return FALSE;
  if (renameat (self->directory_fd, self->hidden_name, self->directory_fd, self->base_name) < 0)
    return FALSE;
  g_clear_pointer (&self->hidden_name, g_free);
  /* Some file systems, and directories that we may not read, know no flushing: the rename stands all the same. */
  if (fsync (self->directory_fd) < 0 && errno != EBADF && errno != EINVAL && errno != EROFS)
    return FALSE;
  return TRUE;
}

/**
 * paddock_atomic_file_commit:
 * @self: the file
 * @error: return location for a #GIOErrorEnum
 *
 * Puts the file in its place, and on the disk. If it returns %FALSE the target is as it was, unless the disk failed
 * while the directory was flushed.
 *
 * Returns: %TRUE if the target is now this file
 */
gboolean
paddock_atomic_file_commit (PaddockAtomicFile *self, GError **error)
{
  int saved_errno;

  if (put_in_place (self))
    return TRUE;
  saved_errno = errno;
  drop_hidden (self);
  paddock_io_error_set_from_errno (error, saved_errno, "replace", self->path);
  return FALSE;
}
