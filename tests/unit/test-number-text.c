/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/number-text.h"

#define GIB (G_GUINT64_CONSTANT (1) << 30)
#define GB G_GUINT64_CONSTANT (1000000000)

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    PaddockNumberKind kind;
    guint64 value;
  } cases[] = {
    { "24", PADDOCK_NUMBER_SIZE, 24 * GB },
    { "24 GiB", PADDOCK_NUMBER_SIZE, 24 * GIB },
    { " 1.5 tb ", PADDOCK_NUMBER_SIZE, 1500 * GB },
    { "12\xc2\xa0" "GB", PADDOCK_NUMBER_SIZE, 12 * GB },
    { "0", PADDOCK_NUMBER_SIZE, 0 },
    { "512 B", PADDOCK_NUMBER_SIZE, 512 },
    { "80", PADDOCK_NUMBER_SPEED, 80 * GB },
    { "80 GB/s", PADDOCK_NUMBER_SPEED, 80 * GB },
    { "1 GiB", PADDOCK_NUMBER_SPEED, GIB },
    { "16", PADDOCK_NUMBER_COUNT, 16 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 value = 1;

      g_assert_true (paddock_number_text_parse (cases[i].text, cases[i].kind, &value));
      g_assert_cmpuint (value, ==, cases[i].value);
    }
}

static void
test_parse_refuses (void)
{
  static const struct
  {
    const char *text;
    PaddockNumberKind kind;
  } cases[] = {
    { "", PADDOCK_NUMBER_SIZE },         { "many", PADDOCK_NUMBER_SIZE },       { "-5 GB", PADDOCK_NUMBER_SIZE },
    { "0x10", PADDOCK_NUMBER_SIZE },     { "5 apples", PADDOCK_NUMBER_SIZE },   { "5 GB GB", PADDOCK_NUMBER_SIZE },
    { "5 GB/s", PADDOCK_NUMBER_SIZE },   { "9999999 TB", PADDOCK_NUMBER_SIZE }, { "1e400", PADDOCK_NUMBER_SIZE },
    { "GB", PADDOCK_NUMBER_SPEED },      { "1.5", PADDOCK_NUMBER_COUNT },       { "8 GB", PADDOCK_NUMBER_COUNT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 value;

      g_assert_false (paddock_number_text_parse (cases[i].text, cases[i].kind, &value));
    }
}

static void
test_format (void)
{
  static const struct
  {
    guint64 value;
    PaddockNumberKind kind;
    const char *text;
  } cases[] = {
    { 24 * GIB, PADDOCK_NUMBER_SIZE, "24 GiB" },
    { 24 * GB, PADDOCK_NUMBER_SIZE, "24.00 GB" },
    { 25276510209, PADDOCK_NUMBER_SIZE, "25.28 GB" },
    { 0, PADDOCK_NUMBER_SIZE, "0.00 B" },
    { 90 * GB, PADDOCK_NUMBER_SPEED, "90.00 GB/s" },
    { 12, PADDOCK_NUMBER_COUNT, "12" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = paddock_number_text_format (cases[i].value, cases[i].kind);
      guint64 value = 0;

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (paddock_number_text_parse (text, cases[i].kind, &value));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/number-text/parse", test_parse);
  g_test_add_func ("/number-text/parse-refuses", test_parse_refuses);
  g_test_add_func ("/number-text/format", test_format);
  return g_test_run ();
}
