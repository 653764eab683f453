/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* paddockctl(1), made from the table of commands. */
char *paddock_manual_page_generate (void);

G_END_DECLS
