/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double x;
  double y;
  double low;                        /* the spread; the same as y where there is none */
  double high;
} PaddockChartPoint;

typedef struct _PaddockChartSeries PaddockChartSeries;

/* What is measured has a dot at each point; what is computed is a line alone. */
PaddockChartSeries      *paddock_chart_series_new         (const char *name, gboolean measured);
PaddockChartSeries      *paddock_chart_series_ref         (PaddockChartSeries *self);
void                     paddock_chart_series_unref       (PaddockChartSeries *self);
/* In any order; a point that is no number is left out. */
void                     paddock_chart_series_add         (PaddockChartSeries *self, double x, double y);
void                     paddock_chart_series_add_spread  (PaddockChartSeries *self, double x, double y, double low,
                                                           double high);
const char              *paddock_chart_series_get_name    (PaddockChartSeries *self);
gboolean                 paddock_chart_series_is_measured (PaddockChartSeries *self);
gboolean                 paddock_chart_series_has_spread  (PaddockChartSeries *self);
guint                    paddock_chart_series_get_count   (PaddockChartSeries *self);
const PaddockChartPoint *paddock_chart_series_get_point   (PaddockChartSeries *self, guint position);
/* The value at a place; NAN where nobody knows it. What is computed is known between its points too. */
double                   paddock_chart_series_get_value   (PaddockChartSeries *self, double x);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockChartSeries, paddock_chart_series_unref)

G_END_DECLS
