/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/chart-series.h"

#include <math.h>

static void
test_order (void)
{
  g_autoptr (PaddockChartSeries) series = paddock_chart_series_new ("Runs", TRUE);

  paddock_chart_series_add (series, 3, 30);
  paddock_chart_series_add (series, 1, 10);
  paddock_chart_series_add (series, 2, 20);
  paddock_chart_series_add (series, NAN, 20);
  paddock_chart_series_add (series, 4, INFINITY);
  g_assert_cmpuint (paddock_chart_series_get_count (series), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (paddock_chart_series_get_point (series, i)->y, ==, 10 * (i + 1));
  g_assert_cmpstr (paddock_chart_series_get_name (series), ==, "Runs");
  g_assert_true (paddock_chart_series_is_measured (series));
  g_assert_false (paddock_chart_series_has_spread (series));
}

static void
test_spread (void)
{
  g_autoptr (PaddockChartSeries) series = paddock_chart_series_new ("Runs", TRUE);

  paddock_chart_series_add_spread (series, 1, 10, 9, 12);
  paddock_chart_series_add_spread (series, 2, 10, NAN, 9);
  g_assert_true (paddock_chart_series_has_spread (series));
  g_assert_cmpfloat (paddock_chart_series_get_point (series, 0)->low, ==, 9);
  g_assert_cmpfloat (paddock_chart_series_get_point (series, 0)->high, ==, 12);
  /* The value itself is always within. */
  g_assert_cmpfloat (paddock_chart_series_get_point (series, 1)->low, ==, 10);
  g_assert_cmpfloat (paddock_chart_series_get_point (series, 1)->high, ==, 10);
}

static void
test_computed (void)
{
  g_autoptr (PaddockChartSeries) series = paddock_chart_series_new ("Curve", FALSE);

  g_assert_true (isnan (paddock_chart_series_get_value (series, 1)));
  paddock_chart_series_add (series, 1, 10);
  g_assert_cmpfloat (paddock_chart_series_get_value (series, 1), ==, 10);
  paddock_chart_series_add (series, 3, 20);
  g_assert_cmpfloat (paddock_chart_series_get_value (series, 1.5), ==, 12.5);
  g_assert_cmpfloat (paddock_chart_series_get_value (series, 3), ==, 20);
  g_assert_true (isnan (paddock_chart_series_get_value (series, 0.5)));
  g_assert_true (isnan (paddock_chart_series_get_value (series, 3.5)));
}

static void
test_measured (void)
{
  g_autoptr (PaddockChartSeries) series = paddock_chart_series_new ("Runs", TRUE);

  paddock_chart_series_add (series, 1, 10);
  paddock_chart_series_add (series, 3, 20);
  g_assert_cmpfloat (paddock_chart_series_get_value (series, 1), ==, 10);
  g_assert_cmpfloat (paddock_chart_series_get_value (series, 3), ==, 20);
  /* Nobody measured that. */
  g_assert_true (isnan (paddock_chart_series_get_value (series, 2)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/chart-series/order", test_order);
  g_test_add_func ("/chart-series/spread", test_spread);
  g_test_add_func ("/chart-series/computed", test_computed);
  g_test_add_func ("/chart-series/measured", test_measured);
  return g_test_run ();
}
