/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers that are -1, 0 and 1. */

/* Five digits of base three in a byte, as a fraction: the first one is what times three carries out of it. */
int8
digit_of_three (uchar8 bytes, uint power)
{
  uchar8 shifted = bytes * (uchar8) power;

  return convert_int8 (convert_ushort8 (shifted) * (ushort8) 3 >> (ushort8) 8) - 1;
}

uint
power_of_three (uint exponent)
{
  uint power = 1;

  for (uint i = 0; i < exponent; i++)
    power *= 3;
  return power;
}

DEQUANTIZER (tq1_0, 32, 54)
{
  float d = load_half_value (block + 52);
  int8 digits;

  if (part < 20)
    digits = digit_of_three (vload8 (part & 3, block), power_of_three (part / 4));
  else if (part < 30)
    digits = digit_of_three (vload8 (part & 1, block + 32), power_of_three ((part - 20) / 2));
  else
    {
      uchar4 bytes = vload4 (0, block + 48);
      uint power = power_of_three (2 * (part - 30));

      digits = digit_of_three ((uchar8) (bytes * (uchar4) power, bytes * (uchar4) (3 * power)), 1);
    }
  return convert_float8 (digits) * d;
}

DEQUANTIZER (tq2_0, 32, 66)
{
  float d = load_half_value (block + 64);
  uchar8 bytes = vload8 (part & 3, block + 32 * (part / 16));
  uint shift = 2 * (part / 4 & 3);

  return convert_float8 (convert_int8 (bytes >> (uchar8) shift & (uchar8) 3) - 1) * d;
}

/* The scale stands once for the whole tensor, and elsewhere. The fourth value is never written; it is 0. */
DEQUANTIZER (i2_s, 16, 32)
{
  uchar8 bytes = vload8 (part & 3, block);
  int8 codes = convert_int8 (bytes >> (uchar8) (6 - 2 * (part / 4)) & (uchar8) 3);

  return convert_float8 (select (codes - 1, (int8) 0, codes == 3));
}
