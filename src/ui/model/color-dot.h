/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_COLOR_DOT (paddock_color_dot_get_type ())
G_DECLARE_FINAL_TYPE (PaddockColorDot, paddock_color_dot, PADDOCK, COLOR_DOT, GtkWidget)

GtkWidget *paddock_color_dot_new (const GdkRGBA *color);

G_END_DECLS
