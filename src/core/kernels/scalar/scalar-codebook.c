/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/each-block.h"
#include "kernels/half.h"
#include "kernels/kernel-families.h"
#include "quant/quant-codebooks.h"

/* The low halves of n bytes, then the high ones. */
static void
look_up (const gint8 table[16], float d, const guint8 *qs, guint n, float *out)
{
  for (guint i = 0; i < n; i++)
    {
      out[i] = d * (float) table[qs[i] & 0xf];
      out[i + n] = d * (float) table[qs[i] >> 4];
    }
}

static void
read_iq4_nl (const PaddockBlockIQ4_NL *block, float *out)
{
  look_up (paddock_codebook_iq4_nl, paddock_half_load (block->d), block->qs, 16, out);
}

static void
read_iq4_xs (const PaddockBlockIQ4_XS *block, float *out)
{
  const float d = paddock_half_load (block->d);
  const guint scales_h = GUINT16_FROM_LE (block->scales_h);

  for (guint i = 0; i < 8; i++)
    {
      int scale = (block->scales_l[i / 2] >> 4 * (i % 2) & 0xf) | (int) (scales_h >> 2 * i & 3) << 4;

      look_up (paddock_codebook_iq4_nl, d * (float) (scale - 32), block->qs + 16 * i, 16, out + 32 * i);
    }
}

static void
read_mxfp4 (const PaddockBlockMXFP4 *block, float *out)
{
  look_up (paddock_codebook_fp4, paddock_e8m0_to_half_scale (block->e), block->qs, 16, out);
}

static void
read_nvfp4 (const PaddockBlockNVFP4 *block, float *out)
{
  for (guint i = 0; i < 4; i++)
    look_up (paddock_codebook_fp4, paddock_ue4m3_to_half_scale (block->d[i]), block->qs + 8 * i, 8, out + 16 * i);
}

PADDOCK_EACH_BLOCK (iq4_nl, IQ4_NL, 32)
PADDOCK_EACH_BLOCK (iq4_xs, IQ4_XS, 256)
PADDOCK_EACH_BLOCK (mxfp4, MXFP4, 32)
PADDOCK_EACH_BLOCK (nvfp4, NVFP4, 64)

const PaddockKernel paddock_scalar_codebook[] = {
  { 20, dequantize_iq4_nl, NULL },
  { 23, dequantize_iq4_xs, NULL },
  { 39, dequantize_mxfp4, NULL },
  { 40, dequantize_nvfp4, NULL },
  PADDOCK_KERNEL_END,
};
