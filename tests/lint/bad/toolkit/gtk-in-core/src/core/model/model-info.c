/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>
static GtkWidget *owner;   /* a gtk_widget */
