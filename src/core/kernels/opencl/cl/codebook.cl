/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Four bits that index sixteen values. */

float8
look_up (constant const char *table, int8 at)
{
  return (float8) (table[at.s0], table[at.s1], table[at.s2], table[at.s3], table[at.s4], table[at.s5], table[at.s6],
                   table[at.s7]);
}

DEQUANTIZER (iq4_nl, 4, 18)
{
  float d = load_half_value (block);
  uchar8 bytes = vload8 (part & 1, block + 2);

  return d * look_up (codebook_iq4_nl, nibbles (bytes, part & 2));
}

DEQUANTIZER (iq4_xs, 32, 136)
{
  uint group = part / 4;
  uint low = block[4 + group / 2] >> 4 * (group & 1) & 15;
  uint high = load_16 (block + 2) >> 2 * group & 3;
  float d = load_half_value (block) * convert_float ((int) (low | high << 4) - 32);
  uchar8 bytes = vload8 (part & 1, block + 8 + 16 * group);

  return d * look_up (codebook_iq4_nl, nibbles (bytes, part & 2));
}

/* The table holds doubles of the values, so this is half of 2^(e - 127). */
DEQUANTIZER (mxfp4, 4, 17)
{
  uint e = block[0];
  float d = as_float (e < 2 ? 0x200000u << e : (e - 1) << 23);
  uchar8 bytes = vload8 (part & 1, block + 1);

  return look_up (codebook_fp4, nibbles (bytes, part & 2)) * d;
}

/* Half of an unsigned E4M3; what would be its NaN is 0. The highest bit is ignored, but 0xff is a number as in ggml. */
float
half_of_e4m3 (uint e)
{
  float small = convert_float (e & 7) * 0x1p-10f;
  uint normal = ((e >> 3 & 15) + 119) << 23 | (e & 7) << 20;

  if (e == 0x7f)
    return 0;
  return (e & 0x78) == 0 ? small : as_float (normal);
}

DEQUANTIZER (nvfp4, 8, 36)
{
  float d = half_of_e4m3 (block[part / 2]);
  uchar8 bytes = vload8 (part / 2, block + 4);

  return look_up (codebook_fp4, nibbles (bytes, part & 1)) * d;
}
