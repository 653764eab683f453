/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/chart-series.h"

#include <math.h>

/**
 * PaddockChartSeries:
 *
 * Points that belong together, from left to right.
 */
struct _PaddockChartSeries
{
  /* Owned */
  char *name;
  GArray *points;

  gboolean measured;
  gboolean has_spread;
};

static void
clear_series (gpointer data)
{
  PaddockChartSeries *self = data;

  g_free (self->name);
  g_array_unref (self->points);
}

/**
 * paddock_chart_series_new:
 * @name: what it is
 * @measured: whether its points were measured, and not computed
 *
 * Returns: (transfer full): the series, without points
 */
PaddockChartSeries *
paddock_chart_series_new (const char *name, gboolean measured)
{
  PaddockChartSeries *self = g_rc_box_new0 (PaddockChartSeries);

  self->name = g_strdup (name);
  self->points = g_array_new (FALSE, FALSE, sizeof (PaddockChartPoint));
  self->measured = measured;
  return self;
}

PaddockChartSeries *
paddock_chart_series_ref (PaddockChartSeries *self)
{
  return g_rc_box_acquire (self);
}

void
paddock_chart_series_unref (PaddockChartSeries *self)
{
  g_rc_box_release_full (self, clear_series);
}

void
paddock_chart_series_add (PaddockChartSeries *self, double x, double y)
{
  paddock_chart_series_add_spread (self, x, y, y, y);
}

/**
 * paddock_chart_series_add_spread:
 * @self: the series
 * @x: where the point is
 * @y: its value
 * @low: the least that was measured
 * @high: the most
 */
void
paddock_chart_series_add_spread (PaddockChartSeries *self, double x, double y, double low, double high)
{
  PaddockChartPoint point = { x, y, isfinite (low) ? MIN (low, y) : y, isfinite (high) ? MAX (high, y) : y };
  guint position = self->points->len;

  if (!isfinite (x) || !isfinite (y))
    return;
  while (position > 0 && paddock_chart_series_get_point (self, position - 1)->x > x)
    position--;
  g_array_insert_val (self->points, position, point);
  self->has_spread = self->has_spread || point.low < point.high;
}

const char *
paddock_chart_series_get_name (PaddockChartSeries *self)
{
  return self->name;
}

gboolean
paddock_chart_series_is_measured (PaddockChartSeries *self)
{
  return self->measured;
}

gboolean
paddock_chart_series_has_spread (PaddockChartSeries *self)
{
  return self->has_spread;
}

guint
paddock_chart_series_get_count (PaddockChartSeries *self)
{
  return self->points->len;
}

const PaddockChartPoint *
paddock_chart_series_get_point (PaddockChartSeries *self, guint position)
{
  g_return_val_if_fail (position < self->points->len, NULL);
  return &g_array_index (self->points, PaddockChartPoint, position);
}

/**
 * paddock_chart_series_get_value:
 * @self: the series
 * @x: a place
 *
 * Returns: the value there; NAN before the first point, behind the last, and between two that were measured
 */
double
paddock_chart_series_get_value (PaddockChartSeries *self, double x)
{
  for (guint i = 0; i < self->points->len; i++)
    {
      const PaddockChartPoint *point = paddock_chart_series_get_point (self, i);
      const PaddockChartPoint *last = i > 0 ? point - 1 : point;

      if (point->x == x)
        return point->y;
      if (point->x > x)
        return i > 0 && !self->measured ? last->y + (point->y - last->y) * (x - last->x) / (point->x - last->x) : NAN;
    }
  return NAN;
}
