/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Eight (or twice four) numbers are an entry of a grid, and their signs stand beside it. */

float8
grid_of_eight (ulong entry)
{
  return convert_float8 (as_uchar8 (entry));
}

float8
grid_of_four (uint first, uint second)
{
  return convert_float8 (as_uchar8 (first | (ulong) second << 32));
}

DEQUANTIZER (iq2_xxs, 32, 66)
{
  global const uchar *group = block + 2 + 8 * (part / 4);
  uint more = load_32 (group + 4);
  float d = load_half_value (block) * (0.5f + convert_float (more >> 28)) * 0.25f;
  uint signs = codebook_signs[more >> 7 * (part & 3) & 127];

  return d * grid_of_eight (codebook_iq2_xxs[group[part & 3]]) * sign_values (signs);
}

/* The scales of IQ2_XS and IQ2_S: four bits for 16 numbers. */
float
scale_of_sixteen (global const uchar *block, uint part)
{
  uint scale = block[part / 4] >> 4 * (part / 2 & 1) & 15;

  return 0.5f + convert_float (scale);
}

DEQUANTIZER (iq2_xs, 32, 74)
{
  uint code = load_16 (block + 2 + 2 * part);
  float d = load_half_value (block) * scale_of_sixteen (block + 66, part) * 0.25f;

  return d * grid_of_eight (codebook_iq2_xs[code & 511]) * sign_values (codebook_signs[code >> 9]);
}

DEQUANTIZER (iq2_s, 32, 82)
{
  uint high = (uint) block[66 + part / 4] << (8 - 2 * (part & 3)) & 0x300;
  float d = load_half_value (block) * scale_of_sixteen (block + 74, part) * 0.25f;

  return d * grid_of_eight (codebook_iq2_s[block[2 + part] | high]) * sign_values (block[34 + part]);
}

DEQUANTIZER (iq3_xxs, 32, 98)
{
  global const uchar *codes = block + 2 + 2 * part;
  uint more = load_32 (block + 66 + 4 * (part / 4));
  float d = load_half_value (block) * (0.5f + convert_float (more >> 28)) * 0.5f;
  float8 values = grid_of_four (codebook_iq3_xxs[codes[0]], codebook_iq3_xxs[codes[1]]);

  return d * values * sign_values (codebook_signs[more >> 7 * (part & 3) & 127]);
}

DEQUANTIZER (iq3_s, 32, 110)
{
  global const uchar *codes = block + 2 + 2 * part;
  uint high = block[66 + part / 4];
  uint scale = block[106 + part / 8] >> 4 * (part / 4 & 1) & 15;
  float d = load_half_value (block) * convert_float (1 + 2 * scale);
  uint first = codes[0] | (high << (8 - 2 * (part & 3)) & 256);
  uint second = codes[1] | (high << (7 - 2 * (part & 3)) & 256);

  return d * grid_of_four (codebook_iq3_s[first], codebook_iq3_s[second]) * sign_values (block[74 + part]);
}

#define DELTA 0.125f

float8
signed_grid (ulong entry, uint negative)
{
  return convert_float8 (as_char8 (entry)) + (negative ? -DELTA : DELTA);
}

DEQUANTIZER (iq1_s, 32, 50)
{
  uint more = load_16 (block + 34 + 2 * (part / 4));
  float d = load_half_value (block) * convert_float (2 * (more >> 12 & 7) + 1);
  uint code = block[2 + part] | (more >> 3 * (part & 3) & 7) << 8;

  return d * signed_grid (codebook_iq1[code], more & 0x8000);
}

DEQUANTIZER (iq1_m, 32, 56)
{
  global const uchar *scales = block + 48;
  uint bits = scales[1] >> 4 | (scales[3] & 0xf0u) | (scales[5] & 0xf0u) << 4 | (scales[7] & 0xf0u) << 8;
  uint small = load_16 (scales + 2 * (part / 8)) >> 3 * (part / 2 & 3) & 7;
  float d = half_value (bits) * convert_float (2 * small + 1);
  uint more = block[32 + part / 2] >> 4 * (part & 1);

  return d * signed_grid (codebook_iq1[block[part] | (more & 7) << 8], more & 8);
}
