/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Breaks each line of a text between words; every line after the first of each begins with indent. */
char *paddock_text_wrap (const char *text, guint columns, const char *indent);

G_END_DECLS
