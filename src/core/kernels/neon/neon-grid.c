/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/kernel-families.h"
#include "kernels/neon/neon-store.h"
#include "quant/quant-blocks.h"
#include "quant/quant-codebooks.h"

/* Eight values, negative where a bit of @signs is set, times a scale. No value is zero, so the integer may change sign. */
PADDOCK_NEON_INLINE void
store_signed (float *out, guint64 values, guint8 signs, float scale)
{
  static const guint8 bits[8] = { 1, 2, 4, 8, 16, 32, 64, 128 };
  int8x8_t negative = vreinterpret_s8_u8 (vtst_u8 (vdup_n_u8 (signs), vld1_u8 (bits)));
  int8x8_t q = vreinterpret_s8_u64 (vcreate_u64 (values));

  /* All bits set is minus one: (q ^ -1) - -1 is -q. */
  paddock_neon_store_8 (out, vsub_s8 (veor_s8 (q, negative), negative), scale);
}

static void
iq2_xxs (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockIQ2_XXS *block = (const PaddockBlockIQ2_XXS *) blocks + b;
      const guint8 *qs = (const guint8 *) block + sizeof block->d;
      float d = paddock_neon_load_half (&block->d);

      for (guint i = 0; i < 8; i++, qs += 8)
        {
          guint32 word = paddock_neon_load_u32 (qs + 4);
          float scale = d * (0.5f + (float) (word >> 28)) * 0.25f;

          for (guint l = 0; l < 4; l++, out += 8)
            store_signed (out, paddock_codebook_iq2_xxs[qs[l]], paddock_codebook_signs[(word >> (7 * l)) & 127], scale);
        }
    }
}

static void
iq2_xs (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockIQ2_XS *block = (const PaddockBlockIQ2_XS *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      for (guint i = 0; i < 32; i++, out += 8)
        {
          guint16 code = block->qs[i];
          guint small = (block->scales[i / 4] >> (i % 4 / 2 * 4)) & 0xf;

          store_signed (out, paddock_codebook_iq2_xs[code & 511], paddock_codebook_signs[code >> 9],
                        d * (0.5f + (float) small) * 0.25f);
        }
    }
}

static void
iq2_s (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockIQ2_S *block = (const PaddockBlockIQ2_S *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      for (guint i = 0; i < 32; i++, out += 8)
        {
          guint code = block->qs[i] | ((guint) (block->qh[i / 4] >> (2 * (i % 4))) & 3) << 8;
          guint small = (block->scales[i / 4] >> (i % 4 / 2 * 4)) & 0xf;

          store_signed (out, paddock_codebook_iq2_s[code], block->qs[32 + i], d * (0.5f + (float) small) * 0.25f);
        }
    }
}

static void
iq3_xxs (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockIQ3_XXS *block = (const PaddockBlockIQ3_XXS *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      for (guint i = 0; i < 8; i++)
        {
          guint32 word = paddock_neon_load_u32 (block->qs + 64 + 4 * i);
          float scale = d * (0.5f + (float) (word >> 28)) * 0.5f;

          for (guint l = 0; l < 4; l++, out += 8)
            {
              const guint8 *pair = block->qs + 8 * i + 2 * l;
              guint64 values = paddock_codebook_iq3_xxs[pair[0]] | (guint64) paddock_codebook_iq3_xxs[pair[1]] << 32;

              store_signed (out, values, paddock_codebook_signs[(word >> (7 * l)) & 127], scale);
            }
        }
    }
}

static void
iq3_s (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockIQ3_S *block = (const PaddockBlockIQ3_S *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      for (guint i = 0; i < 32; i++, out += 8)
        {
          guint high = block->qh[i / 4] >> (2 * (i % 4));
          guint first = block->qs[2 * i] | (high & 1) << 8;
          guint second = block->qs[2 * i + 1] | (high >> 1 & 1) << 8;
          guint small = (block->scales[i / 8] >> (i / 4 % 2 * 4)) & 0xf;
          guint64 values = paddock_codebook_iq3_s[first] | (guint64) paddock_codebook_iq3_s[second] << 32;

          store_signed (out, values, block->signs[i], d * (float) (1 + 2 * small));
        }
    }
}

/* Eight of -1, 0 and 1, each shifted by an eighth up or down, times a scale. */
PADDOCK_NEON_INLINE void
store_shifted (float *out, guint64 values, gboolean down, float scale)
{
  float32x4x2_t q = paddock_neon_from_s16 (vmovl_s8 (vreinterpret_s8_u64 (vcreate_u64 (values))));
  float32x4_t shift = vdupq_n_f32 (down ? -0.125f : 0.125f);

  vst1q_f32 (out, vmulq_n_f32 (vaddq_f32 (q.val[0], shift), scale));
  vst1q_f32 (out + 4, vmulq_n_f32 (vaddq_f32 (q.val[1], shift), scale));
}

static void
iq1_s (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockIQ1_S *block = (const PaddockBlockIQ1_S *) blocks + b;
      float d = paddock_neon_load_half (&block->d);

      for (guint i = 0; i < 32; i++, out += 8)
        {
          guint16 high = block->qh[i / 4];
          guint code = block->qs[i] | ((guint) (high >> (3 * (i % 4))) & 7) << 8;

          store_shifted (out, paddock_codebook_iq1[code], high >> 15, d * (float) (2 * ((high >> 12) & 7) + 1));
        }
    }
}

static void
iq1_m (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize b = 0; b < n_blocks; b++)
    {
      const PaddockBlockIQ1_M *block = (const PaddockBlockIQ1_M *) blocks + b;
      guint16 words[4];
      guint16 bits = 0;
      float d;

      for (guint i = 0; i < 4; i++)
        {
          words[i] = paddock_neon_load_u16 (block->scales + 2 * i);
          bits = (guint16) (bits | (words[i] >> 12) << (4 * i));
        }
      d = paddock_neon_load_half (&bits);
      for (guint i = 0; i < 32; i++, out += 8)
        {
          guint high = block->qh[i / 2] >> (4 * (i % 2));
          guint small = (words[i / 8] >> (3 * (i % 8 / 2))) & 7;

          store_shifted (out, paddock_codebook_iq1[block->qs[i] | (high & 7) << 8], high >> 3 & 1,
                         d * (float) (2 * small + 1));
        }
    }
}

const PaddockKernel paddock_neon_grid[] = {
  { 16, iq2_xxs, NULL }, { 17, iq2_xs, NULL }, { 18, iq3_xxs, NULL }, { 19, iq1_s, NULL },
  { 21, iq3_s, NULL },   { 22, iq2_s, NULL },  { 29, iq1_m, NULL },
  PADDOCK_KERNEL_END,
};
