/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/kernel-families.h"
#include "kernels/neon/neon-store.h"
#include "quant/quant-blocks.h"

static void
q2_k (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockQ2_K *block = (const PaddockBlockQ2_K *) blocks + b;
      float d = paddock_neon_load_half (&block->d);
      float dmin = paddock_neon_load_half (&block->dmin);

      for (guint i = 0; i < 16; i++, out += 16)
        {
          uint8x16_t qs = vld1q_u8 (block->qs + 32 * (i / 8) + 16 * (i % 2));
          int8x16_t shift = vdupq_n_s8 ((gint8) -(int) (i % 8 / 2 * 2));
          uint8x16_t codes = vandq_u8 (vshlq_u8 (qs, shift), vdupq_n_u8 (3));
          guint8 scale = block->scales[i];

          paddock_neon_store_16_plus (out, vreinterpretq_s8_u8 (codes), d * (float) (scale & 0xf),
                                      -(dmin * (float) (scale >> 4)));
        }
    }
}

/* Sixteen scales of six bits from twelve bytes. */
static void
unpack_q3_scales (const guint8 packed[12], gint8 scales[16])
{
  for (guint i = 0; i < 16; i++)
    {
      guint low = (packed[i % 8] >> (i < 8 ? 0 : 4)) & 0xf;
      guint high = (packed[8 + i % 4] >> (i / 4 * 2)) & 3;

      scales[i] = (gint8) ((int) (low | high << 4) - 32);
    }
}

static void
q3_k (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockQ3_K *block = (const PaddockBlockQ3_K *) blocks + b;
      float d = paddock_neon_load_half (&block->d);
      gint8 scales[16];

      unpack_q3_scales (block->scales, scales);
      for (guint i = 0; i < 16; i++, out += 16)
        {
          uint8x16_t qs = vld1q_u8 (block->qs + 32 * (i / 8) + 16 * (i % 2));
          uint8x16_t high = vtstq_u8 (vld1q_u8 (block->hmask + 16 * (i % 2)), vdupq_n_u8 ((guint8) (1u << (i / 2))));
          uint8x16_t codes = vandq_u8 (vshlq_u8 (qs, vdupq_n_s8 ((gint8) -(int) (i % 8 / 2 * 2))), vdupq_n_u8 (3));
          /* Four less where the bit of the mask is clear. */
          uint8x16_t less = vbicq_u8 (vdupq_n_u8 (4), high);

          paddock_neon_store_16 (out, vreinterpretq_s8_u8 (vsubq_u8 (codes, less)), d * (float) scales[i]);
        }
    }
}

/* The i-th of eight scales and minimums of six bits, in twelve bytes. */
static void
unpack_scale_and_min (const guint8 packed[12], guint i, guint8 *scale, guint8 *min)
{
  if (i < 4)
    {
      *scale = packed[i] & 63;
      *min = packed[i + 4] & 63;
      return;
    }
  *scale = (guint8) ((packed[i + 4] & 0xf) | (packed[i - 4] >> 6) << 4);
  *min = (guint8) ((packed[i + 4] >> 4) | (packed[i] >> 6) << 4);
}

/* Sixteen bytes with the four bits of sub-block i. */
PADDOCK_NEON_INLINE int8x16_t
four_bits (const guint8 *qs, guint i, guint half)
{
  uint8x16_t bytes = vld1q_u8 (qs + 32 * (i / 2) + 16 * half);

  return i % 2 == 0 ? paddock_neon_low (bytes) : paddock_neon_high (bytes);
}

static void
q4_k (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockQ4_K *block = (const PaddockBlockQ4_K *) blocks + b;
      float d = paddock_neon_load_half (&block->d);
      float dmin = paddock_neon_load_half (&block->dmin);

      for (guint i = 0; i < 8; i++, out += 32)
        {
          guint8 scale, min;

          unpack_scale_and_min (block->scales, i, &scale, &min);
          for (guint half = 0; half < 2; half++)
            paddock_neon_store_16_plus (out + 16 * half, four_bits (block->qs, i, half), d * (float) scale,
                                        -(dmin * (float) min));
        }
    }
}

static void
q5_k (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockQ5_K *block = (const PaddockBlockQ5_K *) blocks + b;
      float d = paddock_neon_load_half (&block->d);
      float dmin = paddock_neon_load_half (&block->dmin);

      for (guint i = 0; i < 8; i++, out += 32)
        {
          guint8 scale, min;

          unpack_scale_and_min (block->scales, i, &scale, &min);
          for (guint half = 0; half < 2; half++)
            {
              uint8x16_t set = vtstq_u8 (vld1q_u8 (block->qh + 16 * half), vdupq_n_u8 ((guint8) (1u << i)));
              int8x16_t fifth = vreinterpretq_s8_u8 (vandq_u8 (set, vdupq_n_u8 (16)));

              paddock_neon_store_16_plus (out + 16 * half, vorrq_s8 (four_bits (block->qs, i, half), fifth),
                                          d * (float) scale, -(dmin * (float) min));
            }
        }
    }
}

static void
q6_k (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockQ6_K *block = (const PaddockBlockQ6_K *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      /* Each half of the block is four rows of 32: two in the low bits of ql, two in the high ones. */
      for (guint i = 0; i < 16; i++, out += 16)
        {
          guint row = i % 8 / 2;
          uint8x16_t low = vld1q_u8 (block->ql + 64 * (i / 8) + 32 * (row % 2) + 16 * (i % 2));
          uint8x16_t high = vld1q_u8 (block->qh + 32 * (i / 8) + 16 * (i % 2));
          uint8x16_t upper = vandq_u8 (vshlq_u8 (high, vdupq_n_s8 ((gint8) -(int) (2 * row))), vdupq_n_u8 (3));
          int8x16_t codes = row < 2 ? paddock_neon_low (low) : paddock_neon_high (low);

          codes = vorrq_s8 (codes, vreinterpretq_s8_u8 (vshlq_n_u8 (upper, 4)));
          paddock_neon_store_16 (out, vsubq_s8 (codes, vdupq_n_s8 (32)), d * (float) block->scales[i]);
        }
    }
}

static void
q8_k (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockQ8_K *block = (const PaddockBlockQ8_K *) blocks + b;

      for (guint i = 0; i < 256; i += 16, out += 16)
        paddock_neon_store_16 (out, vld1q_s8 (block->qs + i), block->d);
    }
}

const PaddockKernel paddock_neon_super[] = {
  { 10, q2_k, NULL },
  { 11, q3_k, NULL },
  { 12, q4_k, NULL },
  { 13, q5_k, NULL },
  { 14, q6_k, NULL },
  { 15, q8_k, NULL },
  PADDOCK_KERNEL_END,
};
