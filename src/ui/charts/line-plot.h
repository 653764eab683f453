/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/chart-axis.h"
#include "charts/chart-palette.h"
#include "charts/chart-series.h"

G_BEGIN_DECLS

/**
 * PaddockLinePlot:
 *
 * Where the values of a line chart are on its area, and how they are drawn there.
 */
typedef struct
{
  PaddockChartAxis x;
  PaddockChartAxis y;
  float width;
  float height;
} PaddockLinePlot;

void  paddock_line_plot_init          (PaddockLinePlot *self, const PaddockChartAxis *x, const PaddockChartAxis *y,
                                       float width, float height);
gboolean paddock_line_plot_has_place (const PaddockLinePlot *self, double value);
float paddock_line_plot_get_x         (const PaddockLinePlot *self, double value);
float paddock_line_plot_get_y         (const PaddockLinePlot *self, double value);   /* within the area */
/* The position of the stop that is nearest on the area; -1 without stops. */
int   paddock_line_plot_find_stop     (const PaddockLinePlot *self, const double *stops, guint n_stops, float x);

void  paddock_line_plot_append_series (const PaddockLinePlot *self, GtkSnapshot *snapshot, PaddockChartSeries *series,
                                       const GdkRGBA *color);
void  paddock_line_plot_append_limit  (const PaddockLinePlot *self, GtkSnapshot *snapshot, double limit,
                                       const GdkRGBA *color);
void  paddock_line_plot_append_ruler  (const PaddockLinePlot *self, GtkSnapshot *snapshot, double x, gboolean dashed,
                                       const GdkRGBA *color);
void  paddock_line_plot_append_dot    (const PaddockLinePlot *self, GtkSnapshot *snapshot, double x, double y,
                                       gboolean hollow, const GdkRGBA *color);

G_END_DECLS
