/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hidden-name.h"

#include <string.h>

static void
test_short (void)
{
  g_autofree char *name = paddock_hidden_name_make ("model.gguf", ".part");

  g_assert_cmpstr (name, ==, ".model.gguf.part");
  g_assert_true (paddock_hidden_name_has (name, ".part"));
  g_assert_false (paddock_hidden_name_has (name, ".journal"));
  g_assert_false (paddock_hidden_name_has ("model.gguf.part", ".part"));
  g_assert_false (paddock_hidden_name_has (".part", ".part"));
}

/* Up to the longest name that a folder takes, and of one of that length too. */
static void
test_long (void)
{
  for (gsize length = 200; length <= 255; length++)
    {
      g_autofree char *name = g_strnfill (length, 'a');
      g_autofree char *other = g_strnfill (length, 'a');
      g_autofree char *hidden = paddock_hidden_name_make (name, ".part");
      g_autofree char *second = NULL;

      other[length - 1] = 'b';
      second = paddock_hidden_name_make (other, ".part");
      g_assert_cmpuint (strlen (hidden), <=, 255);
      g_assert_true (paddock_hidden_name_has (hidden, ".part"));
      g_assert_cmpstr (hidden, !=, second);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hidden-name/short", test_short);
  g_test_add_func ("/hidden-name/long", test_long);
  return g_test_run ();
}
