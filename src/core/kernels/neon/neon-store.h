/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <arm_neon.h>

#include "kernels/kernel.h"

G_BEGIN_DECLS

/* What the NEON kernels share. Baseline ARMv8-A only: every 64-bit ARM processor has it. */
#define PADDOCK_NEON_INLINE static inline __attribute__ ((always_inline))

/* The value of a half at any address; the conversion is exact. */
PADDOCK_NEON_INLINE float
paddock_neon_load_half (const void *bytes)
{
  __fp16 half;

  __builtin_memcpy (&half, bytes, sizeof half);
  return (float) half;
}

PADDOCK_NEON_INLINE guint16
paddock_neon_load_u16 (const void *bytes)
{
  guint16 value;

  __builtin_memcpy (&value, bytes, sizeof value);
  return value;
}

PADDOCK_NEON_INLINE guint32
paddock_neon_load_u32 (const void *bytes)
{
  guint32 value;

  __builtin_memcpy (&value, bytes, sizeof value);
  return value;
}

/* Eight 16-bit integers as two times four floats. */
PADDOCK_NEON_INLINE float32x4x2_t
paddock_neon_from_s16 (int16x8_t wide)
{
  float32x4x2_t result = { { vcvtq_f32_s32 (vmovl_s16 (vget_low_s16 (wide))), vcvtq_f32_s32 (vmovl_high_s16 (wide)) } };

  return result;
}

/* Eight signed bytes times a scale. */
PADDOCK_NEON_INLINE void
paddock_neon_store_8 (float *out, int8x8_t q, float scale)
{
  float32x4x2_t v = paddock_neon_from_s16 (vmovl_s8 (q));

  vst1q_f32 (out, vmulq_n_f32 (v.val[0], scale));
  vst1q_f32 (out + 4, vmulq_n_f32 (v.val[1], scale));
}

/* Sixteen signed bytes times a scale. */
PADDOCK_NEON_INLINE void
paddock_neon_store_16 (float *out, int8x16_t q, float scale)
{
  paddock_neon_store_8 (out, vget_low_s8 (q), scale);
  paddock_neon_store_8 (out + 8, vget_high_s8 (q), scale);
}

/* The same, and then something added: two roundings, as in the reference, and no fused one. */
PADDOCK_NEON_INLINE void
paddock_neon_store_16_plus (float *out, int8x16_t q, float scale, float offset)
{
  float32x4_t add = vdupq_n_f32 (offset);
  float32x4x2_t low = paddock_neon_from_s16 (vmovl_s8 (vget_low_s8 (q)));
  float32x4x2_t high = paddock_neon_from_s16 (vmovl_high_s8 (q));

  vst1q_f32 (out, vaddq_f32 (vmulq_n_f32 (low.val[0], scale), add));
  vst1q_f32 (out + 4, vaddq_f32 (vmulq_n_f32 (low.val[1], scale), add));
  vst1q_f32 (out + 8, vaddq_f32 (vmulq_n_f32 (high.val[0], scale), add));
  vst1q_f32 (out + 12, vaddq_f32 (vmulq_n_f32 (high.val[1], scale), add));
}

/* The low and the high four bits of sixteen bytes. */
PADDOCK_NEON_INLINE int8x16_t
paddock_neon_low (uint8x16_t bytes)
{
  return vreinterpretq_s8_u8 (vandq_u8 (bytes, vdupq_n_u8 (0x0f)));
}

PADDOCK_NEON_INLINE int8x16_t
paddock_neon_high (uint8x16_t bytes)
{
  return vreinterpretq_s8_u8 (vshrq_n_u8 (bytes, 4));
}

/* All bits of byte i set where bit i is: two bytes of bits for sixteen lanes. */
PADDOCK_NEON_INLINE uint8x16_t
paddock_neon_spread_bits (guint8 first, guint8 second)
{
  static const guint8 bits[16] = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128 };

  return vtstq_u8 (vcombine_u8 (vdup_n_u8 (first), vdup_n_u8 (second)), vld1q_u8 (bits));
}

G_END_DECLS
