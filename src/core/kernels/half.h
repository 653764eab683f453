/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/*
 * The small floats that scales are stored in, exactly, with integer arithmetic and whatever the processor's modes are.
 */

static inline float
paddock_float_from_bits (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* IEEE 754 binary16. A signalling NaN becomes a quiet one. */
static inline float
paddock_half_to_float (guint16 half)
{
  guint32 sign = (guint32) (half & 0x8000u) << 16;
  guint32 exponent = (half >> 10) & 0x1fu;
  guint32 mantissa = half & 0x3ffu;

  if (exponent == 0x1f)
    return paddock_float_from_bits (sign | 0x7f800000u | mantissa << 13 | (mantissa != 0 ? 0x400000u : 0));
  if (exponent != 0)
    return paddock_float_from_bits (sign | (exponent + 112) << 23 | mantissa << 13);
  if (mantissa == 0)
    return paddock_float_from_bits (sign);

  /* A subnormal half is a normal float: its highest bit becomes the hidden one. */
  guint32 shift = (guint32) __builtin_clz (mantissa) - 21;

  return paddock_float_from_bits (sign | (113 - shift) << 23 | (mantissa << (13 + shift) & 0x7fffffu));
}

/* A half as it stands in a block. */
static inline float
paddock_half_load (guint16 stored)
{
  return paddock_half_to_float (GUINT16_FROM_LE (stored));
}

static inline float
paddock_bfloat_to_float (guint16 bfloat)
{
  return paddock_float_from_bits ((guint32) bfloat << 16);
}

/*
 * Half of an E8M0 scale, 2^(e - 128): the table of four-bit floats holds their doubles. The two smallest are subnormal
 * floats. 0xff, which means NaN, is 2^127 here as it is in ggml, whose results are the ones that count.
 */
static inline float
paddock_e8m0_to_half_scale (guint8 e)
{
  return paddock_float_from_bits (e < 2 ? 0x200000u << e : (guint32) (e - 1) << 23);
}

/* Half of an unsigned E4M3 scale, for the same table. The highest bit is ignored, but NaN is 0 only without it: so does ggml. */
static inline float
paddock_ue4m3_to_half_scale (guint8 e)
{
  guint32 exponent = (e >> 3) & 0xfu;
  guint32 mantissa = e & 7u;

  if (e == 0x7f)
    return 0;
  if (exponent == 0)
    return (float) mantissa * 0x1p-10f;
  return paddock_float_from_bits ((exponent + 119) << 23 | mantissa << 20);
}

G_END_DECLS
