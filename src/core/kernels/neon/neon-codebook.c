/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/half.h"
#include "kernels/kernel-families.h"
#include "kernels/neon/neon-store.h"
#include "quant/quant-blocks.h"
#include "quant/quant-codebooks.h"

/* Sixteen bytes hold the first sixteen weights in their low halves, the others in their high ones. */
PADDOCK_NEON_INLINE void
store_nibbles (float *out, const guint8 *bytes, int8x16_t values, float scale)
{
  uint8x16_t qs = vld1q_u8 (bytes);

  paddock_neon_store_16 (out, vqtbl1q_s8 (values, vandq_u8 (qs, vdupq_n_u8 (0x0f))), scale);
  paddock_neon_store_16 (out + 16, vqtbl1q_s8 (values, vshrq_n_u8 (qs, 4)), scale);
}

static void
iq4_nl (const guint8 *blocks, gsize n_blocks, float *out)
{
  int8x16_t values = vld1q_s8 (paddock_codebook_iq4_nl);

  for (gsize b = 0; b < n_blocks; b++, out += 32)
    {
      const PaddockBlockIQ4_NL *block = (const PaddockBlockIQ4_NL *) blocks + b;

      store_nibbles (out, block->qs, values, paddock_neon_load_half (&block->d));
    }
}

static void
iq4_xs (const guint8 *blocks, gsize n_blocks, float *out)
{
  int8x16_t values = vld1q_s8 (paddock_codebook_iq4_nl);

  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockIQ4_XS *block = (const PaddockBlockIQ4_XS *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      for (guint i = 0; i < 8; i++, out += 32)
        {
          int low = (block->scales_l[i / 2] >> (4 * (i % 2))) & 0xf;
          int high = (block->scales_h >> (2 * i)) & 3;

          store_nibbles (out, block->qs + 16 * i, values, d * (float) ((low | high << 4) - 32));
        }
    }
}

static void
mxfp4 (const guint8 *blocks, gsize n_blocks, float *out)
{
  int8x16_t values = vld1q_s8 (paddock_codebook_fp4);

  for (gsize b = 0; b < n_blocks; b++, out += 32)
    {
      const PaddockBlockMXFP4 *block = (const PaddockBlockMXFP4 *) blocks + b;

      store_nibbles (out, block->qs, values, paddock_e8m0_to_half_scale (block->e));
    }
}

static void
nvfp4 (const guint8 *blocks, gsize n_blocks, float *out)
{
  int8x16_t values = vld1q_s8 (paddock_codebook_fp4);

  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockNVFP4 *block = (const PaddockBlockNVFP4 *) blocks + b;

      for (guint i = 0; i < 4; i++, out += 16)
        {
          uint8x8_t qs = vld1_u8 (block->qs + 8 * i);
          uint8x16_t codes = vcombine_u8 (vand_u8 (qs, vdup_n_u8 (0x0f)), vshr_n_u8 (qs, 4));

          paddock_neon_store_16 (out, vqtbl1q_s8 (values, codes), paddock_ue4m3_to_half_scale (block->d[i]));
        }
    }
}

const PaddockKernel paddock_neon_codebook[] = {
  { 20, iq4_nl, NULL },
  { 23, iq4_xs, NULL },
  { 39, mxfp4, NULL },
  { 40, nvfp4, NULL },
  PADDOCK_KERNEL_END,
};
