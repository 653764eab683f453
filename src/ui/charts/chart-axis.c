/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/chart-axis.h"

#include "base/units.h"
#include "charts/chart-scale.h"

#include <glib/gi18n.h>
#include <math.h>

#define KIBI 1024.0
#define KILO 1000.0
#define LARGEST_BYTES 1e19
#define SLACK 1e-9

/**
 * paddock_chart_axis_init:
 * @self: (out caller-allocates): the axis
 * @unit: what it counts
 * @minimum: where it begins
 * @maximum: where it ends; made larger where it would not be an axis
 * @logarithmic: whether equal distances are equal ratios; only where it begins above 0
 */
void
paddock_chart_axis_init (PaddockChartAxis *self, PaddockChartUnit unit, double minimum, double maximum, gboolean logarithmic)
{
  self->unit = unit;
  self->minimum = isfinite (minimum) ? minimum : 0;
  self->maximum = isfinite (maximum) && maximum > self->minimum ? maximum : self->minimum + MAX (fabs (self->minimum), 1);
  self->logarithmic = logarithmic && self->minimum > 0;
}

/**
 * paddock_chart_axis_place:
 * @self: the axis
 * @value: a number
 *
 * Returns: where it stands: 0 at the beginning, 1 at the end, and beyond them outside
 */
double
paddock_chart_axis_place (const PaddockChartAxis *self, double value)
{
  if (self->logarithmic)
    return value > 0 ? log (value / self->minimum) / log (self->maximum / self->minimum) : -INFINITY;
  return (value - self->minimum) / (self->maximum - self->minimum);
}

double
paddock_chart_axis_find (const PaddockChartAxis *self, double place)
{
  if (self->logarithmic)
    return self->minimum * pow (self->maximum / self->minimum, place);
  return self->minimum + place * (self->maximum - self->minimum);
}

/* Powers of a number, the same number of them left out between each two; the largest is always there. */
static void
list_powers (const PaddockChartAxis *self, double base, guint most, PaddockChartTicks *ticks)
{
  int first = (int) ceil (log (self->minimum) / log (base) - SLACK);
  int last = (int) floor (log (self->maximum) / log (base) + SLACK);
  int stride = 1;

  if (last < first)
    return;
  while ((guint) ((last - first) / stride + 1) > most)
    stride++;
  for (int power = last - (last - first) / stride * stride; power <= last; power += stride)
    ticks->values[ticks->count++] = pow (base, power);
}

static void
list_multiples (const PaddockChartAxis *self, double step, guint most, PaddockChartTicks *ticks)
{
  double first = ceil (self->minimum / step - SLACK);
  double last;

  while (floor (self->maximum / step + SLACK) - ceil (self->minimum / step - SLACK) + 1 > most)
    step *= 2;
  first = ceil (self->minimum / step - SLACK);
  last = floor (self->maximum / step + SLACK);
  ticks->step = step;
  for (double multiple = first; multiple <= last; multiple++)
    ticks->values[ticks->count++] = multiple * step;
}

static void
list_round (const PaddockChartAxis *self, guint most, PaddockChartTicks *ticks)
{
  PaddockChartScale scale;

  paddock_chart_scale_init (&scale, self->minimum, self->maximum, most);
  ticks->step = scale.step;
  while (ticks->count < scale.count)
    {
      ticks->values[ticks->count] = paddock_chart_scale_get_tick (&scale, ticks->count);
      ticks->count++;
    }
}

/**
 * paddock_chart_axis_list_ticks:
 * @self: the axis
 * @most: how many labels there is room for
 * @ticks: (out caller-allocates): round values, no more than that
 */
void
paddock_chart_axis_list_ticks (const PaddockChartAxis *self, guint most, PaddockChartTicks *ticks)
{
  *ticks = (PaddockChartTicks) { 0 };
  most = MIN (most, PADDOCK_CHART_AXIS_MOST_TICKS);
  if (most == 0)
    return;
  if (self->logarithmic)
    list_powers (self, self->unit == PADDOCK_CHART_TOKENS ? 2 : 10, most, ticks);
  if (ticks->count > 1 || (ticks->count == 1 && most == 1))
    return;
  /* A short axis with hardly a power on it is labelled like any other. */
  *ticks = (PaddockChartTicks) { 0 };
  if (self->unit == PADDOCK_CHART_TOKENS)
    list_multiples (self, 1, most, ticks);
  else
    list_round (self, most, ticks);
}

static char *
format_tokens (double value)
{
  guint64 tokens = (guint64) CLAMP (value, 0, LARGEST_BYTES);
  guint64 kibi = (guint64) KIBI;
  gboolean mega = tokens > 0 && tokens % (kibi * kibi) == 0;
  g_autofree char *count = NULL;

  if (tokens == 0 || tokens % kibi != 0)
    return paddock_units_format_count (tokens);
  count = paddock_units_format_count (tokens / (mega ? kibi * kibi : kibi));
  /* Translators: numbers of tokens in units of 1024 and of 1024 times 1024, as people write a context: "32k", "1M". */
  return mega ? g_strdup_printf (_("%sM"), count) : g_strdup_printf (_("%sk"), count);
}

/* All labels of an axis in the unit of the largest, and as exact as the step asks for: "0.5 GB", "1.0 GB". */
static char *
format_bytes (const PaddockChartTicks *ticks, double value)
{
  double largest = MIN (ticks->values[ticks->count - 1], LARGEST_BYTES);
  int power = largest >= KILO ? (int) floor (log10 (largest) / 3 + SLACK) : 0;
  double size = pow (KILO, power);
  int digits = MAX (0, -(int) floor (log10 (ticks->step / size) + SLACK));
  g_autofree char *unit = NULL;

  if (value <= 0)
    return g_strdup ("0");
  unit = g_format_size_full ((guint64) largest, G_FORMAT_SIZE_ONLY_UNIT);
  /* The space does not break. */
  return g_strdup_printf ("%'.*f\u00a0%s", digits, value / size, unit);
}

/**
 * paddock_chart_axis_format_tick:
 * @self: the axis
 * @ticks: its labelled places
 * @position: one of them
 *
 * Returns: (transfer full): its label, by the locale
 */
char *
paddock_chart_axis_format_tick (const PaddockChartAxis *self, const PaddockChartTicks *ticks, guint position)
{
  double value = ticks->values[position];
  const PaddockChartScale scale = { .step = ticks->step };

  if (self->unit == PADDOCK_CHART_BYTES && ticks->step > 0)
    return format_bytes (ticks, value);
  if (self->unit == PADDOCK_CHART_NUMBER && ticks->step > 0)
    return paddock_chart_scale_format (&scale, value);
  return paddock_chart_axis_format_value (self, value);
}

char *
paddock_chart_axis_format_value (const PaddockChartAxis *self, double value)
{
  if (self->unit == PADDOCK_CHART_TOKENS)
    return format_tokens (value);
  if (self->unit == PADDOCK_CHART_BYTES)
    return paddock_units_format_size ((guint64) CLAMP (value, 0, LARGEST_BYTES));
  return paddock_chart_scale_format_number (value);
}
