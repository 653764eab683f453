/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx512/avx512-store.h"
#include "kernels/by-turns.h"
#include "kernels/kernel-families.h"

/* Sixteen stored numbers, or those of them that the mask names. */
typedef __m512 (*LoadSome) (const guint8 *bytes, __mmask16 which);

PADDOCK_AVX512_INLINE __m512
load_f32 (const guint8 *bytes, __mmask16 which)
{
  return _mm512_maskz_loadu_ps (which, bytes);
}

PADDOCK_AVX512_INLINE __m512
load_f16 (const guint8 *bytes, __mmask16 which)
{
  return _mm512_cvtph_ps (_mm256_maskz_loadu_epi16 (which, bytes));
}

PADDOCK_AVX512_INLINE __m512
load_bf16 (const guint8 *bytes, __mmask16 which)
{
  return _mm512_castsi512_ps (_mm512_slli_epi32 (_mm512_cvtepu16_epi32 (_mm256_maskz_loadu_epi16 (which, bytes)), 16));
}

PADDOCK_AVX512_INLINE __m512
join (__m256 first, __m256 second)
{
  return _mm512_insertf32x8 (_mm512_castps256_ps512 (first), second, 1);
}

PADDOCK_AVX512_INLINE __m512
load_f64 (const guint8 *bytes, __mmask16 which)
{
  __m512d first = _mm512_maskz_loadu_pd ((__mmask8) which, bytes);
  __m512d second = _mm512_maskz_loadu_pd ((__mmask8) (which >> 8), bytes + 64);

  return join (_mm512_cvtpd_ps (first), _mm512_cvtpd_ps (second));
}

PADDOCK_AVX512_INLINE __m512
load_i8 (const guint8 *bytes, __mmask16 which)
{
  return paddock_avx512_from_bytes (_mm_maskz_loadu_epi8 (which, bytes));
}

PADDOCK_AVX512_INLINE __m512
load_i16 (const guint8 *bytes, __mmask16 which)
{
  return _mm512_cvtepi32_ps (_mm512_cvtepi16_epi32 (_mm256_maskz_loadu_epi16 (which, bytes)));
}

PADDOCK_AVX512_INLINE __m512
load_i32 (const guint8 *bytes, __mmask16 which)
{
  return _mm512_cvtepi32_ps (_mm512_maskz_loadu_epi32 (which, bytes));
}

PADDOCK_AVX512_INLINE __m512
load_i64 (const guint8 *bytes, __mmask16 which)
{
  __m512i first = _mm512_maskz_loadu_epi64 ((__mmask8) which, bytes);
  __m512i second = _mm512_maskz_loadu_epi64 ((__mmask8) (which >> 8), bytes + 64);

  return join (_mm512_cvtepi64_ps (first), _mm512_cvtepi64_ps (second));
}

PADDOCK_AVX512_INLINE void
convert (const guint8 *bytes, gsize n, float *out, gsize size, LoadSome load, gboolean stream)
{
  const __mmask16 all = 0xffff;
  __mmask16 rest;

  for (; n >= 64; n -= 64, bytes += 64 * size, out += 64)
    {
      paddock_avx512_prefetch_near (stream, bytes, 64 * size, size * PADDOCK_AVX512_NEAR);
      paddock_avx512_prefetch_near (stream, (const guint8 *) out, 64 * sizeof *out, sizeof *out * PADDOCK_AVX512_NEAR);
      for (gsize k = 0; k < 64; k += 16)
        paddock_avx512_store (out + k, load (bytes + k * size, all), stream);
    }
  for (; n >= 16; n -= 16, bytes += 16 * size, out += 16)
    paddock_avx512_store (out, load (bytes, all), stream);
  rest = (__mmask16) ((1u << n) - 1);
  if (rest != 0)
    paddock_avx512_store_some (out, rest, load (bytes, rest));
}

#define PLAIN(name, size)                                                         \
  PADDOCK_AVX512_INLINE void                                                      \
  name##_part (const guint8 *block, gsize at, float *out)                         \
  {                                                                               \
    for (gsize k = 0; k < 32; k += 16)                                            \
      paddock_avx512_store (out + k, load_##name (block + k * (size), 0xffff), TRUE); \
  }                                                                               \
                                                                                  \
  PADDOCK_AVX512_INLINE void                                                      \
  name (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)        \
  {                                                                               \
    const PaddockTurns turns = PADDOCK_PLAIN_TURNS (size);                        \
    gsize done = stream ? paddock_by_turns (blocks, n_blocks / 32, out, turns, name##_part) * 32 : 0; \
                                                                                  \
    convert (blocks + done * (size), n_blocks - done, out + done, size, load_##name, stream); \
  }                                                                               \
  PADDOCK_AVX512_KERNEL (name)

PLAIN (f32, 4)
PLAIN (f16, 2)
PLAIN (bf16, 2)
PLAIN (f64, 8)
PLAIN (i8, 1)
PLAIN (i16, 2)
PLAIN (i32, 4)
PLAIN (i64, 8)

const PaddockKernel paddock_avx512_plain[] = {
  PADDOCK_AVX512_ENTRY (0, f32),
  PADDOCK_AVX512_ENTRY (1, f16),
  PADDOCK_AVX512_ENTRY (24, i8),
  PADDOCK_AVX512_ENTRY (25, i16),
  PADDOCK_AVX512_ENTRY (26, i32),
  PADDOCK_AVX512_ENTRY (27, i64),
  PADDOCK_AVX512_ENTRY (28, f64),
  PADDOCK_AVX512_ENTRY (30, bf16),
  PADDOCK_KERNEL_END,
};
