/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/kernel-families.h"
#include "kernels/neon/neon-store.h"
#include "quant/quant-blocks.h"

/* The digit of base three at the top of each byte, less one: three times the byte, without its low eight bits. */
PADDOCK_NEON_INLINE int8x16_t
top_digit (uint8x16_t bytes)
{
  uint16x8_t low = vmulq_n_u16 (vmovl_u8 (vget_low_u8 (bytes)), 3);
  uint16x8_t high = vmulq_n_u16 (vmovl_high_u8 (bytes), 3);

  return vsubq_s8 (vreinterpretq_s8_u8 (vshrn_high_n_u16 (vshrn_n_u16 (low, 8), high, 8)), vdupq_n_s8 (1));
}

static void
tq1_0 (const guint8 *blocks, gsize n_blocks, float *out)
{
  static const guint8 powers[5] = { 1, 3, 9, 27, 81 };

  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockTQ1_0 *block = (const PaddockBlockTQ1_0 *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      for (guint n = 0; n < 5; n++)
        for (guint half = 0; half < 2; half++, out += 16)
          paddock_neon_store_16 (out, top_digit (vmulq_u8 (vld1q_u8 (block->qs + 16 * half), vdupq_n_u8 (powers[n]))), d);
      for (guint n = 0; n < 5; n++, out += 16)
        paddock_neon_store_16 (out, top_digit (vmulq_u8 (vld1q_u8 (block->qs + 32), vdupq_n_u8 (powers[n]))), d);

      /* The last sixteen: four digits of each of four bytes. */
      uint8x16_t four = vreinterpretq_u8_u32 (vdupq_n_u32 (paddock_neon_load_u32 (block->qh)));
      uint8x16_t factors = vreinterpretq_u8_u32 ((uint32x4_t) { 0x01010101, 0x03030303, 0x09090909, 0x1b1b1b1b });

      paddock_neon_store_16 (out, top_digit (vmulq_u8 (four, factors)), d);
      out += 16;
    }
}

static void
tq2_0 (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockTQ2_0 *block = (const PaddockBlockTQ2_0 *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      for (guint i = 0; i < 16; i++, out += 16)
        {
          uint8x16_t qs = vld1q_u8 (block->qs + 32 * (i / 8) + 16 * (i % 2));
          int8x16_t shift = vdupq_n_s8 ((gint8) -(int) (i % 8 / 2 * 2));
          uint8x16_t codes = vandq_u8 (vshlq_u8 (qs, shift), vdupq_n_u8 (3));

          paddock_neon_store_16 (out, vsubq_s8 (vreinterpretq_s8_u8 (codes), vdupq_n_s8 (1)), d);
        }
    }
}

static void
i2_s (const guint8 *blocks, gsize n_blocks, float *out)
{
  /* The fourth code is never written and means nothing. */
  const int8x16_t values = { -1, 0, 1, 0 };

  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockI2_S *block = (const PaddockBlockI2_S *) blocks + b;

      for (guint i = 0; i < 8; i++, out += 16)
        {
          uint8x16_t qs = vld1q_u8 (block->qs + 16 * (i % 2));
          uint8x16_t codes = vandq_u8 (vshlq_u8 (qs, vdupq_n_s8 ((gint8) (i / 2 * 2) - 6)), vdupq_n_u8 (3));

          paddock_neon_store_16 (out, vqtbl1q_s8 (values, codes), 1.0f);
        }
    }
}

const PaddockKernel paddock_neon_ternary[] = {
  { 34, tq1_0, NULL },
  { 35, tq2_0, NULL },
  { 36, i2_s, NULL },
  PADDOCK_KERNEL_END,
};
