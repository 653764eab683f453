/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/each-block.h"
#include "kernels/half.h"
#include "kernels/kernel-families.h"

static void
read_q1_0 (const PaddockBlockQ1_0 *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint i = 0; i < 128; i++)
    out[i] = (block->qs[i / 8] >> (i % 8) & 1) != 0 ? d : -d;
}

static void
read_q2_0 (const PaddockBlockQ2_0 *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint i = 0; i < 64; i++)
    out[i] = (float) ((block->qs[i / 4] >> 2 * (i % 4) & 3) - 1) * d;
}

static void
read_q4_0 (const PaddockBlockQ4_0 *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint i = 0; i < 16; i++)
    {
      out[i] = (float) ((block->qs[i] & 0xf) - 8) * d;
      out[i + 16] = (float) ((block->qs[i] >> 4) - 8) * d;
    }
}

static void
read_q4_1 (const PaddockBlockQ4_1 *block, float *out)
{
  const float d = paddock_half_load (block->d);
  const float m = paddock_half_load (block->m);

  for (guint i = 0; i < 16; i++)
    {
      out[i] = (float) (block->qs[i] & 0xf) * d + m;
      out[i + 16] = (float) (block->qs[i] >> 4) * d + m;
    }
}

/* The fifth bit of weight i, at its place. */
static int
fifth_bit (const guint8 qh[4], guint i)
{
  return (qh[i / 8] >> (i % 8) & 1) << 4;
}

static void
read_q5_0 (const PaddockBlockQ5_0 *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint i = 0; i < 16; i++)
    {
      out[i] = (float) (((block->qs[i] & 0xf) | fifth_bit (block->qh, i)) - 16) * d;
      out[i + 16] = (float) (((block->qs[i] >> 4) | fifth_bit (block->qh, i + 16)) - 16) * d;
    }
}

static void
read_q5_1 (const PaddockBlockQ5_1 *block, float *out)
{
  const float d = paddock_half_load (block->d);
  const float m = paddock_half_load (block->m);

  for (guint i = 0; i < 16; i++)
    {
      out[i] = (float) ((block->qs[i] & 0xf) | fifth_bit (block->qh, i)) * d + m;
      out[i + 16] = (float) ((block->qs[i] >> 4) | fifth_bit (block->qh, i + 16)) * d + m;
    }
}

static void
read_q8_0 (const PaddockBlockQ8_0 *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint i = 0; i < 32; i++)
    out[i] = (float) block->qs[i] * d;
}

static void
read_q8_1 (const PaddockBlockQ8_1 *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint i = 0; i < 32; i++)
    out[i] = (float) block->qs[i] * d;
}

PADDOCK_EACH_BLOCK (q1_0, Q1_0, 128)
PADDOCK_EACH_BLOCK (q2_0, Q2_0, 64)
PADDOCK_EACH_BLOCK (q4_0, Q4_0, 32)
PADDOCK_EACH_BLOCK (q4_1, Q4_1, 32)
PADDOCK_EACH_BLOCK (q5_0, Q5_0, 32)
PADDOCK_EACH_BLOCK (q5_1, Q5_1, 32)
PADDOCK_EACH_BLOCK (q8_0, Q8_0, 32)
PADDOCK_EACH_BLOCK (q8_1, Q8_1, 32)

const PaddockKernel paddock_scalar_legacy[] = {
  { 2, dequantize_q4_0, NULL },
  { 3, dequantize_q4_1, NULL },
  { 6, dequantize_q5_0, NULL },
  { 7, dequantize_q5_1, NULL },
  { 8, dequantize_q8_0, NULL },
  { 9, dequantize_q8_1, NULL },
  { 41, dequantize_q1_0, NULL },
  { 42, dequantize_q2_0, NULL },
  PADDOCK_KERNEL_END,
};
