/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * How many bytes of a file a second come from the disk and not from memory: read from its beginning in large pieces, at
 * most a gibibyte and two seconds of it. In a directory, a file without a name is made for that, which goes away with the
 * last look at it. %G_IO_ERROR_NOT_SUPPORTED: this file system always goes through memory.
 */
gboolean paddock_disk_bandwidth_measure (const char *path, GCancellable *cancellable, guint64 *bytes_per_second,
                                         GError **error);

G_END_DECLS
