/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-identity.h"

#include <sys/statvfs.h>

/**
 * paddock_file_identity_set_stat:
 * @self: (out caller-allocates): an identity
 * @status: what the system says of a file
 */
void
paddock_file_identity_set_stat (PaddockFileIdentity *self, const struct stat *status)
{
  self->device = status->st_dev;
  self->inode = status->st_ino;
  self->size = (guint64) status->st_size;
  self->modified = (gint64) status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
}

/**
 * paddock_file_identity_hash:
 * @self: a [struct@FileIdentity]
 *
 * Returns: a number for hash tables
 */
guint
paddock_file_identity_hash (gconstpointer self)
{
  const PaddockFileIdentity *identity = self;
  guint64 mixed = identity->inode * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ identity->device ^ identity->size << 20 ^
                  (guint64) identity->modified;

  return (guint) (mixed ^ mixed >> 32);
}

/**
 * paddock_file_identity_equal:
 * @a: a [struct@FileIdentity]
 * @b: another
 *
 * Returns: whether they are the same file with nothing written to it in between
 */
gboolean
paddock_file_identity_equal (gconstpointer a, gconstpointer b)
{
  const PaddockFileIdentity *first = a, *second = b;

  return paddock_file_identity_same_file (first, second) && first->size == second->size &&
         first->modified == second->modified;
}

/**
 * paddock_file_identity_same_file:
 * @a: an identity
 * @b: another
 *
 * Returns: whether they are names of one file
 */
gboolean
paddock_file_identity_same_file (const PaddockFileIdentity *a, const PaddockFileIdentity *b)
{
  return a->device == b->device && a->inode == b->inode;
}

/**
 * paddock_file_identity_find_filesystem:
 * @path: (type filename): something on it
 *
 * Returns: the number of the file system, or 0 when there is nothing at @path
 */
guint64
paddock_file_identity_find_filesystem (const char *path)
{
  struct statvfs filesystem;
  struct stat status;

  /* Its own number where it has one: that of the device depends on what else was plugged in, and when. */
  if (statvfs (path, &filesystem) == 0 && filesystem.f_fsid != 0)
    return filesystem.f_fsid;
  return stat (path, &status) == 0 ? status.st_dev : 0;
}
