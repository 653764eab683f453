/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *paddock_units_format_size       (guint64 bytes);        /* "4.9 GB", by the locale */
/* "8.03 B", "494 M"; "unknown" words are the caller's: NULL below 0 */
char *paddock_units_format_parameters (gint64 parameters);
char *paddock_units_format_count      (guint64 count);        /* with the locale's grouping */
char *paddock_units_format_duration   (guint64 seconds);      /* "12 s", "3 min", "1 h 20 min" */

/* Makes bytes from a file showable: valid UTF-8, control and direction characters as \n, \x1b, \u202e; cut after
 * max_chars. */
char *paddock_units_escape            (const char *bytes, gssize length, gsize max_chars);

G_END_DECLS
