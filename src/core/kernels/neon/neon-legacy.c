/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/kernel-families.h"
#include "kernels/neon/neon-store.h"
#include "quant/quant-blocks.h"

static void
q1_0 (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++, out += 128)
    {
      const PaddockBlockQ1_0 *block = (const PaddockBlockQ1_0 *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      /* A set bit is 1, a clear one -1. */
      for (guint i = 0; i < 8; i++)
        paddock_neon_store_16 (out + 16 * i,
                               vreinterpretq_s8_u8 (vorrq_u8 (vmvnq_u8 (paddock_neon_spread_bits (block->qs[2 * i],
                                                                                                 block->qs[2 * i + 1])),
                                                              vdupq_n_u8 (1))),
                               d);
    }
}

static void
q2_0 (const guint8 *blocks, gsize n_blocks, float *out)
{
  static const gint8 shifts[16] = { 0, -2, -4, -6, 0, -2, -4, -6, 0, -2, -4, -6, 0, -2, -4, -6 };

  for (gsize b = 0; b < n_blocks; b++, out += 64)
    {
      const PaddockBlockQ2_0 *block = (const PaddockBlockQ2_0 *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      for (guint i = 0; i < 4; i++)
        {
          uint8x16_t four = vreinterpretq_u8_u32 (vdupq_n_u32 (paddock_neon_load_u32 (block->qs + 4 * i)));
          uint8x16_t index = vreinterpretq_u8_u32 ((uint32x4_t) { 0x00000000, 0x01010101, 0x02020202, 0x03030303 });
          uint8x16_t codes = vandq_u8 (vshlq_u8 (vqtbl1q_u8 (four, index), vld1q_s8 (shifts)), vdupq_n_u8 (3));

          paddock_neon_store_16 (out + 16 * i, vsubq_s8 (vreinterpretq_s8_u8 (codes), vdupq_n_s8 (1)), d);
        }
    }
}

static void
q4_0 (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++, out += 32)
    {
      const PaddockBlockQ4_0 *block = (const PaddockBlockQ4_0 *) blocks + b;
      uint8x16_t qs = vld1q_u8 (block->qs);
      float d = paddock_neon_load_half (&block->d);

      paddock_neon_store_16 (out, vsubq_s8 (paddock_neon_low (qs), vdupq_n_s8 (8)), d);
      paddock_neon_store_16 (out + 16, vsubq_s8 (paddock_neon_high (qs), vdupq_n_s8 (8)), d);
    }
}

static void
q4_1 (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++, out += 32)
    {
      const PaddockBlockQ4_1 *block = (const PaddockBlockQ4_1 *) blocks + b;
      uint8x16_t qs = vld1q_u8 (block->qs);
      float d = paddock_neon_load_half (&block->d);
      float m = paddock_neon_load_half (&block->m);

      paddock_neon_store_16_plus (out, paddock_neon_low (qs), d, m);
      paddock_neon_store_16_plus (out + 16, paddock_neon_high (qs), d, m);
    }
}

/* Sixteen where the bit is set. */
PADDOCK_NEON_INLINE int8x16_t
fifth_bits (const guint8 *bits)
{
  return vreinterpretq_s8_u8 (vandq_u8 (paddock_neon_spread_bits (bits[0], bits[1]), vdupq_n_u8 (16)));
}

static void
q5_0 (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++, out += 32)
    {
      const PaddockBlockQ5_0 *block = (const PaddockBlockQ5_0 *) blocks + b;
      uint8x16_t qs = vld1q_u8 (block->qs);
      int8x16_t low = vorrq_s8 (paddock_neon_low (qs), fifth_bits (block->qh));
      int8x16_t high = vorrq_s8 (paddock_neon_high (qs), fifth_bits (block->qh + 2));
      float d = paddock_neon_load_half (&block->d);

      paddock_neon_store_16 (out, vsubq_s8 (low, vdupq_n_s8 (16)), d);
      paddock_neon_store_16 (out + 16, vsubq_s8 (high, vdupq_n_s8 (16)), d);
    }
}

static void
q5_1 (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++, out += 32)
    {
      const PaddockBlockQ5_1 *block = (const PaddockBlockQ5_1 *) blocks + b;
      uint8x16_t qs = vld1q_u8 (block->qs);
      float d = paddock_neon_load_half (&block->d);
      float m = paddock_neon_load_half (&block->m);

      paddock_neon_store_16_plus (out, vorrq_s8 (paddock_neon_low (qs), fifth_bits (block->qh)), d, m);
      paddock_neon_store_16_plus (out + 16, vorrq_s8 (paddock_neon_high (qs), fifth_bits (block->qh + 2)), d, m);
    }
}

static void
q8_0 (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++, out += 32)
    {
      const PaddockBlockQ8_0 *block = (const PaddockBlockQ8_0 *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      paddock_neon_store_16 (out, vld1q_s8 (block->qs), d);
      paddock_neon_store_16 (out + 16, vld1q_s8 (block->qs + 16), d);
    }
}

static void
q8_1 (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++, out += 32)
    {
      const PaddockBlockQ8_1 *block = (const PaddockBlockQ8_1 *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      paddock_neon_store_16 (out, vld1q_s8 (block->qs), d);
      paddock_neon_store_16 (out + 16, vld1q_s8 (block->qs + 16), d);
    }
}

const PaddockKernel paddock_neon_legacy[] = {
  { 2, q4_0, NULL }, { 3, q4_1, NULL }, { 6, q5_0, NULL },  { 7, q5_1, NULL },
  { 8, q8_0, NULL }, { 9, q8_1, NULL }, { 41, q1_0, NULL }, { 42, q2_0, NULL },
  PADDOCK_KERNEL_END,
};
