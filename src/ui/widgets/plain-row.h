/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row of texts that may come from anywhere: nothing in them is markup. */
GtkWidget *paddock_plain_row_new (const char *title, const char *subtitle);

G_END_DECLS
