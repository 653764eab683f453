/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/half.h"

#include <math.h>

static guint32
bits_of (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

static void
test_half (void)
{
  for (guint half = 0; half <= G_MAXUINT16; half++)
    {
      int exponent = (int) (half >> 10 & 0x1f);
      int mantissa = (int) (half & 0x3ff);
      float value = paddock_half_to_float ((guint16) half);
      double magnitude = exponent == 0 ? ldexp (mantissa, -24) : ldexp (1024 + mantissa, exponent - 25);

      g_assert_cmpint (!!signbit (value), ==, half >> 15);
      if (exponent == 31 && mantissa != 0)
        g_assert_true (isnan (value));
      else if (exponent == 31)
        g_assert_true (isinf (value));
      else
        g_assert_cmpfloat (fabs ((double) value), ==, magnitude);
    }
}

static void
test_half_nan_is_quiet (void)
{
  g_assert_cmphex (bits_of (paddock_half_to_float (0x7c01)), ==, 0x7fc02000);
  g_assert_cmphex (bits_of (paddock_half_to_float (0xfe00)), ==, 0xffc00000);
}

static void
test_half_load (void)
{
  const guint8 bytes[2] = { 0x00, 0xc0 };
  guint16 stored;

  memcpy (&stored, bytes, sizeof stored);
  g_assert_cmpfloat (paddock_half_load (stored), ==, -2.0f);
}

static void
test_bfloat (void)
{
  g_assert_cmpfloat (paddock_bfloat_to_float (0x3f80), ==, 1.0f);
  g_assert_cmpfloat (paddock_bfloat_to_float (0xc120), ==, -10.0f);
  g_assert_cmphex (bits_of (paddock_bfloat_to_float (0x8000)), ==, 0x80000000);
  g_assert_cmphex (bits_of (paddock_bfloat_to_float (0x0001)), ==, 0x00010000);
  g_assert_true (isinf (paddock_bfloat_to_float (0x7f80)));
  g_assert_true (isnan (paddock_bfloat_to_float (0xff81)));
}

static void
test_e8m0 (void)
{
  for (int e = 0; e <= G_MAXUINT8; e++)
    g_assert_cmpfloat ((double) paddock_e8m0_to_half_scale ((guint8) e), ==, ldexp (1, e - 128));
}

static void
test_ue4m3 (void)
{
  for (int e = 0; e <= G_MAXUINT8; e++)
    {
      int exponent = e >> 3 & 0xf;
      int mantissa = e & 7;
      double value = exponent == 0 ? ldexp (mantissa, -9) : ldexp (8 + mantissa, exponent - 10);

      if (e == 0x7f)
        value = 0;
      g_assert_cmpfloat ((double) paddock_ue4m3_to_half_scale ((guint8) e), ==, value / 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/half/half", test_half);
  g_test_add_func ("/half/half/nan-is-quiet", test_half_nan_is_quiet);
  g_test_add_func ("/half/half/load", test_half_load);
  g_test_add_func ("/half/bfloat", test_bfloat);
  g_test_add_func ("/half/e8m0", test_e8m0);
  g_test_add_func ("/half/ue4m3", test_ue4m3);
  return g_test_run ();
}
