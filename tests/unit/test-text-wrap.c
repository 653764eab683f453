/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text-wrap.h"

/* Two columns each. */
#define WIDE "\xe6\xbc\xa2\xe5\xad\x97"

static void
test_lines (void)
{
  static const struct
  {
    const char *text;
    guint columns;
    const char *indent, *wrapped;
  } cases[] = {
    { "", 10, "  ", "" },
    { "one two", 7, "  ", "one two" },
    { "one two", 6, "  ", "one\n  two" },
    { "one two three four", 9, "  ", "one two\n  three\n  four" },
    { "one two three four", 11, "  ", "one two\n  three\n  four" },
    { "one two three four", 12, "  ", "one two\n  three four" },
    /* What is longer than a line stays whole. */
    { "a longest b", 4, "", "a\nlongest\nb" },
    { "longest", 0, "  ", "longest" },
    /* Lines stay lines, empty ones too. */
    { "one\ntwo\n\nthree\n", 3, "  ", "one\ntwo\n\nthree\n" },
    { "one two\none two", 5, "> ", "one\n> two\none\n> two" },
    /* Columns are not bytes. */
    { "\xc3\xa4\xc3\xa4 \xc3\xb6\xc3\xb6", 5, "", "\xc3\xa4\xc3\xa4 \xc3\xb6\xc3\xb6" },
    { WIDE " " WIDE, 8, "", WIDE "\n" WIDE },
    { "  indented words", 10, "  ", "  indented\n  words" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *wrapped = paddock_text_wrap (cases[i].text, cases[i].columns, cases[i].indent);

      g_assert_cmpstr (wrapped, ==, cases[i].wrapped);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/text-wrap/lines", test_lines);
  return g_test_run ();
}
