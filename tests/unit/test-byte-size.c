/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "byte-size.h"

#define KIB G_GUINT64_CONSTANT (1024)

static const struct
{
  const char *text;
  guint64 bytes;
} meant[] = {
  { "0", 0 },
  { "1", 1 },
  { "007", 7 },
  { "25769803776", 24 * KIB * KIB * KIB },
  { "24G", 24 * KIB * KIB * KIB },
  { "24g", 24 * KIB * KIB * KIB },
  { "24GiB", 24 * KIB * KIB * KIB },
  { "24gib", 24 * KIB * KIB * KIB },
  { "24GIB", 24 * KIB * KIB * KIB },
  { "1K", KIB },
  { "1KiB", KIB },
  { "3M", 3 * KIB *KIB },
  { "2T", 2 * KIB * KIB * KIB *KIB },
  { "0T", 0 },
  { "18446744073709551615", G_MAXUINT64 },
  { "16777215T", G_GUINT64_CONSTANT (16777215) << 40 },
  { "18014398509481983K", G_GUINT64_CONSTANT (18014398509481983) << 10 },
};

static const char *const senseless[] = {
  "",
  " ",
  " 1",
  "1 ",
  "+1",
  "-1",
  "-0",
  "0x10",
  "1.5G",
  "1,5G",
  "G",
  "GiB",
  "1B",
  "1GB",
  "1Gi",
  "1G iB",
  "1GiBs",
  "1 G",
  "1P",
  "1KK",
  "1K\n",
  "12\xd9\xa3",
  /* What no number holds is none, and not the largest. */
  "18446744073709551616",
  "99999999999999999999999999",
  "99999999999999999999999999K",
  "16777216T",
  "18014398509481984K",
};

static void
test_meant (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meant); i++)
    {
      guint64 bytes = 4711;

      g_test_message ("%s", meant[i].text);
      g_assert_true (paddock_byte_size_parse (meant[i].text, &bytes));
      g_assert_cmpuint (bytes, ==, meant[i].bytes);
    }
}

static void
test_senseless (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (senseless); i++)
    {
      guint64 bytes;

      g_test_message ("%s", senseless[i]);
      g_assert_false (paddock_byte_size_parse (senseless[i], &bytes));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/byte-size/meant", test_meant);
  g_test_add_func ("/byte-size/senseless", test_senseless);
  return g_test_run ();
}
