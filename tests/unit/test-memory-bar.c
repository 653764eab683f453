/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/chart-palette.h"
#include "charts/memory-bar.h"

#define GB G_GUINT64_CONSTANT (1000000000)
#define WIDE 400
#define NARROW 4

static PaddockMemoryBar *
make_bar (guint64 capacity, guint64 available, guint64 taken)
{
  PaddockMemoryBar *bar = paddock_memory_bar_new ("Graphics Card", capacity, available, taken);

  paddock_memory_bar_add (bar, PADDOCK_MEMORY_PART_WEIGHTS, NULL, 4 * GB);
  paddock_memory_bar_add (bar, PADDOCK_MEMORY_PART_PROJECTOR, NULL, 0);
  paddock_memory_bar_add (bar, PADDOCK_MEMORY_PART_CACHE, "Draft", GB);
  return bar;
}

static void
test_segments (void)
{
  g_autoptr (PaddockMemoryBar) bar = make_bar (8 * GB, 7 * GB, GB);

  g_assert_cmpuint (paddock_memory_bar_get_count (bar), ==, 2);
  g_assert_cmpuint (paddock_memory_bar_get_needed (bar), ==, 5 * GB);
  g_assert_cmpstr (paddock_memory_bar_get_segment (bar, 0)->label, ==, "Weights");
  g_assert_cmpstr (paddock_memory_bar_get_segment (bar, 1)->label, ==, "Draft");
  g_assert_cmpint (paddock_memory_bar_get_segment (bar, 1)->part, ==, PADDOCK_MEMORY_PART_CACHE);
}

/* Each part has a name of its own, as it has a colour. */
static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int part = 0; part < PADDOCK_MEMORY_N_PARTS; part++)
    {
      const char *label = paddock_memory_part_get_label ((PaddockMemoryPart) part);

      g_assert_cmpstr (label, !=, "");
      g_assert_true (g_hash_table_add (seen, (gpointer) label));
    }
  g_assert_cmpint (PADDOCK_MEMORY_N_PARTS, <=, PADDOCK_CHART_PALETTE_SIZE);
}

static void
test_limits (void)
{
  g_autoptr (PaddockMemoryBar) bar = paddock_memory_bar_new ("", GB, 2 * GB, 3 * GB);

  g_assert_cmpuint (paddock_memory_bar_get_free (bar), ==, GB);
  g_assert_cmpuint (paddock_memory_bar_get_taken (bar), ==, GB);
  paddock_memory_bar_add (bar, PADDOCK_MEMORY_PART_WEIGHTS, NULL, G_MAXUINT64 - 1);
  paddock_memory_bar_add (bar, PADDOCK_MEMORY_PART_CACHE, NULL, GB);
  g_assert_cmpuint (paddock_memory_bar_get_needed (bar), ==, G_MAXUINT64);
}

static void
test_place (void)
{
  g_autoptr (PaddockMemoryBar) roomy = make_bar (10 * GB, 9 * GB, GB);
  g_autoptr (PaddockMemoryBar) over = make_bar (4 * GB, 2 * GB, 2 * GB);
  g_autoptr (PaddockMemoryBar) unknown = make_bar (0, 0, 0);
  g_autoptr (PaddockMemoryBar) empty = paddock_memory_bar_new ("", 0, 0, 0);

  g_assert_cmpfloat (paddock_memory_bar_place (roomy, 5 * GB), ==, 0.5);
  g_assert_cmpfloat (paddock_memory_bar_place (roomy, 20 * GB), ==, 1);
  /* What is needed beyond the capacity makes the bar longer than the device. */
  g_assert_cmpfloat (paddock_memory_bar_place (over, 4 * GB), ==, 0.8);
  g_assert_cmpfloat (paddock_memory_bar_place (unknown, 5 * GB), ==, 1);
  g_assert_cmpfloat (paddock_memory_bar_place (empty, GB), ==, 0);
}

static void
test_layout (void)
{
  g_autoptr (PaddockMemoryBar) bar = make_bar (8 * GB, 7 * GB, GB);
  float ends[2];

  paddock_memory_bar_lay_out (bar, WIDE, NARROW, ends);
  g_assert_cmpfloat_with_epsilon (ends[0], 200, 0.01);
  g_assert_cmpfloat_with_epsilon (ends[1], 250, 0.01);
}

static void
test_slivers (void)
{
  g_autoptr (PaddockMemoryBar) bar = paddock_memory_bar_new ("", 8 * GB, 8 * GB, 0);
  float ends[3];

  paddock_memory_bar_add (bar, PADDOCK_MEMORY_PART_WEIGHTS, NULL, 4 * GB);
  paddock_memory_bar_add (bar, PADDOCK_MEMORY_PART_CACHE, NULL, 1);
  paddock_memory_bar_add (bar, PADDOCK_MEMORY_PART_OVERHEAD, NULL, 1);
  paddock_memory_bar_lay_out (bar, WIDE, NARROW, ends);
  g_assert_cmpfloat_with_epsilon (ends[0], 200 - 2 * NARROW, 0.01);
  g_assert_cmpfloat_with_epsilon (ends[1], 200 - NARROW, 0.01);
  g_assert_cmpfloat_with_epsilon (ends[2], 200, 0.01);
  /* Where there is no room for that, all are alike. */
  paddock_memory_bar_lay_out (bar, 12, NARROW, ends);
  g_assert_cmpfloat_with_epsilon (ends[0], 2, 0.01);
  g_assert_cmpfloat_with_epsilon (ends[2], 6, 0.01);
}

static void
assert_description (PaddockMemoryBar *bar, const char *expected)
{
  g_autofree char *text = paddock_memory_bar_describe (bar);
  g_auto (GStrv) words = g_strsplit (text, "\u00a0", -1);
  g_autofree char *plain = g_strjoinv (" ", words);

  g_assert_cmpstr (plain, ==, expected);
}

static void
test_description (void)
{
  g_autoptr (PaddockMemoryBar) roomy = make_bar (8 * GB, 7 * GB, GB);
  g_autoptr (PaddockMemoryBar) over = make_bar (4 * GB, 4 * GB, 0);
  g_autoptr (PaddockMemoryBar) unknown = make_bar (0, 0, 0);
  g_autoptr (PaddockMemoryBar) empty = paddock_memory_bar_new ("", 4 * GB, 4 * GB, 0);

  assert_description (roomy, "5.0 GB of 8.0 GB: Weights 4.0 GB, Draft 1.0 GB. 7.0 GB free. Others use 1.0 GB");
  assert_description (over, "5.0 GB of 4.0 GB: Weights 4.0 GB, Draft 1.0 GB. 4.0 GB free. 1.0 GB more than is free");
  assert_description (unknown, "5.0 GB: Weights 4.0 GB, Draft 1.0 GB");
  assert_description (empty, "0 bytes of 4.0 GB. 4.0 GB free");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/memory-bar/segments", test_segments);
  g_test_add_func ("/memory-bar/names", test_names);
  g_test_add_func ("/memory-bar/limits", test_limits);
  g_test_add_func ("/memory-bar/place", test_place);
  g_test_add_func ("/memory-bar/layout", test_layout);
  g_test_add_func ("/memory-bar/slivers", test_slivers);
  g_test_add_func ("/memory-bar/description", test_description);
  return g_test_run ();
}
