/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One line of standard input; on a terminal it is asked for, and not shown. NULL: there is none, or the person wants no more. */
char *
paddock_secret_input_read (const char *question);

G_END_DECLS
