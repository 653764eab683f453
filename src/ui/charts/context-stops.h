/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Contexts that a person would choose, from left to right: powers of two, three between each two, and the two given.
 * (transfer full) (element-type guint64) */
GArray *paddock_context_stops_list (guint64 least, guint64 most, guint64 largest);

G_END_DECLS
