/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Says on standard error why a file could not be opened, and what it is if it is something else than a model. */
void paddock_unreadable_complain (const GError *error, const char *path);

G_END_DECLS
