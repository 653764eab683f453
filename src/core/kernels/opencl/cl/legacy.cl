/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One scale, sometimes a minimum, for each small block. */

DEQUANTIZER (q1_0, 16, 18)
{
  float d = load_half_value (block);

  return sign_values (~(uint) block[2 + part]) * d;
}

DEQUANTIZER (q2_0, 8, 18)
{
  float d = load_half_value (block);
  uint8 shifts = (uint8) (0, 2, 4, 6, 8, 10, 12, 14);

  return convert_float8 (as_int8 ((uint8) load_16 (block + 2 + 2 * part) >> shifts & 3) - 1) * d;
}

DEQUANTIZER (q4_0, 4, 18)
{
  float d = load_half_value (block);
  uchar8 bytes = vload8 (part & 1, block + 2);

  return convert_float8 (nibbles (bytes, part & 2) - 8) * d;
}

DEQUANTIZER (q4_1, 4, 20)
{
  float d = load_half_value (block);
  float m = load_half_value (block + 2);
  uchar8 bytes = vload8 (part & 1, block + 4);

  return convert_float8 (nibbles (bytes, part & 2)) * d + m;
}

/* The fifth bits of eight numbers, in their place. */
int8
fifth_bits (uint bits)
{
  uint8 shifts = (uint8) (0, 1, 2, 3, 4, 5, 6, 7);

  return as_int8 (((uint8) bits >> shifts & 1) << 4);
}

DEQUANTIZER (q5_0, 4, 22)
{
  float d = load_half_value (block);
  uchar8 bytes = vload8 (part & 1, block + 6);

  return convert_float8 ((nibbles (bytes, part & 2) | fifth_bits (block[2 + part])) - 16) * d;
}

DEQUANTIZER (q5_1, 4, 24)
{
  float d = load_half_value (block);
  float m = load_half_value (block + 2);
  uchar8 bytes = vload8 (part & 1, block + 8);

  return convert_float8 (nibbles (bytes, part & 2) | fifth_bits (block[4 + part])) * d + m;
}

DEQUANTIZER (q8_0, 4, 34)
{
  float d = load_half_value (block);

  return convert_float8 (as_char8 (vload8 (part, block + 2))) * d;
}

DEQUANTIZER (q8_1, 4, 36)
{
  float d = load_half_value (block);

  return convert_float8 (as_char8 (vload8 (part, block + 4))) * d;
}
