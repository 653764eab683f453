/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/chart-axis.h"
#include "charts/chart-series.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_LINE_CHART (paddock_line_chart_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLineChart, paddock_line_chart, PADDOCK, LINE_CHART, GtkWidget)

/* Whether a place on the horizontal axis can be chosen. */
GtkWidget *paddock_line_chart_new          (gboolean pickable);
void       paddock_line_chart_set_axes     (PaddockLineChart *self, const PaddockChartAxis *x, const PaddockChartAxis *y);
void       paddock_line_chart_clear        (PaddockLineChart *self);   /* of its series */
void       paddock_line_chart_add_series   (PaddockLineChart *self, PaddockChartSeries *series);
/* Where the pointer and the arrow keys come to rest; without, at every point of the series. */
void       paddock_line_chart_set_stops    (PaddockLineChart *self, const double *stops, guint n_stops);
/* NAN for none. */
void       paddock_line_chart_set_limit    (PaddockLineChart *self, double limit, const char *name);
void       paddock_line_chart_set_picked   (PaddockLineChart *self, double picked, double value);
void       paddock_line_chart_set_best     (PaddockLineChart *self, double best);
/* The caption stands above the chart; the title and the summary are for those who do not see it. */
void       paddock_line_chart_set_caption  (PaddockLineChart *self, const char *caption);
void       paddock_line_chart_set_summary  (PaddockLineChart *self, const char *title, const char *summary);
/* The same as a table, in a dialog. */
void       paddock_line_chart_show_table   (PaddockLineChart *self, const char *title, const char *places,
                                            const char *values);

G_END_DECLS
