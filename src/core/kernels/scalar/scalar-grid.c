/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/each-block.h"
#include "kernels/half.h"
#include "kernels/kernel-families.h"
#include "quant/quant-codebooks.h"

/* What IQ1 adds to the values of its grid, or takes away. */
#define IQ1_DELTA 0.125f

/* Values of a grid, those negated whose bit is set. */
static void
read_grid (guint64 grid, guint n, guint signs, float scale, float *out)
{
  for (guint i = 0; i < n; i++)
    out[i] = scale * (float) (grid >> 8 * i & 0xff) * ((signs >> i & 1) != 0 ? -1.0f : 1.0f);
}

static guint32
load_u32 (const guint8 *bytes)
{
  return (guint32) bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16 | (guint32) bytes[3] << 24;
}

/* 32 weights are eight bytes: four indices, then four times seven bits of signs and four of scale. */
static void
read_iq2_xxs (const PaddockBlockIQ2_XXS *block, float *out)
{
  const float d = paddock_half_load (block->d);
  const guint8 *qs = (const guint8 *) block->qs;

  for (guint part = 0; part < 8; part++, qs += 8)
    {
      const guint32 signs = load_u32 (qs + 4);
      const float scale = d * (0.5f + (float) (signs >> 28)) * 0.25f;

      for (guint i = 0; i < 4; i++)
        read_grid (paddock_codebook_iq2_xxs[qs[i]], 8, paddock_codebook_signs[signs >> 7 * i & 0x7f], scale,
                   out + 32 * part + 8 * i);
    }
}

/* The scale of 16 weights in IQ2_XS and IQ2_S. */
static float
iq2_scale (float d, const guint8 scales[8], guint sub)
{
  return d * (0.5f + (float) (scales[sub / 2] >> 4 * (sub % 2) & 0xf)) * 0.25f;
}

static void
read_iq2_xs (const PaddockBlockIQ2_XS *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint i = 0; i < 32; i++)
    {
      const guint q = GUINT16_FROM_LE (block->qs[i]);

      read_grid (paddock_codebook_iq2_xs[q & 0x1ff], 8, paddock_codebook_signs[q >> 9],
                 iq2_scale (d, block->scales, i / 2), out + 8 * i);
    }
}

static void
read_iq2_s (const PaddockBlockIQ2_S *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint i = 0; i < 32; i++)
    {
      const guint index = block->qs[i] | (guint) (block->qh[i / 4] >> 2 * (i % 4) & 3) << 8;

      read_grid (paddock_codebook_iq2_s[index], 8, block->qs[32 + i], iq2_scale (d, block->scales, i / 2), out + 8 * i);
    }
}

static void
read_iq3_xxs (const PaddockBlockIQ3_XXS *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint part = 0; part < 8; part++)
    {
      const guint8 *qs = block->qs + 8 * part;
      const guint32 signs = load_u32 (block->qs + 64 + 4 * part);
      const float scale = d * (0.5f + (float) (signs >> 28)) * 0.5f;

      for (guint i = 0; i < 8; i++)
        read_grid (paddock_codebook_iq3_xxs[qs[i]], 4, (guint) paddock_codebook_signs[signs >> 7 * (i / 2) & 0x7f] >> 4 * (i % 2),
                   scale, out + 32 * part + 4 * i);
    }
}

static void
read_iq3_s (const PaddockBlockIQ3_S *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint i = 0; i < 64; i++)
    {
      const guint part = i / 8;
      const float scale = d * (float) (1 + 2 * (block->scales[part / 2] >> 4 * (part % 2) & 0xf));
      const guint index = block->qs[i] | (guint) (block->qh[part] >> i % 8 & 1) << 8;

      read_grid (paddock_codebook_iq3_s[index], 4, (guint) block->signs[i / 2] >> 4 * (i % 2), scale, out + 4 * i);
    }
}

/* Signed values, moved a little. */
static void
read_iq1_grid (guint64 grid, float scale, float delta, float *out)
{
  for (guint i = 0; i < 8; i++)
    out[i] = scale * ((float) (gint8) (grid >> 8 * i & 0xff) + delta);
}

static void
read_iq1_s (const PaddockBlockIQ1_S *block, float *out)
{
  const float d = paddock_half_load (block->d);

  for (guint i = 0; i < 32; i++)
    {
      const guint qh = GUINT16_FROM_LE (block->qh[i / 4]);
      const guint index = block->qs[i] | (qh >> 3 * (i % 4) & 7) << 8;

      read_iq1_grid (paddock_codebook_iq1[index], d * (float) (2 * (qh >> 12 & 7) + 1),
                     (qh & 0x8000) != 0 ? -IQ1_DELTA : IQ1_DELTA, out + 8 * i);
    }
}

static guint
iq1_m_word (const PaddockBlockIQ1_M *block, guint i)
{
  return block->scales[2 * i] | (guint) block->scales[2 * i + 1] << 8;
}

static void
read_iq1_m (const PaddockBlockIQ1_M *block, float *out)
{
  guint16 half = 0;

  for (guint i = 0; i < 4; i++)
    half |= (guint16) (iq1_m_word (block, i) >> 12 << 4 * i);

  const float d = paddock_half_to_float (half);

  for (guint i = 0; i < 32; i++)
    {
      const guint qh = (guint) block->qh[i / 2] >> 4 * (i % 2);
      const guint scale = iq1_m_word (block, i / 8) >> 3 * (i / 2 % 4) & 7;
      const guint index = block->qs[i] | (qh & 7) << 8;

      read_iq1_grid (paddock_codebook_iq1[index], d * (float) (2 * scale + 1), (qh & 8) != 0 ? -IQ1_DELTA : IQ1_DELTA,
                     out + 8 * i);
    }
}

PADDOCK_EACH_BLOCK (iq1_s, IQ1_S, 256)
PADDOCK_EACH_BLOCK (iq1_m, IQ1_M, 256)
PADDOCK_EACH_BLOCK (iq2_xxs, IQ2_XXS, 256)
PADDOCK_EACH_BLOCK (iq2_xs, IQ2_XS, 256)
PADDOCK_EACH_BLOCK (iq2_s, IQ2_S, 256)
PADDOCK_EACH_BLOCK (iq3_xxs, IQ3_XXS, 256)
PADDOCK_EACH_BLOCK (iq3_s, IQ3_S, 256)

const PaddockKernel paddock_scalar_grid[] = {
  { 16, dequantize_iq2_xxs, NULL },
  { 17, dequantize_iq2_xs, NULL },
  { 18, dequantize_iq3_xxs, NULL },
  { 19, dequantize_iq1_s, NULL },
  { 21, dequantize_iq3_s, NULL },
  { 22, dequantize_iq2_s, NULL },
  { 29, dequantize_iq1_m, NULL },
  PADDOCK_KERNEL_END,
};
