/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/units.h"

#include <locale.h>

static void
test_parameters (void)
{
  static const struct
  {
    gint64 parameters;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { 999, "999" },
    { 1000, "1 K" },
    { 1234, "1.23 K" },
    { 999499, "999 K" },
    { 999500, "1 M" },
    { 494032768, "494 M" },
    { 999999999, "1 B" },
    { 8030261248, "8.03 B" },
    { 6738415616, "6.74 B" },
    { 7000000000, "7 B" },
    { 9996000000, "10 B" },
    { 70553706496, "70.6 B" },
    { 99960000000, "100 B" },
    { 671026419200, "671 B" },
    { 1026470731056, "1.03 T" },
    { G_MAXINT64, "9223372 T" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = paddock_units_format_parameters (cases[i].parameters);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_null (paddock_units_format_parameters (-1));
  g_assert_null (paddock_units_format_parameters (G_MININT64));
}

static void
test_duration (void)
{
  static const struct
  {
    guint64 seconds;
    const char *text;
  } cases[] = {
    { 0, "0 s" },         { 12, "12 s" },        { 59, "59 s" },          { 60, "1 min" },
    { 170, "3 min" },     { 3569, "59 min" },    { 3570, "1 h" },         { 4800, "1 h 20 min" },
    { 86369, "23 h 59 min" }, { 86370, "1 d" },  { 90000, "1 d 1 h" },    { 86400 * 3, "3 d" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = paddock_units_format_duration (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  {
    g_autofree char *text = paddock_units_format_duration (G_MAXUINT64);

    g_assert_true (g_str_has_prefix (text, "213503982334601 d"));
  }
}

static void
test_size (void)
{
  g_autofree char *text = paddock_units_format_size (4920000000);
  g_autofree char *count = paddock_units_format_count (1234567);

  g_assert_cmpstr (text, ==, "4.9\302\240GB");
  g_assert_cmpstr (count, ==, "1234567");
}

static void
assert_escaped (const char *bytes, gssize length, gsize max_chars, const char *expected)
{
  g_autofree char *text = paddock_units_escape (bytes, length, max_chars);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_escape (void)
{
  assert_escaped ("plain", -1, 0, "plain");
  assert_escaped ("", 0, 5, "");
  assert_escaped ("a\nb\tc\rd\x1b[0m\x7f", -1, 0, "a\\nb\\tc\\rd\\x1b[0m\\x7f");
  assert_escaped ("a\0b", 3, 0, "a\\x00b");
  assert_escaped ("\xff\xc3", 2, 0, "\\xff\\xc3");
  assert_escaped ("\xc0\xaf\xed\xa0\x80", 5, 0, "\\xc0\\xaf\\xed\\xa0\\x80");
  assert_escaped ("x\342\200\256fugg", -1, 0, "x\\u202efugg");
  assert_escaped ("\302\205\342\200\250\363\240\200\201", -1, 0, "\\x85\\u2028\\U000e0001");
  assert_escaped ("Modèle 模型 👩\342\200\215💻", -1, 0, "Modèle 模型 👩\342\200\215💻");
  /* A character that is cut off by the end is not read beyond it. */
  assert_escaped ("\303\250", 1, 0, "\\xc3");
}

static void
test_escape_cut (void)
{
  assert_escaped ("abcdef", -1, 6, "abcdef");
  assert_escaped ("abcdefg", -1, 6, "abcde…");
  assert_escaped ("ééééé", -1, 3, "éé…");
  assert_escaped ("ab\ncd", -1, 4, "ab…");
  assert_escaped ("ab\ncd", -1, 5, "ab\\n…");
  assert_escaped ("ab", -1, 1, "…");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/units/parameters", test_parameters);
  g_test_add_func ("/units/duration", test_duration);
  g_test_add_func ("/units/size", test_size);
  g_test_add_func ("/units/escape", test_escape);
  g_test_add_func ("/units/escape-cut", test_escape_cut);
  return g_test_run ();
}
