/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/io-error.h"

#include "base/units.h"

#define PATH_CHARS 1024

/**
 * paddock_io_error_set_from_errno:
 * @error: (out) (optional): return location
 * @saved_errno: what errno was
 * @doing: the verb that failed: "read", "write", "replace"
 * @path: (type filename): on what
 *
 * Sets a #GIOErrorEnum that names the path and the cause.
 */
void
paddock_io_error_set_from_errno (GError **error, int saved_errno, const char *doing, const char *path)
{
  g_autofree char *shown = paddock_units_escape (path, -1, PATH_CHARS);

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (saved_errno), "Cannot %s “%s”: %s", doing, shown,
               g_strerror (saved_errno));
}
