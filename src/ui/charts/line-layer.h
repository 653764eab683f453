/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/chart-axis.h"
#include "charts/chart-series.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_LINE_LAYER (paddock_line_layer_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLineLayer, paddock_line_layer, PADDOCK, LINE_LAYER, GtkWidget)

/* One that can be picked from is a slider; the other one is a picture. */
GtkWidget *paddock_line_layer_new        (gboolean pickable);
void       paddock_line_layer_set_axes   (PaddockLineLayer *self, const PaddockChartAxis *x, const PaddockChartAxis *y);
void       paddock_line_layer_set_series (PaddockLineLayer *self, GPtrArray *series);
/* Where the arrow keys and the pointer come to rest, from left to right. */
void       paddock_line_layer_set_stops  (PaddockLineLayer *self, const double *stops, guint n_stops);
void       paddock_line_layer_set_limit  (PaddockLineLayer *self, double limit);    /* NAN for none */
void       paddock_line_layer_set_picked (PaddockLineLayer *self, double picked, double value);   /* NAN for none */
void       paddock_line_layer_set_best   (PaddockLineLayer *self, double best);     /* NAN for none */

G_END_DECLS
