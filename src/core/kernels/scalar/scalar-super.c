/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/each-block.h"
#include "kernels/half.h"
#include "kernels/kernel-families.h"

/*
 * Two-bit numbers: 32 bytes hold 128 of them. The lowest pairs of all bytes come first, then the next pairs; each half of
 * such a row of 32 is a sub-block of 16 weights.
 */
static void
read_q2_k (const PaddockBlockQ2_K *block, float *out)
{
  const float d = paddock_half_load (block->d);
  const float dmin = paddock_half_load (block->dmin);

  for (guint sub = 0; sub < 16; sub++)
    {
      const guint8 *qs = block->qs + sub / 8 * 32 + sub % 2 * 16;
      const guint shift = sub % 8 / 2 * 2;
      const float scale = d * (float) (block->scales[sub] & 0xf);
      const float minimum = dmin * (float) (block->scales[sub] >> 4);

      for (guint i = 0; i < 16; i++)
        out[16 * sub + i] = scale * (float) (qs[i] >> shift & 3) - minimum;
    }
}

/* A scale of Q3_K has six bits: four in a half of the first eight bytes, two in the last four bytes. */
static int
q3_k_scale (const guint8 scales[12], guint sub)
{
  return (scales[sub % 8] >> sub / 8 * 4 & 0xf) | (scales[8 + sub % 4] >> sub / 4 * 2 & 3) << 4;
}

static void
read_q3_k (const PaddockBlockQ3_K *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint sub = 0; sub < 16; sub++)
    {
      const guint8 *qs = block->qs + sub / 8 * 32 + sub % 2 * 16;
      const guint8 *hmask = block->hmask + sub % 2 * 16;
      const guint shift = sub % 8 / 2 * 2;
      const float scale = d * (float) (q3_k_scale (block->scales, sub) - 32);

      for (guint i = 0; i < 16; i++)
        out[16 * sub + i] = scale * (float) ((qs[i] >> shift & 3) - ((hmask[i] >> sub / 2 & 1) != 0 ? 0 : 4));
    }
}

/* Eight scales and eight minimums of six bits share twelve bytes. */
static int
k4_scale (const guint8 scales[12], guint sub)
{
  return sub < 4 ? scales[sub] & 0x3f : (scales[sub + 4] & 0xf) | scales[sub - 4] >> 6 << 4;
}

static int
k4_minimum (const guint8 scales[12], guint sub)
{
  return sub < 4 ? scales[sub + 4] & 0x3f : scales[sub + 4] >> 4 | scales[sub] >> 6 << 4;
}

/* Of every 32 bytes, the low halves are one sub-block of 32 weights and the high ones the next. */
static void
read_q4_k (const PaddockBlockQ4_K *block, float *out)
{
  const float d = paddock_half_load (block->d);
  const float dmin = paddock_half_load (block->dmin);

  for (guint sub = 0; sub < 8; sub++)
    {
      const guint8 *qs = block->qs + sub / 2 * 32;
      const guint shift = sub % 2 * 4;
      const float scale = d * (float) k4_scale (block->scales, sub);
      const float minimum = dmin * (float) k4_minimum (block->scales, sub);

      for (guint i = 0; i < 32; i++)
        out[32 * sub + i] = scale * (float) (qs[i] >> shift & 0xf) - minimum;
    }
}

static void
read_q5_k (const PaddockBlockQ5_K *block, float *out)
{
  const float d = paddock_half_load (block->d);
  const float dmin = paddock_half_load (block->dmin);

  for (guint sub = 0; sub < 8; sub++)
    {
      const guint8 *qs = block->qs + sub / 2 * 32;
      const guint shift = sub % 2 * 4;
      const float scale = d * (float) k4_scale (block->scales, sub);
      const float minimum = dmin * (float) k4_minimum (block->scales, sub);

      for (guint i = 0; i < 32; i++)
        out[32 * sub + i] = scale * (float) ((qs[i] >> shift & 0xf) | (block->qh[i] >> sub & 1) << 4) - minimum;
    }
}

/* Each half of the block has 64 bytes of low bits, for four rows of 32 weights, and 32 bytes with two bits for each row. */
static void
read_q6_k (const PaddockBlockQ6_K *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint sub = 0; sub < 16; sub++)
    {
      const guint half = sub / 8;
      const guint row = sub % 8 / 2;
      const guint8 *ql = block->ql + 64 * half + row % 2 * 32 + sub % 2 * 16;
      const guint8 *qh = block->qh + 32 * half + sub % 2 * 16;
      const float scale = d * (float) block->scales[sub];

      for (guint i = 0; i < 16; i++)
        out[16 * sub + i] = scale * (float) (((ql[i] >> row / 2 * 4 & 0xf) | (qh[i] >> 2 * row & 3) << 4) - 32);
    }
}

static void
read_q8_k (const PaddockBlockQ8_K *block, float *out)
{
  guint32 bits;

  memcpy (&bits, &block->d, sizeof bits);

  const float d = paddock_float_from_bits (GUINT32_FROM_LE (bits));

  for (guint i = 0; i < 256; i++)
    out[i] = d * (float) block->qs[i];
}

PADDOCK_EACH_BLOCK (q2_k, Q2_K, 256)
PADDOCK_EACH_BLOCK (q3_k, Q3_K, 256)
PADDOCK_EACH_BLOCK (q4_k, Q4_K, 256)
PADDOCK_EACH_BLOCK (q5_k, Q5_K, 256)
PADDOCK_EACH_BLOCK (q6_k, Q6_K, 256)
PADDOCK_EACH_BLOCK (q8_k, Q8_K, 256)

const PaddockKernel paddock_scalar_super[] = {
  { 10, dequantize_q2_k, NULL },
  { 11, dequantize_q3_k, NULL },
  { 12, dequantize_q4_k, NULL },
  { 13, dequantize_q5_k, NULL },
  { 14, dequantize_q6_k, NULL },
  { 15, dequantize_q8_k, NULL },
  PADDOCK_KERNEL_END,
};
