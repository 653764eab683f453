/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/each-block.h"
#include "kernels/half.h"
#include "kernels/kernel-families.h"

/*
 * A byte of TQ1_0 is the fraction b / 256 of a number in base three: times 3^i, without what overflows, and times three
 * again, its digit i stands above the point. The digits of all bytes come in turn: first of every byte, second of every
 * byte.
 */
static void
read_digits (const guint8 *bytes, guint n_bytes, guint n_digits, float d, float *out)
{
  guint power = 1;

  for (guint digit = 0; digit < n_digits; digit++, power *= 3)
    for (guint i = 0; i < n_bytes; i++)
      {
        guint8 rest = (guint8) (bytes[i] * power);

        *out++ = (float) ((rest * 3 >> 8) - 1) * d;
      }
}

static void
read_tq1_0 (const PaddockBlockTQ1_0 *block, float *out)
{
  const float d = paddock_half_load (block->d);

  read_digits (block->qs, 32, 5, d, out);
  read_digits (block->qs + 32, 16, 5, d, out + 160);
  read_digits (block->qh, 4, 4, d, out + 240);
}

static void
read_tq2_0 (const PaddockBlockTQ2_0 *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint i = 0; i < 256; i++)
    out[i] = (float) ((block->qs[i / 128 * 32 + i % 32] >> i / 32 % 4 * 2 & 3) - 1) * d;
}

static void
read_i2_s (const PaddockBlockI2_S *block, float *out)
{
  /* Nobody writes the fourth code. */
  static const float values[4] = { -1, 0, 1, 0 };

  for (guint i = 0; i < 128; i++)
    out[i] = values[block->qs[i % 32] >> (6 - i / 32 * 2) & 3];
}

PADDOCK_EACH_BLOCK (tq1_0, TQ1_0, 256)
PADDOCK_EACH_BLOCK (tq2_0, TQ2_0, 256)
PADDOCK_EACH_BLOCK (i2_s, I2_S, 128)

const PaddockKernel paddock_scalar_ternary[] = {
  { 34, dequantize_tq1_0, NULL },
  { 35, dequantize_tq2_0, NULL },
  { 36, dequantize_i2_s, NULL },
  PADDOCK_KERNEL_END,
};
