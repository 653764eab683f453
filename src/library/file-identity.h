/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/**
 * PaddockFileIdentity:
 *
 * A file, whatever it is called: as long as these are equal nobody has written to it, and what was once read from it
 * still holds.
 */
typedef struct
{
  guint64 device;
  guint64 inode;
  guint64 size;
  gint64 modified;                   /* nanoseconds since 1970 */
} PaddockFileIdentity;

void     paddock_file_identity_set_stat (PaddockFileIdentity *self, const struct stat *status);
guint    paddock_file_identity_hash     (gconstpointer self);
gboolean paddock_file_identity_equal    (gconstpointer a, gconstpointer b);
/* The same file, even if somebody wrote to it since: two names of one inode. */
gboolean paddock_file_identity_same_file (const PaddockFileIdentity *a, const PaddockFileIdentity *b);
/* The file system that something is on, the same after it was unplugged and plugged in again; 0: not known. */
guint64  paddock_file_identity_find_filesystem (const char *path);

G_END_DECLS
