/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A size as a person writes it: "24G", "24GiB", "25769803776". FALSE: it makes no sense. */
gboolean paddock_byte_size_parse (const char *text, guint64 *bytes);

G_END_DECLS
