/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/chart-axis.h"

#include <math.h>

static void
assert_ticks (const PaddockChartAxis *axis, guint most, const char *expected)
{
  PaddockChartTicks ticks;
  g_autoptr (GString) labels = g_string_new (NULL);

  paddock_chart_axis_list_ticks (axis, most, &ticks);
  g_assert_cmpuint (ticks.count, <=, most);
  for (guint i = 0; i < ticks.count; i++)
    {
      g_autofree char *label = paddock_chart_axis_format_tick (axis, &ticks, i);

      g_string_append_printf (labels, "%s%s", i > 0 ? ", " : "", label);
    }
  g_string_replace (labels, "\u00a0", " ", 0);
  g_assert_cmpstr (labels->str, ==, expected);
}

static void
test_tokens (void)
{
  PaddockChartAxis axis;

  paddock_chart_axis_init (&axis, PADDOCK_CHART_TOKENS, 512, 131072, TRUE);
  assert_ticks (&axis, 16, "512, 1k, 2k, 4k, 8k, 16k, 32k, 64k, 128k");
  assert_ticks (&axis, 5, "512, 2k, 8k, 32k, 128k");
  assert_ticks (&axis, 3, "2k, 16k, 128k");
  assert_ticks (&axis, 1, "128k");
  paddock_chart_axis_init (&axis, PADDOCK_CHART_TOKENS, 4096, 1048576, TRUE);
  assert_ticks (&axis, 3, "16k, 128k, 1M");
  paddock_chart_axis_init (&axis, PADDOCK_CHART_TOKENS, 0, 131072, FALSE);
  assert_ticks (&axis, 5, "0, 32k, 64k, 96k, 128k");
  assert_ticks (&axis, 4, "0, 64k, 128k");
  /* Between two powers. */
  paddock_chart_axis_init (&axis, PADDOCK_CHART_TOKENS, 4200, 8000, TRUE);
  assert_ticks (&axis, 4, "5k, 6k, 7k");
}

static void
test_bytes (void)
{
  PaddockChartAxis axis;

  paddock_chart_axis_init (&axis, PADDOCK_CHART_BYTES, 0, 8e9, FALSE);
  assert_ticks (&axis, 5, "0, 2 GB, 4 GB, 6 GB, 8 GB");
  paddock_chart_axis_init (&axis, PADDOCK_CHART_BYTES, 0, 1.2e9, FALSE);
  assert_ticks (&axis, 4, "0, 0.5 GB, 1.0 GB");
  paddock_chart_axis_init (&axis, PADDOCK_CHART_BYTES, 0, 900, FALSE);
  assert_ticks (&axis, 3, "0, 500 bytes");
  paddock_chart_axis_init (&axis, PADDOCK_CHART_BYTES, 1e3, 1e9, TRUE);
  assert_ticks (&axis, 3, "1.0 kB, 1.0 MB, 1.0 GB");
}

static void
test_numbers (void)
{
  PaddockChartAxis axis;

  paddock_chart_axis_init (&axis, PADDOCK_CHART_NUMBER, 0, 100, FALSE);
  assert_ticks (&axis, 3, "0, 50, 100");
  paddock_chart_axis_init (&axis, PADDOCK_CHART_NUMBER, 1, 1000, TRUE);
  assert_ticks (&axis, 4, "1, 10, 100, 1000");
  assert_ticks (&axis, 2, "10, 1000");
  assert_ticks (&axis, 0, "");
}

static void
test_place (void)
{
  PaddockChartAxis axis;

  paddock_chart_axis_init (&axis, PADDOCK_CHART_TOKENS, 1024, 1024 * 1024, TRUE);
  g_assert_cmpfloat_with_epsilon (paddock_chart_axis_place (&axis, 1024), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (paddock_chart_axis_place (&axis, 32 * 1024), 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (paddock_chart_axis_find (&axis, 0.5), 32 * 1024, 1e-3);
  g_assert_cmpfloat (paddock_chart_axis_place (&axis, 0), <, 0);
  paddock_chart_axis_init (&axis, PADDOCK_CHART_NUMBER, 10, 30, FALSE);
  g_assert_cmpfloat (paddock_chart_axis_place (&axis, 20), ==, 0.5);
  g_assert_cmpfloat (paddock_chart_axis_find (&axis, 0.25), ==, 15);
}

static void
test_strange (void)
{
  PaddockChartAxis axis;

  /* There are no ratios to 0, and no axis without a length. */
  paddock_chart_axis_init (&axis, PADDOCK_CHART_NUMBER, 0, 100, TRUE);
  g_assert_false (axis.logarithmic);
  paddock_chart_axis_init (&axis, PADDOCK_CHART_NUMBER, 5, 5, FALSE);
  g_assert_cmpfloat (axis.maximum, >, axis.minimum);
  paddock_chart_axis_init (&axis, PADDOCK_CHART_BYTES, NAN, INFINITY, FALSE);
  g_assert_cmpfloat (axis.minimum, ==, 0);
  g_assert_cmpfloat (axis.maximum, ==, 1);
}

static void
assert_value (PaddockChartUnit unit, double value, const char *expected)
{
  PaddockChartAxis axis;
  g_autofree char *text = NULL;

  paddock_chart_axis_init (&axis, unit, 0, 1, FALSE);
  text = paddock_chart_axis_format_value (&axis, value);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_values (void)
{
  assert_value (PADDOCK_CHART_TOKENS, 0, "0");
  assert_value (PADDOCK_CHART_TOKENS, 1000, "1000");
  assert_value (PADDOCK_CHART_TOKENS, 4096, "4k");
  assert_value (PADDOCK_CHART_TOKENS, 4097, "4097");
  assert_value (PADDOCK_CHART_TOKENS, 1024.0 * 1024 * 2, "2M");
  assert_value (PADDOCK_CHART_TOKENS, 1024.0 * 1536, "1536k");
  assert_value (PADDOCK_CHART_BYTES, 5.2e9, "5.2\u00a0GB");
  assert_value (PADDOCK_CHART_BYTES, -1, "0 bytes");
  assert_value (PADDOCK_CHART_NUMBER, 12.345, "12.35");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/chart-axis/tokens", test_tokens);
  g_test_add_func ("/chart-axis/bytes", test_bytes);
  g_test_add_func ("/chart-axis/numbers", test_numbers);
  g_test_add_func ("/chart-axis/place", test_place);
  g_test_add_func ("/chart-axis/strange", test_strange);
  g_test_add_func ("/chart-axis/values", test_values);
  return g_test_run ();
}
