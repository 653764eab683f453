/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/chart-scale.h"

#include <gtk/gtk.h>
#include <math.h>

#define LEFT_TO_RIGHT_MARK "\u200e"
#define MOST_DIGITS 5                /* behind the point; smaller steps are written with an exponent */
#define LARGEST_PLAIN 1e7
#define SLACK 1e-9                   /* of a step: what rounding may take away */

/**
 * paddock_chart_scale_init:
 * @self: (out caller-allocates): the scale
 * @minimum: where the axis begins
 * @maximum: where it ends
 * @most: how many labels there is room for
 *
 * Finds the smallest round step that needs no more labels than that.
 */
void
paddock_chart_scale_init (PaddockChartScale *self, double minimum, double maximum, guint most)
{
  static const double steps[] = { 1, 2, 5, 10 };
  double span = maximum - minimum;
  double unit;

  *self = (PaddockChartScale) { 0 };
  if (!isfinite (minimum) || !isfinite (maximum) || !isfinite (span) || span <= 0 || most == 0)
    return;
  unit = pow (10, floor (log10 (span / most)));
  if (!isnormal (unit))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      double step = unit * steps[i];
      double first = ceil (minimum / step - SLACK);
      double last = floor (maximum / step + SLACK);

      if (last - first + 1 > most && i + 1 < G_N_ELEMENTS (steps))
        continue;
      self->step = step;
      self->first = first * step;
      self->count = last >= first ? (guint) MIN (last - first + 1, most) : 0;
      return;
    }
}

double
paddock_chart_scale_get_tick (const PaddockChartScale *self, guint position)
{
  double value = self->first + self->step * position;

  /* Not "-0", and not 1e-17 for what should be nothing. */
  return fabs (value) < self->step * SLACK ? 0 : value;
}

/* Among text that runs from right to left a sign would move behind its number. */
static char *
keep_sign_in_front (char *number)
{
  char *marked;

  if (*number != '-' || gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return number;
  marked = g_strconcat (LEFT_TO_RIGHT_MARK, number, NULL);
  g_free (number);
  return marked;
}

/**
 * paddock_chart_scale_format:
 * @self: a scale
 * @value: a place on it
 *
 * Returns: (transfer full): the number as a label
 */
char *
paddock_chart_scale_format (const PaddockChartScale *self, double value)
{
  int digits = self->step > 0 ? MAX (0, -(int) floor (log10 (self->step) + SLACK)) : 0;

  if (value == 0)
    return g_strdup ("0");
  if (self->step <= 0 || digits > MOST_DIGITS || fabs (value) >= LARGEST_PLAIN)
    return keep_sign_in_front (g_strdup_printf ("%.3g", value));
  return keep_sign_in_front (g_strdup_printf ("%'.*f", digits, value));
}

char *
paddock_chart_scale_format_number (double value)
{
  return keep_sign_in_front (g_strdup_printf ("%.4g", value == 0 ? 0.0 : value));
}

/**
 * paddock_chart_scale_get_height:
 * @value: what a bar stands for
 * @maximum: what the highest bar stands for
 * @logarithmic: whether each step up is ten times as much
 *
 * Returns: how high the bar is, as a part of the highest
 */
double
paddock_chart_scale_get_height (double value, double maximum, gboolean logarithmic)
{
  if (!(value > 0) || !(maximum > 0) || !isfinite (maximum))
    return 0;
  value = MIN (value, maximum);
  return logarithmic ? log1p (value) / log1p (maximum) : value / maximum;
}
