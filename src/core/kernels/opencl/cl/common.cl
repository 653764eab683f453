/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What every program begins with. A work item writes eight numbers that are neighbours, so that neighbouring items
 * write neighbouring memory. A result has the bits of the scalar kernels: each operation is rounded on its own, in the
 * same order, and nothing is contracted.
 */
#pragma OPENCL FP_CONTRACT OFF

/* Beside the last whole item the buffers have room for another one: what it writes there nobody reads. */
#define DEQUANTIZER(name, parts, bytes)                                                                     \
  float8 name##_part (global const uchar *block, uint part);                                                \
                                                                                                            \
  kernel void dequantize_##name (global const uchar *blocks, global float *out, uint n_items)               \
  {                                                                                                         \
    uint item = get_global_id (0);                                                                          \
                                                                                                            \
    if (item < n_items)                                                                                     \
      vstore8 (name##_part (blocks + item / (parts) * (bytes), item % (parts)), item, out);                 \
  }                                                                                                         \
                                                                                                            \
  float8 name##_part (global const uchar *block, uint part)

uint
load_16 (global const uchar *at)
{
  return at[0] | (uint) at[1] << 8;
}

uint
load_32 (global const uchar *at)
{
  return load_16 (at) | load_16 (at + 2) << 16;
}

/* Exact for every half, and no step of it meets a subnormal float. */
float
half_value (uint bits)
{
  uint size = bits & 0x7fff;
  uint normal = (size << 13) + (size >= 0x7c00 ? 0x70000000u : 0x38000000u);
  uint small = as_uint (convert_float (size) * 0x1p-24f);

  return as_float ((bits & 0x8000) << 16 | (size < 0x400 ? small : normal));
}

float
load_half_value (global const uchar *at)
{
  return half_value (load_16 (at));
}

/* The halves of eight bytes: the low ones are of earlier numbers than the high ones. */
int8
nibbles (uchar8 bytes, uint high)
{
  return convert_int8 (high ? bytes >> (uchar8) 4 : bytes & (uchar8) 15);
}

/* -1 where bit i of the byte is set, else 1 */
float8
sign_values (uint bits)
{
  uint8 shifts = (uint8) (0, 1, 2, 3, 4, 5, 6, 7);

  return convert_float8 (1 - 2 * as_int8 ((uint8) bits >> shifts & 1));
}
