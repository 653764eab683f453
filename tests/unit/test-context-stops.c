/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/context-stops.h"

static void
assert_stops (guint64 least, guint64 most, guint64 largest, const char *expected)
{
  g_autoptr (GArray) stops = paddock_context_stops_list (least, most, largest);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < stops->len; i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i > 0 ? " " : "", g_array_index (stops, guint64, i));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_powers (void)
{
  assert_stops (512, 2048, 0, "512 640 768 896 1024 1280 1536 1792 2048");
  assert_stops (1024, 1024, 0, "1024");
}

static void
test_ends (void)
{
  /* The ends are there, whatever they are. */
  assert_stops (600, 1100, 0, "600 640 768 896 1024 1100");
  assert_stops (1, 5, 0, "1 4 5");
}

static void
test_largest (void)
{
  assert_stops (512, 1024, 700, "512 640 700 768 896 1024");
  assert_stops (512, 1024, 768, "512 640 768 896 1024");
  assert_stops (512, 1024, 1024, "512 640 768 896 1024");
  assert_stops (512, 1100, 1050, "512 640 768 896 1024 1050 1100");
  /* Nothing that is not between the ends. */
  assert_stops (512, 1024, 100, "512 640 768 896 1024");
  assert_stops (512, 1024, 5000, "512 640 768 896 1024");
}

static void
test_strange (void)
{
  assert_stops (0, 1024, 0, "");
  assert_stops (1024, 512, 0, "");
  assert_stops (1, G_MAXUINT64, 0, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/context-stops/powers", test_powers);
  g_test_add_func ("/context-stops/ends", test_ends);
  g_test_add_func ("/context-stops/largest", test_largest);
  g_test_add_func ("/context-stops/strange", test_strange);
  return g_test_run ();
}
