/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_BAR_AREA (paddock_bar_area_get_type ())
G_DECLARE_FINAL_TYPE (PaddockBarArea, paddock_bar_area, PADDOCK, BAR_AREA, GtkWidget)

GtkWidget *paddock_bar_area_new          (void);
/* Parts of the full height; those that are marked stand out. */
void       paddock_bar_area_set_bars     (PaddockBarArea *self, const double *heights, const gboolean *marks, guint count);
void       paddock_bar_area_set_selected (PaddockBarArea *self, int selected);
int        paddock_bar_area_get_selected (PaddockBarArea *self);   /* -1 for none */
int        paddock_bar_area_get_pointed  (PaddockBarArea *self);   /* by the pointer or the keyboard; -1 for none */

G_END_DECLS
