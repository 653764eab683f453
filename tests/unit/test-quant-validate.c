/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quant/quant-validate.h"

#include <string.h>

#define BLOCKS 5000

typedef struct
{
  const char *type;
  guint at;                          /* where in the block */
  const char *hex;                   /* little-endian: what is put there */
  guint nan;
  guint infinity;
  guint width;                       /* of the number that is swapped for big-endian */
} Case;

static const Case cases[] = {
  { "F32", 0, "0000807f", 0, 1, 4 },       { "F32", 0, "010080ff", 1, 0, 4 },       { "F32", 0, "ffff7f7f", 0, 0, 4 },
  { "F16", 0, "007c", 0, 1, 2 },           { "F16", 0, "017e", 1, 0, 2 },           { "F16", 0, "ff7b", 0, 0, 2 },
  { "BF16", 0, "80ff", 0, 1, 2 },          { "BF16", 0, "817f", 1, 0, 2 },          { "BF16", 0, "7f7f", 0, 0, 2 },
  { "F64", 0, "000000000000f07f", 0, 1, 8 }, { "F64", 0, "010000000000f07f", 1, 0, 8 },
  /* 1e300 is more than an engine can hold. */
  { "F64", 0, "9c7500883ce4377e", 0, 1, 8 }, { "F64", 0, "000000e0ffffef47", 0, 0, 8 },
  { "Q4_0", 0, "007c", 0, 1, 2 },          { "Q4_1", 0, "007c017c", 1, 1, 2 },      { "Q4_1", 2, "00fc", 0, 1, 2 },
  { "Q5_0", 0, "017c", 1, 0, 2 },          { "Q5_1", 2, "017c", 1, 0, 2 },          { "Q8_0", 0, "00fc", 0, 1, 2 },
  { "Q8_1", 2, "007c", 0, 1, 2 },          { "Q2_K", 80, "007c", 0, 1, 2 },         { "Q2_K", 82, "017c", 1, 0, 2 },
  { "Q3_K", 108, "007c", 0, 1, 2 },        { "Q4_K", 2, "007c", 0, 1, 2 },          { "Q5_K", 0, "007e", 1, 0, 2 },
  { "Q6_K", 208, "007c", 0, 1, 2 },        { "TQ1_0", 52, "007c", 0, 1, 2 },        { "TQ2_0", 64, "017c", 1, 0, 2 },
  { "IQ1_S", 0, "007c", 0, 1, 2 },         { "IQ2_XXS", 0, "007c", 0, 1, 2 },       { "IQ4_XS", 0, "ff7f", 1, 0, 2 },
  { "Q1_0", 0, "007c", 0, 1, 2 },          { "Q2_0", 0, "007c", 0, 1, 2 },
  { "Q4_0", 2, "ffffffffffff", 0, 0, 0 },  { "Q6_K", 0, "ff7fff7f", 0, 0, 0 },
  /* A scale in four pieces. */
  { "IQ1_M", 48, "0000000000c00070", 0, 1, 2 }, { "IQ1_M", 48, "00f000f000f00070", 1, 0, 2 },
  { "IQ1_M", 48, "ff0fff0fff0fff0f", 0, 0, 2 },
  { "Q8_K", 0, "0000807f", 0, 1, 4 },      { "Q8_K", 0, "0100807f", 1, 0, 4 },
  /* Finite, and times a number of the block it is not. */
  { "Q8_K", 0, "ffff7f7f01", 0, 0, 0 },    { "Q8_K", 0, "ffff7f7f02", 0, 1, 0 },
  { "MXFP4", 0, "ff", 1, 0, 1 },           { "MXFP4", 0, "fe", 0, 1, 1 },           { "MXFP4", 0, "fd", 0, 0, 1 },
  { "MXFP4", 0, "fd06", 0, 1, 1 },         { "MXFP4", 0, "fd0070", 0, 1, 1 },       { "MXFP4", 0, "fd0555", 0, 0, 1 },
};

static guint
parse_hex (const char *hex, guint8 *bytes)
{
  guint count = 0;

  for (; *hex != '\0'; hex += 2)
    bytes[count++] = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));
  return count;
}

static void
swap (guint8 *bytes, guint count, guint width)
{
  for (guint at = 0; at + width <= count; at += width)
    for (guint i = 0; i < width / 2; i++)
      {
        guint8 byte = bytes[at + i];

        bytes[at + i] = bytes[at + width - 1 - i];
        bytes[at + width - 1 - i] = byte;
      }
}

/* At the first block, the last one, and at some between them, at an odd address. */
static void
check_case (const Case *test, const PaddockQuantType *type, gboolean swapped)
{
  static const guint places[] = { 0, 1, 63, 64, 2047, 2048, BLOCKS - 1 };
  g_autofree guint8 *memory = g_malloc0 ((gsize) BLOCKS * type->bytes + 1);
  guint8 bytes[16];
  guint count = parse_hex (test->hex, bytes);

  if (swapped)
    swap (bytes, count, test->width);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      PaddockQuantScan scan = PADDOCK_QUANT_SCAN_INIT;
      guint8 *place = memory + 1 + (gsize) places[i] * type->bytes + test->at;

      memcpy (place, bytes, count);
      paddock_quant_validate_scan (type, swapped, memory + 1, BLOCKS, &scan);
      g_assert_cmpuint (scan.nan, ==, test->nan);
      g_assert_cmpuint (scan.infinity, ==, test->infinity);
      g_assert_cmpuint (scan.first_bad, ==, test->nan + test->infinity > 0 ? places[i] : G_MAXUINT64);
      memset (place, 0, count);
    }
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PaddockQuantType *type = paddock_quant_type_lookup_by_name (cases[i].type);

      g_test_message ("%s %s", cases[i].type, cases[i].hex);
      g_assert_nonnull (type);
      g_assert_true (paddock_quant_validate_can_scan (type));
      check_case (&cases[i], type, FALSE);
      if (cases[i].width > 0)
        check_case (&cases[i], type, TRUE);
    }
}

static void
test_goes_on (void)
{
  const PaddockQuantType *type = paddock_quant_type_lookup_by_name ("F16");
  guint8 bytes[200] = { 0 };
  PaddockQuantScan scan = PADDOCK_QUANT_SCAN_INIT;

  paddock_quant_validate_scan (type, FALSE, bytes, 100, &scan);
  bytes[7] = 0x7c;
  bytes[9] = 0x7e;
  paddock_quant_validate_scan (type, FALSE, bytes, 100, &scan);
  paddock_quant_validate_scan (type, FALSE, bytes, 100, &scan);
  g_assert_cmpuint (scan.n_blocks, ==, 300);
  g_assert_cmpuint (scan.first_bad, ==, 103);
  g_assert_cmpuint (scan.infinity, ==, 2);
  g_assert_cmpuint (scan.nan, ==, 2);
}

/* What cannot hold a wrong number, and what nobody can read. */
static void
test_not_scanned (void)
{
  static const char *const names[] = { "I8", "I64", "NVFP4", "Q4_0_4_4", "I2_S", "TL2", "Q6_0" };

  g_assert_false (paddock_quant_validate_can_scan (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_false (paddock_quant_validate_can_scan (paddock_quant_type_lookup_by_name (names[i])));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/quant-validate/cases", test_cases);
  g_test_add_func ("/quant-validate/goes-on", test_goes_on);
  g_test_add_func ("/quant-validate/not-scanned", test_not_scanned);
  return g_test_run ();
}
