/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "block-map.h"

static void
test_sizes (void)
{
  static const guint64 sizes[] = { 0, 1, PADDOCK_BLOCK_SIZE - 1, PADDOCK_BLOCK_SIZE, PADDOCK_BLOCK_SIZE + 1 };
  static const guint64 blocks[] = { 0, 1, 1, 1, 2 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (PaddockBlockMap) map = paddock_block_map_new (sizes[i]);

      g_assert_cmpuint (paddock_block_map_get_size (map), ==, sizes[i]);
      g_assert_cmpuint (paddock_block_map_get_n_blocks (map), ==, blocks[i]);
      g_assert_cmpint (paddock_block_map_is_complete (map), ==, sizes[i] == 0);
      g_assert_cmpint (paddock_block_map_has_free (map), ==, sizes[i] > 0);
      for (guint64 block = 0; block < blocks[i]; block++)
        paddock_block_map_add (map, block);
      g_assert_cmpuint (paddock_block_map_get_done (map), ==, sizes[i]);
      g_assert_true (paddock_block_map_is_complete (map));
    }
}

static void
test_taking (void)
{
  g_autoptr (PaddockBlockMap) map = paddock_block_map_new (10 * PADDOCK_BLOCK_SIZE);
  guint64 first;

  g_assert_cmpuint (paddock_block_map_take (map, 4, &first), ==, 4);
  g_assert_cmpuint (first, ==, 0);
  paddock_block_map_add (map, 6);
  /* What is there ends a run. */
  g_assert_cmpuint (paddock_block_map_take (map, 4, &first), ==, 2);
  g_assert_cmpuint (first, ==, 4);
  paddock_block_map_add (map, 1);
  paddock_block_map_give_back (map, 0, 4);
  g_assert_cmpuint (paddock_block_map_take (map, 4, &first), ==, 1);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (paddock_block_map_take (map, 4, &first), ==, 2);
  g_assert_cmpuint (first, ==, 2);
  g_assert_cmpuint (paddock_block_map_take (map, 9, &first), ==, 3);
  g_assert_cmpuint (first, ==, 7);
  g_assert_cmpuint (paddock_block_map_take (map, 9, &first), ==, 0);
  g_assert_false (paddock_block_map_has_free (map));
}

/* Against what a person would count. */
static void
test_random (void)
{
  enum
  {
    N = 50
  };
  g_autoptr (PaddockBlockMap) map = paddock_block_map_new (N * PADDOCK_BLOCK_SIZE - 5);
  char states[N + 1] = { 0 }; /* 0, t, d */

  for (guint step = 0; step < 20000; step++)
    {
      guint64 block = (guint64) g_test_rand_int_range (0, N), first, count, prefix = 0, done = 0;

      switch (g_test_rand_int_range (0, 5))
        {
        case 0:
          paddock_block_map_add (map, block);
          states[block] = 'd';
          break;
        case 1:
          paddock_block_map_drop (map, block);
          states[block] = 0;
          break;
        case 2:
          count = (guint64) g_test_rand_int_range (0, N - (int) block + 1);
          paddock_block_map_give_back (map, block, count);
          for (guint64 i = block; i < block + count; i++)
            states[i] = states[i] == 't' ? 0 : states[i];
          break;
        default:
          count = paddock_block_map_take (map, 3, &first);
          for (guint64 i = 0; i < (count > 0 ? first : N); i++)
            g_assert_cmpint (states[i], !=, 0);
          for (guint64 i = first; i < first + count; i++)
            {
              g_assert_cmpint (states[i], ==, 0);
              states[i] = 't';
            }
        }
      while (prefix < N && states[prefix] == 'd')
        prefix++;
      for (guint64 i = 0; i < N; i++)
        {
          g_assert_cmpint (paddock_block_map_has (map, i), ==, states[i] == 'd');
          done += states[i] == 'd' ? (i == N - 1 ? PADDOCK_BLOCK_SIZE - 5 : PADDOCK_BLOCK_SIZE) : 0;
        }
      g_assert_cmpuint (paddock_block_map_get_prefix (map), ==, prefix);
      g_assert_cmpuint (paddock_block_map_get_done (map), ==, done);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/block-map/sizes", test_sizes);
  g_test_add_func ("/block-map/taking", test_taking);
  g_test_add_func ("/block-map/random", test_random);
  return g_test_run ();
}
