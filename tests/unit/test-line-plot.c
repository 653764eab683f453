/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/line-plot.h"

#include <math.h>

static void
make_plot (PaddockLinePlot *plot, gboolean logarithmic)
{
  PaddockChartAxis x, y;

  paddock_chart_axis_init (&x, PADDOCK_CHART_TOKENS, 1024, 16 * 1024, logarithmic);
  paddock_chart_axis_init (&y, PADDOCK_CHART_BYTES, 0, 1000, FALSE);
  paddock_line_plot_init (plot, &x, &y, 400, 200);
}

static void
test_place (void)
{
  PaddockLinePlot plot;

  make_plot (&plot, TRUE);
  g_assert_cmpfloat_with_epsilon (paddock_line_plot_get_x (&plot, 1024), 0, 0.01);
  g_assert_cmpfloat_with_epsilon (paddock_line_plot_get_x (&plot, 4096), 200, 0.01);
  /* Upwards is more. */
  g_assert_cmpfloat_with_epsilon (paddock_line_plot_get_y (&plot, 0), 200, 0.01);
  g_assert_cmpfloat_with_epsilon (paddock_line_plot_get_y (&plot, 250), 150, 0.01);
}

static void
test_outside (void)
{
  PaddockLinePlot plot;

  make_plot (&plot, TRUE);
  g_assert_cmpfloat (paddock_line_plot_get_y (&plot, 5000), ==, 0);
  g_assert_cmpfloat (paddock_line_plot_get_y (&plot, -5), ==, 200);
  g_assert_true (isfinite (paddock_line_plot_get_x (&plot, 0)));
  g_assert_cmpfloat (paddock_line_plot_get_x (&plot, 0), <, 0);
}

/* Marks beyond the axis are not drawn: they would be beside the chart. */
static void
test_has_place (void)
{
  PaddockLinePlot plot;

  for (guint logarithmic = 0; logarithmic < 2; logarithmic++)
    {
      make_plot (&plot, logarithmic == 1);
      g_assert_true (paddock_line_plot_has_place (&plot, 1024));
      g_assert_true (paddock_line_plot_has_place (&plot, 5000));
      g_assert_true (paddock_line_plot_has_place (&plot, 16384));
      g_assert_false (paddock_line_plot_has_place (&plot, 0));
      g_assert_false (paddock_line_plot_has_place (&plot, 1023));
      g_assert_false (paddock_line_plot_has_place (&plot, 16385));
      g_assert_false (paddock_line_plot_has_place (&plot, NAN));
    }
}

static void
test_stops (void)
{
  const double stops[] = { 1024, 4096, 8192, 16384 };
  PaddockLinePlot plot;

  make_plot (&plot, TRUE);
  g_assert_cmpint (paddock_line_plot_find_stop (&plot, stops, G_N_ELEMENTS (stops), -20), ==, 0);
  g_assert_cmpint (paddock_line_plot_find_stop (&plot, stops, G_N_ELEMENTS (stops), 99), ==, 0);
  g_assert_cmpint (paddock_line_plot_find_stop (&plot, stops, G_N_ELEMENTS (stops), 101), ==, 1);
  g_assert_cmpint (paddock_line_plot_find_stop (&plot, stops, G_N_ELEMENTS (stops), 900), ==, 3);
  g_assert_cmpint (paddock_line_plot_find_stop (&plot, stops, 0, 100), ==, -1);
  /* What is nearest depends on how the axis is divided. */
  make_plot (&plot, FALSE);
  g_assert_cmpint (paddock_line_plot_find_stop (&plot, stops, G_N_ELEMENTS (stops), 200), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/line-plot/place", test_place);
  g_test_add_func ("/line-plot/outside", test_outside);
  g_test_add_func ("/line-plot/has-place", test_has_place);
  g_test_add_func ("/line-plot/stops", test_stops);
  return g_test_run ();
}
