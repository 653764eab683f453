/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/histogram-chart.h"

#include "base/units.h"
#include "charts/chart-scale.h"

#include <glib/gi18n.h>

/**
 * PaddockHistogramChart:
 *
 * How many values there are of each size.
 */
struct _PaddockHistogramChart
{
  PaddockBarChart parent_instance;

  /* Owned */
  guint64 *counts;

  guint n_bins;
  double minimum;
  double maximum;
};

G_DEFINE_FINAL_TYPE (PaddockHistogramChart, paddock_histogram_chart, PADDOCK_TYPE_BAR_CHART)

static char *
format_edge (PaddockHistogramChart *self, guint edge)
{
  double part = (double) edge / self->n_bins;

  return paddock_chart_scale_format_number (self->minimum * (1 - part) + self->maximum * part);
}

static char *
name_bar (PaddockBarChart *chart, guint bin)
{
  g_autofree char *first = format_edge (PADDOCK_HISTOGRAM_CHART (chart), bin);
  g_autofree char *last = format_edge (PADDOCK_HISTOGRAM_CHART (chart), bin + 1);

  /* Translators: from one number to another, as "-0.25 to 0.5". */
  return g_strdup_printf (_("%s to %s"), first, last);
}

static char *
tell_bar (PaddockBarChart *chart, guint bin)
{
  guint64 number = PADDOCK_HISTOGRAM_CHART (chart)->counts[bin];
  g_autofree char *count = paddock_units_format_count (number);

  /* Translators: how many numbers of a tensor are in one range. */
  return g_strdup_printf (ngettext ("%s value", "%s values", (gulong) number), count);
}

static void
paddock_histogram_chart_finalize (GObject *object)
{
  g_free (PADDOCK_HISTOGRAM_CHART (object)->counts);
  G_OBJECT_CLASS (paddock_histogram_chart_parent_class)->finalize (object);
}

static void
paddock_histogram_chart_class_init (PaddockHistogramChartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_histogram_chart_finalize;
  PADDOCK_BAR_CHART_CLASS (klass)->name_bar = name_bar;
  PADDOCK_BAR_CHART_CLASS (klass)->tell_bar = tell_bar;
}

static void
paddock_histogram_chart_init (PaddockHistogramChart *self)
{
}

/**
 * paddock_histogram_chart_set_bins:
 * @self: the chart
 * @minimum: where the first bin begins
 * @maximum: where the last one ends
 * @counts: (array length=n_bins): how many values are in each
 * @n_bins: how many bins there are
 */
void
paddock_histogram_chart_set_bins (PaddockHistogramChart *self, double minimum, double maximum, const guint64 *counts,
                                  guint n_bins)
{
  g_autofree double *values = g_new0 (double, MAX (n_bins, 1));

  g_free (self->counts);
  self->counts = g_memdup2 (counts, n_bins * sizeof (guint64));
  self->n_bins = n_bins;
  self->minimum = minimum;
  self->maximum = maximum;
  for (guint i = 0; i < n_bins; i++)
    values[i] = (double) counts[i];
  paddock_bar_chart_set_data (PADDOCK_BAR_CHART (self), &(PaddockBarChartData) {
    .values = values,
    .count = n_bins,
    .left = minimum,
    .right = maximum,
  });
}
