/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Says something where a widget is, on the toasts around it. */
void paddock_undo_toast_say  (GtkWidget *near, const char *text);
/* The same of something that is done; @undo (swapped) takes it back, with data that is freed in any case. */
void paddock_undo_toast_show (GtkWidget *near, const char *text, GCallback undo, gpointer data, GDestroyNotify destroy);

G_END_DECLS
