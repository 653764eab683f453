/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gguf/gguf-name-index.h"

static const char *
get_name (gconstpointer owner, guint position, gsize *length)
{
  const char *const *names = owner;

  *length = strlen (names[position]);
  return names[position];
}

static void
test_find (void)
{
  static const char *const names[] = { "a", "", "blk.0.attn_q.weight", "blk.1.attn_q.weight", "b" };
  PaddockGgufNameIndex *index = paddock_gguf_name_index_new (G_N_ELEMENTS (names), get_name, names);
  guint position;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (paddock_gguf_name_index_find (index, names[i], strlen (names[i]), &position) && position == i);
  g_assert_false (paddock_gguf_name_index_find (index, "blk.0", 5, &position));
  g_assert_false (paddock_gguf_name_index_get_duplicate (index, &position));
  paddock_gguf_name_index_free (index);
}

static void
test_duplicate (void)
{
  static const char *const names[] = { "a", "b", "b", "a" };
  PaddockGgufNameIndex *index = paddock_gguf_name_index_new (G_N_ELEMENTS (names), get_name, names);
  guint position;

  g_assert_true (paddock_gguf_name_index_get_duplicate (index, &position) && position == 2);
  g_assert_true (paddock_gguf_name_index_find (index, "b", 1, &position) && position == 1);
  paddock_gguf_name_index_free (index);
}

static void
test_empty (void)
{
  PaddockGgufNameIndex *index = paddock_gguf_name_index_new (0, get_name, NULL);
  guint position;

  g_assert_false (paddock_gguf_name_index_find (index, "a", 1, &position));
  paddock_gguf_name_index_free (index);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gguf-name-index/find", test_find);
  g_test_add_func ("/gguf-name-index/duplicate", test_duplicate);
  g_test_add_func ("/gguf-name-index/empty", test_empty);
  return g_test_run ();
}
