/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of an open file, however often the system stops early or is interrupted. What goes wrong is in errno. */

/* At a place, whatever the position is: how many there are of those wanted, fewer at the end of the file, or -1. */
gssize
paddock_file_bytes_read (int fd, void *bytes, gsize length, guint64 offset);
/* At a place, whatever the position is: all, or FALSE. */
gboolean
paddock_file_bytes_write (int fd, const void *bytes, gsize length, guint64 offset);
/* At the position, into a pipe as well: all, or FALSE. */
gboolean
paddock_file_bytes_append (int fd, const void *bytes, gsize length);

G_END_DECLS
