/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 256 numbers whose sub-blocks have small scales of their own. */

/* Two bits of eight bytes: a half of 128 numbers has 32 bytes, whose pairs of bits are 32 numbers each. */
int8
pairs_of_bits (global const uchar *qs, uint part)
{
  uchar8 bytes = vload8 (part & 3, qs + 32 * (part / 16));
  uint shift = 2 * (part / 4 & 3);

  return convert_int8 (bytes >> (uchar8) shift & (uchar8) 3);
}

DEQUANTIZER (q2_k, 32, 84)
{
  uint scale = block[part / 2];
  float d = load_half_value (block + 80) * convert_float (scale & 15);
  float m = load_half_value (block + 82) * convert_float (scale >> 4);

  return d * convert_float8 (pairs_of_bits (block + 16, part)) - m;
}

DEQUANTIZER (q3_k, 32, 110)
{
  uint group = part / 2;
  uint low = block[96 + (group & 7)] >> 4 * (group / 8) & 15;
  uint high = block[104 + (group & 3)] >> 2 * (group / 4) & 3;
  float d = load_half_value (block + 108) * convert_float ((int) (low | high << 4) - 32);
  uchar8 mask = vload8 (part & 3, block) >> (uchar8) (part / 4) & (uchar8) 1;

  return d * convert_float8 (pairs_of_bits (block + 32, part) + 4 * convert_int8 (mask) - 4);
}

/* Eight scales and eight minimums of six bits, packed into twelve bytes: (scale, minimum). */
uint2
scale_and_minimum (global const uchar *scales, uint group)
{
  if (group < 4)
    return (uint2) (scales[group] & 63, scales[group + 4] & 63);
  return (uint2) ((scales[group + 4] & 15) | scales[group - 4] >> 6 << 4, scales[group + 4] >> 4 | scales[group] >> 6 << 4);
}

DEQUANTIZER (q4_k, 32, 144)
{
  uint group = part / 4;
  uint2 scale = scale_and_minimum (block + 4, group);
  float d = load_half_value (block) * convert_float (scale.s0);
  float m = load_half_value (block + 2) * convert_float (scale.s1);
  uchar8 bytes = vload8 (part & 3, block + 16 + 32 * (group / 2));

  return d * convert_float8 (nibbles (bytes, group & 1)) - m;
}

DEQUANTIZER (q5_k, 32, 176)
{
  uint group = part / 4;
  uint2 scale = scale_and_minimum (block + 4, group);
  float d = load_half_value (block) * convert_float (scale.s0);
  float m = load_half_value (block + 2) * convert_float (scale.s1);
  uchar8 bytes = vload8 (part & 3, block + 48 + 32 * (group / 2));
  uchar8 fifth = vload8 (part & 3, block + 16) >> (uchar8) group & (uchar8) 1;

  return d * convert_float8 (nibbles (bytes, group & 1) + 16 * convert_int8 (fifth)) - m;
}

DEQUANTIZER (q6_k, 32, 210)
{
  uint side = part / 16;
  uint group = part / 4 & 3;
  float d = load_half_value (block + 208) * convert_float ((char) block[192 + part / 2]);
  uchar8 low = vload8 ((group & 1) * 4 + (part & 3), block + 64 * side);
  uchar8 high = vload8 (part & 3, block + 128 + 32 * side) >> (uchar8) (2 * group) & (uchar8) 3;

  return d * convert_float8 ((nibbles (low, group & 2) | convert_int8 (high) << 4) - 32);
}

DEQUANTIZER (q8_k, 32, 292)
{
  float d = as_float (load_32 (block));

  return d * convert_float8 (as_char8 (vload8 (part, block + 4)));
}
