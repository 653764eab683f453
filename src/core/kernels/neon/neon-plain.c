/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kernels/kernel-families.h"
#include "kernels/neon/neon-store.h"

static void
f32 (const guint8 *blocks, gsize n_blocks, float *out)
{
  memcpy (out, blocks, n_blocks * sizeof *out);
}

static void
f16 (const guint8 *blocks, gsize n_blocks, float *out)
{
  gsize i = 0;

  for (; i + 8 <= n_blocks; i += 8)
    {
      float16x8_t halves = vreinterpretq_f16_u8 (vld1q_u8 (blocks + 2 * i));

      vst1q_f32 (out + i, vcvt_f32_f16 (vget_low_f16 (halves)));
      vst1q_f32 (out + i + 4, vcvt_high_f32_f16 (halves));
    }
  for (; i < n_blocks; i++)
    out[i] = paddock_neon_load_half (blocks + 2 * i);
}

static void
bf16 (const guint8 *blocks, gsize n_blocks, float *out)
{
  gsize i = 0;

  for (; i + 8 <= n_blocks; i += 8)
    {
      uint16x8_t upper = vreinterpretq_u16_u8 (vld1q_u8 (blocks + 2 * i));

      vst1q_f32 (out + i, vreinterpretq_f32_u32 (vshll_n_u16 (vget_low_u16 (upper), 16)));
      vst1q_f32 (out + i + 4, vreinterpretq_f32_u32 (vshll_high_n_u16 (upper, 16)));
    }
  for (; i < n_blocks; i++)
    {
      guint32 bits = (guint32) paddock_neon_load_u16 (blocks + 2 * i) << 16;

      memcpy (out + i, &bits, sizeof bits);
    }
}

static void
f64 (const guint8 *blocks, gsize n_blocks, float *out)
{
  gsize i = 0;

  for (; i + 4 <= n_blocks; i += 4)
    {
      float64x2_t first = vreinterpretq_f64_u8 (vld1q_u8 (blocks + 8 * i));
      float64x2_t second = vreinterpretq_f64_u8 (vld1q_u8 (blocks + 8 * i + 16));

      vst1q_f32 (out + i, vcvt_high_f32_f64 (vcvt_f32_f64 (first), second));
    }
  for (; i < n_blocks; i++)
    {
      double value;

      memcpy (&value, blocks + 8 * i, sizeof value);
      out[i] = (float) value;
    }
}

static void
i8 (const guint8 *blocks, gsize n_blocks, float *out)
{
  gsize i = 0;

  /* A scale of one changes no integer. */
  for (; i + 16 <= n_blocks; i += 16)
    paddock_neon_store_16 (out + i, vreinterpretq_s8_u8 (vld1q_u8 (blocks + i)), 1.0f);
  for (; i < n_blocks; i++)
    out[i] = (gint8) blocks[i];
}

static void
i16 (const guint8 *blocks, gsize n_blocks, float *out)
{
  gsize i = 0;

  for (; i + 8 <= n_blocks; i += 8)
    vst1q_f32_x2 (out + i, paddock_neon_from_s16 (vreinterpretq_s16_u8 (vld1q_u8 (blocks + 2 * i))));
  for (; i < n_blocks; i++)
    out[i] = (gint16) paddock_neon_load_u16 (blocks + 2 * i);
}

static void
i32 (const guint8 *blocks, gsize n_blocks, float *out)
{
  gsize i = 0;

  for (; i + 4 <= n_blocks; i += 4)
    vst1q_f32 (out + i, vcvtq_f32_s32 (vreinterpretq_s32_u8 (vld1q_u8 (blocks + 4 * i))));
  for (; i < n_blocks; i++)
    out[i] = (float) (gint32) paddock_neon_load_u32 (blocks + 4 * i);
}

/* NEON goes from 64-bit integers to floats by way of doubles only, which rounds twice; the scalar instruction does not. */
static void
i64 (const guint8 *blocks, gsize n_blocks, float *out)
{
  for (gsize i = 0; i < n_blocks; i++)
    {
      gint64 value;

      memcpy (&value, blocks + 8 * i, sizeof value);
      out[i] = (float) value;
    }
}

const PaddockKernel paddock_neon_plain[] = {
  { 0, f32, NULL },  { 1, f16, NULL },  { 24, i8, NULL },  { 25, i16, NULL },
  { 26, i32, NULL }, { 27, i64, NULL }, { 28, f64, NULL }, { 30, bf16, NULL },
  PADDOCK_KERNEL_END,
};
