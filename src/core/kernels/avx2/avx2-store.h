/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/avx2/avx2-kernel.h"

G_BEGIN_DECLS

/* How the AVX2 kernels read what is stored, and write numbers. */

/*
 * Eight numbers; past the cache when @stream, and then to an address of 32 bytes. The processor combines the stores to a
 * line that follow each other, so the compiler has to leave them in the order in which they are written.
 */
PADDOCK_AVX2_INLINE void
paddock_avx2_store (float *out, __m256 v, gboolean stream)
{
  if (stream)
    _mm256_stream_ps (out, v);
  else
    _mm256_storeu_ps (out, v);
  __asm__ volatile ("" ::: "memory");
}

/*
 * Sixteen numbers. The fence is for the compiler: the halves of a cache line have to be written one after the other, which
 * its scheduling would not keep, and a line that stays open costs a third of the speed.
 */
PADDOCK_AVX2_INLINE void
paddock_avx2_store_pair (float *out, __m256 first, __m256 second, gboolean stream)
{
  paddock_avx2_store (out, first, stream);
  paddock_avx2_store (out + 8, second, stream);
  __atomic_signal_fence (__ATOMIC_SEQ_CST);
}

PADDOCK_AVX2_INLINE guint16
paddock_avx2_load_u16 (const guint8 *bytes)
{
  guint16 value;

  __builtin_memcpy (&value, bytes, sizeof value);
  return value;
}

PADDOCK_AVX2_INLINE guint32
paddock_avx2_load_u32 (const guint8 *bytes)
{
  guint32 value;

  __builtin_memcpy (&value, bytes, sizeof value);
  return value;
}

/* A number of half precision at any address. */
PADDOCK_AVX2_INLINE float
paddock_avx2_load_half (const guint8 *bytes)
{
  return _cvtsh_ss (paddock_avx2_load_u16 (bytes));
}

PADDOCK_AVX2_INLINE __m256
paddock_avx2_spread_half (guint16 half)
{
  return _mm256_cvtph_ps (_mm_set1_epi16 ((gint16) half));
}

PADDOCK_AVX2_INLINE __m256
paddock_avx2_broadcast_half (const guint8 *bytes)
{
  return paddock_avx2_spread_half (paddock_avx2_load_u16 (bytes));
}

/* The first eight signed bytes. */
PADDOCK_AVX2_INLINE __m256
paddock_avx2_from_bytes (__m128i bytes)
{
  return _mm256_cvtepi32_ps (_mm256_cvtepi8_epi32 (bytes));
}

/* Sixteen signed bytes times @scale. */
PADDOCK_AVX2_INLINE void
paddock_avx2_store_scaled (float *out, __m128i bytes, __m256 scale, gboolean stream)
{
  paddock_avx2_store_pair (out, _mm256_mul_ps (scale, paddock_avx2_from_bytes (bytes)),
                           _mm256_mul_ps (scale, paddock_avx2_from_bytes (_mm_unpackhi_epi64 (bytes, bytes))), stream);
}

G_END_DECLS
