/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/layer-chart.h"

#include "base/units.h"
#include "charts/chart-scale.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>

#define FEWEST 5                     /* values that can have an odd one among them */
#define FAR 6.0                      /* from the median, in typical distances from it */
#define LEAST 0.1                    /* and at least this part of the median */
#define MOST_NAMED 8

/**
 * PaddockLayerChart:
 *
 * A number for each layer of a model, so that one that is unlike the others is seen.
 */
struct _PaddockLayerChart
{
  PaddockBarChart parent_instance;

  /* Owned */
  double *values;
  gboolean *odd;
  char **notes;                      /* what else is to be said of each; may be NULL */

  guint count;
  PaddockLayerUnit unit;
};

G_DEFINE_FINAL_TYPE (PaddockLayerChart, paddock_layer_chart, PADDOCK_TYPE_BAR_CHART)

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
find_median (double *numbers, guint count)
{
  qsort (numbers, count, sizeof *numbers, compare_numbers);
  return count % 2 == 1 ? numbers[count / 2] : (numbers[count / 2 - 1] + numbers[count / 2]) / 2;
}

/**
 * paddock_layer_chart_find_odd:
 * @values: (array length=count): numbers, NAN where there is none
 * @count: how many there are
 * @odd: (out caller-allocates) (array length=count): those far from what most are
 *
 * Returns: how many are odd
 */
guint
paddock_layer_chart_find_odd (const double *values, guint count, gboolean *odd)
{
  g_autofree double *numbers = g_new (double, MAX (count, 1));
  guint known = 0;
  guint found = 0;
  double median;
  double far;

  for (guint i = 0; i < count; i++)
    {
      odd[i] = FALSE;
      if (isfinite (values[i]))
        numbers[known++] = values[i];
    }
  if (known < FEWEST)
    return 0;
  median = find_median (numbers, known);
  for (guint i = 0; i < known; i++)
    numbers[i] = fabs (numbers[i] - median);
  far = MAX (FAR * find_median (numbers, known), LEAST * fabs (median));
  for (guint i = 0; i < count; i++)
    {
      odd[i] = isfinite (values[i]) && fabs (values[i] - median) > far;
      found += odd[i];
    }
  return found;
}

static char *
format_layer_value (PaddockBarChart *chart, double value)
{
  if (PADDOCK_LAYER_CHART (chart)->unit == PADDOCK_LAYER_BYTES)
    return paddock_units_format_size ((guint64) CLAMP (value, 0, 1e19));
  return paddock_chart_scale_format_number (value);
}

static char *
name_bar (PaddockBarChart *chart, guint layer)
{
  /* Translators: the number of a layer of a model. */
  return g_strdup_printf (_("Layer %u"), layer);
}

static char *
tell_bar (PaddockBarChart *chart, guint layer)
{
  PaddockLayerChart *self = PADDOCK_LAYER_CHART (chart);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *value = NULL;

  if (isnan (self->values[layer]))
    return g_strdup (_("Nothing"));
  value = format_layer_value (chart, self->values[layer]);
  g_string_append (text, value);
  if (self->notes != NULL && layer < g_strv_length (self->notes))
    g_string_append_printf (text, " · %s", self->notes[layer]);
  if (self->odd[layer])
    /* Translators: of a layer of a model whose value or size is far from that of the others. */
    g_string_append_printf (text, " · %s", _("unlike the others"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
paddock_layer_chart_finalize (GObject *object)
{
  PaddockLayerChart *self = PADDOCK_LAYER_CHART (object);

  g_free (self->values);
  g_free (self->odd);
  g_strfreev (self->notes);
  G_OBJECT_CLASS (paddock_layer_chart_parent_class)->finalize (object);
}

static void
paddock_layer_chart_class_init (PaddockLayerChartClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_layer_chart_finalize;
  PADDOCK_BAR_CHART_CLASS (klass)->name_bar = name_bar;
  PADDOCK_BAR_CHART_CLASS (klass)->tell_bar = tell_bar;
  PADDOCK_BAR_CHART_CLASS (klass)->format_value = format_layer_value;
}

static void
paddock_layer_chart_init (PaddockLayerChart *self)
{
}

/* "32 layers, from 1.2 MB to 3.4 MB. Unlike the others: 0, 31." */
static char *
summarize (PaddockLayerChart *self, guint n_odd)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;
  double minimum = INFINITY;
  double maximum = -INFINITY;
  guint named = 0;

  for (guint i = 0; i < self->count; i++)
    if (isfinite (self->values[i]))
      {
        minimum = MIN (minimum, self->values[i]);
        maximum = MAX (maximum, self->values[i]);
      }
  g_string_append_printf (text, ngettext ("%u layer", "%u layers", self->count), self->count);
  if (maximum < minimum)
    return g_string_free (g_steal_pointer (&text), FALSE);
  least = format_layer_value (PADDOCK_BAR_CHART (self), minimum);
  most = format_layer_value (PADDOCK_BAR_CHART (self), maximum);
  if (g_str_equal (least, most))
    /* Translators: after "32 layers": the value of each. */
    g_string_append_printf (text, _(", each %s."), most);
  else
    /* Translators: after "32 layers": the smallest and the largest value. */
    g_string_append_printf (text, _(", from %s to %s."), least, most);
  if (n_odd == 0)
    return g_string_free (g_steal_pointer (&text), FALSE);
  /* Translators: the numbers of layers follow. */
  g_string_append_printf (text, " %s", _("Unlike the others:"));
  for (guint i = 0; i < self->count && named < MOST_NAMED; i++)
    if (self->odd[i])
      g_string_append_printf (text, "%s %u", named++ > 0 ? "," : "", i);
  g_string_append (text, named < n_odd ? "…" : ".");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * paddock_layer_chart_set_values:
 * @self: the chart
 * @title: what the values are
 * @unit: how to write them
 * @values: (array length=n_layers): one for each layer; NAN where there is none
 * @notes: (array length=n_layers) (nullable): what else is to be said of each
 * @n_layers: how many layers there are
 *
 * Returns: (transfer full): the summary, for whoever wants to show it as well
 */
char *
paddock_layer_chart_set_values (PaddockLayerChart *self, const char *title, PaddockLayerUnit unit, const double *values,
                                const char * const *notes, guint n_layers)
{
  g_autofree char *summary = NULL;
  guint n_odd;

  g_free (self->values);
  g_free (self->odd);
  g_strfreev (self->notes);
  self->notes = g_strdupv ((char **) notes);
  self->values = g_memdup2 (values, n_layers * sizeof (double));
  self->odd = g_new0 (gboolean, MAX (n_layers, 1));
  self->count = n_layers;
  self->unit = unit;
  n_odd = paddock_layer_chart_find_odd (values, n_layers, self->odd);
  summary = summarize (self, n_odd);
  paddock_bar_chart_set_data (PADDOCK_BAR_CHART (self), &(PaddockBarChartData) {
    .values = values,
    .marks = self->odd,
    .count = n_layers,
    .left = -0.5,
    .right = n_layers - 0.5,
    .whole = TRUE,
  });
  paddock_bar_chart_set_summary (PADDOCK_BAR_CHART (self), title, summary);
  return g_steal_pointer (&summary);
}
