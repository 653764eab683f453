/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tile-layout.h"

static GArray *
list_starts (guint second, guint third)
{
  const guint starts[] = { 0, second, third };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_vals (array, starts, G_N_ELEMENTS (starts));
  return array;
}

static void
test_nothing (void)
{
  g_autoptr (PaddockTileLayout) layout = paddock_tile_layout_new ();

  paddock_tile_layout_set_shape (layout, 3, 50, 20);
  g_assert_cmpint (paddock_tile_layout_get_height (layout), ==, 0);
}

static void
test_list (void)
{
  g_autoptr (PaddockTileLayout) layout = paddock_tile_layout_new ();

  paddock_tile_layout_set_tiles (layout, 100000000, NULL);
  paddock_tile_layout_set_shape (layout, 1, 60, 0);
  g_assert_cmpint (paddock_tile_layout_get_height (layout), ==, G_GINT64_CONSTANT (6000000000));
  g_assert_cmpint (paddock_tile_layout_get_top (layout, 99999999), ==, G_GINT64_CONSTANT (5999999940));
  g_assert_cmpuint (paddock_tile_layout_find_row (layout, 0), ==, 0);
  g_assert_cmpuint (paddock_tile_layout_find_row (layout, 59), ==, 0);
  g_assert_cmpuint (paddock_tile_layout_find_row (layout, 60), ==, 1);
  g_assert_cmpuint (paddock_tile_layout_find_row (layout, G_GINT64_CONSTANT (7000000000)), ==, 99999999);
}

static void
test_grid (void)
{
  g_autoptr (PaddockTileLayout) layout = paddock_tile_layout_new ();

  paddock_tile_layout_set_tiles (layout, 8, NULL);
  paddock_tile_layout_set_shape (layout, 3, 100, 0);
  g_assert_cmpint (paddock_tile_layout_get_height (layout), ==, 300);
  g_assert_cmpint (paddock_tile_layout_get_top (layout, 5), ==, 100);
  g_assert_cmpuint (paddock_tile_layout_get_column (layout, 5), ==, 2);
  g_assert_cmpuint (paddock_tile_layout_find_row (layout, 150), ==, 3);
  /* Another number of columns places them anew. */
  paddock_tile_layout_set_shape (layout, 4, 100, 0);
  g_assert_cmpint (paddock_tile_layout_get_height (layout), ==, 200);
  g_assert_cmpuint (paddock_tile_layout_find_row (layout, 150), ==, 4);
}

static void
test_sections (void)
{
  g_autoptr (PaddockTileLayout) layout = paddock_tile_layout_new ();

  /* Of two, one and three tiles, each below a heading. */
  paddock_tile_layout_set_tiles (layout, 6, list_starts (2, 3));
  paddock_tile_layout_set_shape (layout, 2, 100, 30);
  g_assert_cmpint (paddock_tile_layout_get_height (layout), ==, 3 * 30 + 100 + 100 + 200);
  g_assert_cmpuint (paddock_tile_layout_get_section (layout, 1), ==, 0);
  g_assert_cmpuint (paddock_tile_layout_get_section (layout, 2), ==, 1);
  g_assert_cmpuint (paddock_tile_layout_get_section (layout, 5), ==, 2);
  g_assert_cmpuint (paddock_tile_layout_get_end (layout, 1), ==, 3);
  g_assert_cmpuint (paddock_tile_layout_get_end (layout, 2), ==, 6);
  g_assert_cmpint (paddock_tile_layout_get_top (layout, 0), ==, 30);
  g_assert_cmpint (paddock_tile_layout_get_top (layout, 2), ==, 160);
  g_assert_cmpint (paddock_tile_layout_get_top (layout, 5), ==, 390);
  g_assert_cmpuint (paddock_tile_layout_get_column (layout, 5), ==, 0);
  g_assert_cmpuint (paddock_tile_layout_find_row (layout, 0), ==, 0);
  g_assert_cmpuint (paddock_tile_layout_find_row (layout, 140), ==, 2);
  g_assert_cmpuint (paddock_tile_layout_find_row (layout, 389), ==, 3);
  g_assert_cmpuint (paddock_tile_layout_find_row (layout, 390), ==, 5);
}

static void
test_moves (void)
{
  g_autoptr (PaddockTileLayout) layout = paddock_tile_layout_new ();

  paddock_tile_layout_set_tiles (layout, 8, NULL);
  paddock_tile_layout_set_shape (layout, 3, 100, 0);
  g_assert_cmpuint (paddock_tile_layout_move (layout, 1, 1), ==, 4);
  g_assert_cmpuint (paddock_tile_layout_move (layout, 4, -1), ==, 1);
  g_assert_cmpuint (paddock_tile_layout_move (layout, 1, -1), ==, 1);
  /* The last row has no third column. */
  g_assert_cmpuint (paddock_tile_layout_move (layout, 5, 1), ==, 7);
  g_assert_cmpuint (paddock_tile_layout_move (layout, 6, 1), ==, 6);
  g_assert_cmpuint (paddock_tile_layout_move (layout, 0, 20), ==, 7);
  g_assert_cmpuint (paddock_tile_layout_move (layout, 7, -20), ==, 0);
}

static void
test_moves_between_sections (void)
{
  g_autoptr (PaddockTileLayout) layout = paddock_tile_layout_new ();

  paddock_tile_layout_set_tiles (layout, 6, list_starts (2, 3));
  paddock_tile_layout_set_shape (layout, 2, 100, 30);
  g_assert_cmpuint (paddock_tile_layout_move (layout, 1, 1), ==, 2);
  g_assert_cmpuint (paddock_tile_layout_move (layout, 2, 1), ==, 3);
  g_assert_cmpuint (paddock_tile_layout_move (layout, 4, -1), ==, 2);
  g_assert_cmpuint (paddock_tile_layout_move (layout, 2, -1), ==, 0);
  g_assert_cmpuint (paddock_tile_layout_move (layout, 4, 1), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/tile-layout/nothing", test_nothing);
  g_test_add_func ("/tile-layout/list", test_list);
  g_test_add_func ("/tile-layout/grid", test_grid);
  g_test_add_func ("/tile-layout/sections", test_sections);
  g_test_add_func ("/tile-layout/moves", test_moves);
  g_test_add_func ("/tile-layout/moves-between-sections", test_moves_between_sections);
  return g_test_run ();
}
