/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/strict-parser.h"

#include <string.h>

static gboolean
reads (const char *text)
{
  g_autoptr (JsonParser) parser = paddock_strict_parser_new ();
  g_autoptr (GError) error = NULL;
  gboolean read = json_parser_load_from_data (parser, text, -1, &error);

  g_assert_true (read == (error == NULL));
  g_assert_true (!read || json_node_is_immutable (json_parser_get_root (parser)));
  return read;
}

static void
test_one (void)
{
  static const char *const texts[] = { "{}", "[]", " {\"a\": [1, 2.5, null, true, \"\\u00e4\"]}\n\n", "1", "\"text\"", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (reads (texts[i]));
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "{}{}",
    "[1][2]",
    "{\"a\": 1}\n{\"b\": 2}",
    "{} words",
    "1 2",
    "{\"a\": 1",
    "{'a': 1}",
    "{\"a\": 1,}",
    "var a = {};",
    "/* words */ {}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (reads (texts[i]));
}

/* As deep as a file can make it: an error, and nothing that runs out of stack. */
static void
test_deep (void)
{
  const gsize depth = 1000000;
  g_autofree char *text = g_malloc (depth + 1);

  memset (text, '[', depth);
  text[depth] = '\0';
  g_assert_false (reads (text));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/strict-parser/one", test_one);
  g_test_add_func ("/strict-parser/refused", test_refused);
  g_test_add_func ("/strict-parser/deep", test_deep);
  return g_test_run ();
}
