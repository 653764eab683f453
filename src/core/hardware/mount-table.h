/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockMount:
 *
 * A file system and where it is mounted, by /proc/self/mountinfo.
 */
typedef struct
{
  char *point;
  char *filesystem;
  char *device;                      /* as it was given to mount: "/dev/sda1", "tmpfs", "server:/path" */
  char *number;                      /* "8:1"; of file systems over several disks it begins with "0:" */
  gboolean read_only;
} PaddockMount;

/* In the order of the file; lines that are none are left out. */
GPtrArray          *paddock_mount_table_read (const char *root);
/* The mount that an absolute path lies in; NULL: there is none. */
const PaddockMount *paddock_mount_table_find (GPtrArray *mounts, const char *path);
gboolean            paddock_mount_table_holds (const char *point, const char *path);

G_END_DECLS
