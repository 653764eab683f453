/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/text-flags.h"

#include <string.h>

static void
test_characters (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    PaddockTextFlags flags;
  } cases[] = {
#define CASE(text, flags) { text, sizeof (text) - 1, flags }
    CASE ("", 0),
    CASE ("Llama 3 (héllo) 漢字 👩‍💻 é", 0),
    CASE ("a\nb\tc", PADDOCK_TEXT_LINES),
    CASE ("a\x1b[31m", PADDOCK_TEXT_CONTROL),
    CASE ("a\x7f", PADDOCK_TEXT_CONTROL),
    CASE ("a\xc2\x85", PADDOCK_TEXT_CONTROL),
    CASE ("a\xe2\x80\xae" "b", PADDOCK_TEXT_CONTROL),
    CASE ("a\xe2\x81\xa6" "b", PADDOCK_TEXT_CONTROL),
    CASE ("a\xe2\x80\x8b" "b", PADDOCK_TEXT_INVISIBLE),
    CASE ("\xef\xbb\xbf" "a", PADDOCK_TEXT_INVISIBLE),
    CASE ("a\0b", PADDOCK_TEXT_NUL),
    CASE ("\xc0\xaf", PADDOCK_TEXT_INVALID),
    CASE ("\xed\xa0\x80", PADDOCK_TEXT_INVALID),
    CASE ("\xf5\x80\x80\x80", PADDOCK_TEXT_INVALID),
    CASE ("abc\xe2\x82", PADDOCK_TEXT_INVALID),
    CASE ("e\xcc\x81\xcc\x82\xcc\x83", 0),
    CASE ("e\xcc\x81\xcc\x82\xcc\x83\xcc\x84", PADDOCK_TEXT_CONTROL),
#undef CASE
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmphex (paddock_text_flags_scan (cases[i].bytes, cases[i].length), ==, cases[i].flags);
}

static void
test_syntax (void)
{
  static const struct
  {
    const char *text;
    PaddockTextFlags flags;
  } cases[] = {
    { "Meta-Llama/Llama-3.1 8B", 0 },      { "100% free, a < b & c > d", 0 },   { "../x", PADDOCK_TEXT_PATH },
    { "/etc/passwd", PADDOCK_TEXT_PATH },  { "C:\\x", PADDOCK_TEXT_PATH },      { "..", PADDOCK_TEXT_PATH },
    { "<b>x</b>", PADDOCK_TEXT_MARKUP },   { "a&amp;b", PADDOCK_TEXT_MARKUP },  { "%s", PADDOCK_TEXT_PRINTF },
    { "%9999999d", PADDOCK_TEXT_PRINTF },  { "$(id)", PADDOCK_TEXT_COMMAND },   { "`id`", PADDOCK_TEXT_COMMAND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmphex (paddock_text_flags_scan_syntax (cases[i].text, strlen (cases[i].text)), ==, cases[i].flags);
      g_assert_nonnull (paddock_text_flags_describe (cases[i].flags));
    }
}

static void
test_use (void)
{
  g_assert_cmphex (paddock_text_flags_scan_prose ("a <SCRIPT>", 10), ==, PADDOCK_TEXT_MARKUP);
  g_assert_cmphex (paddock_text_flags_scan_prose ("a <b>b</b>", 10), ==, 0);
  g_assert_cmphex (paddock_text_flags_scan_address ("https://a.b", 11), ==, 0);
  g_assert_cmphex (paddock_text_flags_scan_address ("file:///etc", 11), ==, PADDOCK_TEXT_PATH);
  g_assert_cmphex (paddock_text_flags_scan_address ("10.1/abc", 8), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/text-flags/characters", test_characters);
  g_test_add_func ("/text-flags/syntax", test_syntax);
  g_test_add_func ("/text-flags/use", test_use);
  return g_test_run ();
}
