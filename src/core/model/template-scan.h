/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A look at a chat template (Jinja) without running it. */

/* The first thing in it that a chat template has no use for and an attack has; NULL if there is none. */
const char *paddock_template_scan_find_danger (const char *source);
/* Why it cannot be parsed, as far as that is easily seen; NULL if nothing is wrong (transfer full). */
char       *paddock_template_scan_find_fault  (const char *source);

G_END_DECLS
