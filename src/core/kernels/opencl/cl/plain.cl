/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Types without blocks: eight numbers count as one. */

DEQUANTIZER (f32, 1, 32)
{
  return vload8 (0, (global const float *) block);
}

DEQUANTIZER (f16, 1, 16)
{
  uint8 bits = convert_uint8 (vload8 (0, (global const ushort *) block));
  uint8 size = bits & 0x7fff;
  uint8 normal = (size << 13) + select ((uint8) 0x38000000, (uint8) 0x70000000, size >= 0x7c00);
  uint8 small = as_uint8 (convert_float8 (size) * 0x1p-24f);

  return as_float8 ((bits & 0x8000) << 16 | select (normal, small, size < 0x400));
}

DEQUANTIZER (bf16, 1, 16)
{
  return as_float8 (convert_uint8 (vload8 (0, (global const ushort *) block)) << 16);
}

DEQUANTIZER (i8, 1, 8)
{
  return convert_float8 (as_char8 (vload8 (0, block)));
}

DEQUANTIZER (i16, 1, 16)
{
  return convert_float8 (vload8 (0, (global const short *) block));
}

DEQUANTIZER (i32, 1, 32)
{
  return convert_float8 (vload8 (0, (global const int *) block));
}

DEQUANTIZER (i64, 1, 64)
{
  return convert_float8 (vload8 (0, (global const long *) block));
}

/* The nearest float, of two the even one; with integers, because not every device has doubles. */
float
narrow (ulong bits)
{
  uint sign = (uint) (bits >> 32) & 0x80000000u;
  int exponent = (int) (bits >> 52 & 0x7ff);
  ulong mantissa = bits & 0xfffffffffffffUL;
  int shift = 29;
  uint base = 0;

  if (exponent == 0x7ff)
    return as_float (sign | 0x7f800000u | (mantissa != 0 ? 0x400000u : 0));
  exponent -= 1023 - 127;
  if (exponent >= 255)
    return as_float (sign | 0x7f800000u);
  if (exponent < -23)
    return as_float (sign);
  if (exponent <= 0)
    {
      mantissa |= 1UL << 52;
      shift += 1 - exponent;
    }
  else
    base = (uint) exponent << 23;

  uint kept = base + (uint) (mantissa >> shift);
  ulong rest = mantissa & ((1UL << shift) - 1);
  ulong middle = 1UL << (shift - 1);

  /* Rounding up may carry into the exponent, and from the largest one to infinity: that is right. */
  if (rest > middle || (rest == middle && (kept & 1) != 0))
    kept++;
  return as_float (sign | kept);
}

DEQUANTIZER (f64, 1, 64)
{
  ulong8 bits = vload8 (0, (global const ulong *) block);

  return (float8) (narrow (bits.s0), narrow (bits.s1), narrow (bits.s2), narrow (bits.s3), narrow (bits.s4),
                   narrow (bits.s5), narrow (bits.s6), narrow (bits.s7));
}
