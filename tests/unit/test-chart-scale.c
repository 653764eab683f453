/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/chart-scale.h"

#include "charts/layer-chart.h"

#include <math.h>

static void
assert_ticks (double minimum, double maximum, guint most, const char *expected)
{
  PaddockChartScale scale;
  g_autoptr (GString) labels = g_string_new (NULL);

  paddock_chart_scale_init (&scale, minimum, maximum, most);
  g_assert_cmpuint (scale.count, <=, most);
  for (guint i = 0; i < scale.count; i++)
    {
      g_autofree char *label = paddock_chart_scale_format (&scale, paddock_chart_scale_get_tick (&scale, i));

      g_string_append_printf (labels, "%s%s", i > 0 ? " " : "", label);
    }
  g_assert_cmpstr (labels->str, ==, expected);
}

static void
test_ticks (void)
{
  assert_ticks (0, 10, 6, "0 2 4 6 8 10");
  assert_ticks (0, 10, 4, "0 5 10");
  assert_ticks (-0.25, 0.25, 5, "-0.2 -0.1 0 0.1 0.2");
  assert_ticks (-1, 1, 5, "-1.0 -0.5 0 0.5 1.0");
  assert_ticks (0.1, 0.4, 4, "0.1 0.2 0.3 0.4");
  assert_ticks (-0.5, 31.5, 4, "0 10 20 30");
  assert_ticks (0, 3e-7, 4, "0 1e-07 2e-07 3e-07");
  assert_ticks (0, 4e9, 5, "0 1e+09 2e+09 3e+09 4e+09");
  assert_ticks (0, 10, 1, "0");
}

static void
test_nothing (void)
{
  assert_ticks (0, 0, 5, "");
  assert_ticks (1, 0, 5, "");
  assert_ticks (0, 1, 0, "");
  assert_ticks (NAN, 1, 5, "");
  assert_ticks (0, INFINITY, 5, "");
  assert_ticks (-1.7e308, 1.7e308, 5, "");
  assert_ticks (0, 5e-324, 5, "");
}

static void
test_height (void)
{
  g_assert_cmpfloat (paddock_chart_scale_get_height (5, 10, FALSE), ==, 0.5);
  g_assert_cmpfloat (paddock_chart_scale_get_height (10, 10, TRUE), ==, 1);
  g_assert_cmpfloat (paddock_chart_scale_get_height (0, 10, TRUE), ==, 0);
  g_assert_cmpfloat (paddock_chart_scale_get_height (-1, 10, FALSE), ==, 0);
  g_assert_cmpfloat (paddock_chart_scale_get_height (NAN, 10, FALSE), ==, 0);
  g_assert_cmpfloat (paddock_chart_scale_get_height (1, 0, FALSE), ==, 0);
  g_assert_cmpfloat (paddock_chart_scale_get_height (20, 10, FALSE), ==, 1);
  /* One value beside a million can be seen. */
  g_assert_cmpfloat (paddock_chart_scale_get_height (1, 1e6, TRUE), >, 0.04);
}

static void
test_odd (void)
{
  const double even[] = { 1, 1.1, 0.9, 1, 1.05, 0.95 };
  const double odd[] = { 1, 1.1, 0.9, NAN, 9, 1, 1.05, 0.95 };
  const double equal[] = { 2, 2, 2, 2, 2, 2.01, 3 };
  const double few[] = { 1, 1, 1, 100 };
  gboolean found[8];

  g_assert_cmpuint (paddock_layer_chart_find_odd (even, G_N_ELEMENTS (even), found), ==, 0);
  g_assert_cmpuint (paddock_layer_chart_find_odd (odd, G_N_ELEMENTS (odd), found), ==, 1);
  g_assert_true (found[4]);
  g_assert_false (found[3]);
  /* Among equals a hundredth more is nothing yet. */
  g_assert_cmpuint (paddock_layer_chart_find_odd (equal, G_N_ELEMENTS (equal), found), ==, 1);
  g_assert_true (found[6]);
  g_assert_cmpuint (paddock_layer_chart_find_odd (few, G_N_ELEMENTS (few), found), ==, 0);
  g_assert_cmpuint (paddock_layer_chart_find_odd (NULL, 0, found), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/chart-scale/ticks", test_ticks);
  g_test_add_func ("/chart-scale/nothing", test_nothing);
  g_test_add_func ("/chart-scale/height", test_height);
  g_test_add_func ("/chart-scale/odd", test_odd);
  return g_test_run ();
}
