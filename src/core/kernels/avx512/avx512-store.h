/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/avx512/avx512-kernel.h"

G_BEGIN_DECLS

/* How the AVX-512 kernels read what is stored, and write numbers. */

/*
 * Sixteen numbers; past the cache when @stream, and then to an address of 64 bytes. The processor combines the stores to a
 * line that follow each other, so the compiler has to leave them in the order in which they are written.
 */
PADDOCK_AVX512_INLINE void
paddock_avx512_store (float *out, __m512 v, gboolean stream)
{
  if (stream)
    _mm512_stream_ps (out, v);
  else
    _mm512_storeu_ps (out, v);
  __asm__ volatile ("" ::: "memory");
}

PADDOCK_AVX512_INLINE guint16
paddock_avx512_load_u16 (const guint8 *bytes)
{
  guint16 value;

  __builtin_memcpy (&value, bytes, sizeof value);
  return value;
}

PADDOCK_AVX512_INLINE guint32
paddock_avx512_load_u32 (const guint8 *bytes)
{
  guint32 value;

  __builtin_memcpy (&value, bytes, sizeof value);
  return value;
}

/* A number of half precision at any address. */
PADDOCK_AVX512_INLINE float
paddock_avx512_load_half (const guint8 *bytes)
{
  return _cvtsh_ss (paddock_avx512_load_u16 (bytes));
}

PADDOCK_AVX512_INLINE __m512
paddock_avx512_spread_half (guint16 half)
{
  return _mm512_cvtph_ps (_mm256_set1_epi16 ((gint16) half));
}

PADDOCK_AVX512_INLINE __m512
paddock_avx512_broadcast_half (const guint8 *bytes)
{
  return paddock_avx512_spread_half (paddock_avx512_load_u16 (bytes));
}

/* Sixteen signed bytes. */
PADDOCK_AVX512_INLINE __m512
paddock_avx512_from_bytes (__m128i bytes)
{
  return _mm512_cvtepi32_ps (_mm512_cvtepi8_epi32 (bytes));
}

/* Sixteen signed bytes times @scale. */
PADDOCK_AVX512_INLINE void
paddock_avx512_store_scaled (float *out, __m128i bytes, __m512 scale, gboolean stream)
{
  paddock_avx512_store (out, _mm512_mul_ps (scale, paddock_avx512_from_bytes (bytes)), stream);
}

/* Fewer than sixteen numbers: the last ones of a type without blocks. */
PADDOCK_AVX512_INLINE void
paddock_avx512_store_some (float *out, __mmask16 which, __m512 v)
{
  _mm512_mask_storeu_ps (out, which, v);
}

G_END_DECLS
