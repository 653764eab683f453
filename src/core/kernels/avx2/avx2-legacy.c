/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx2/avx2-bytes.h"
#include "kernels/avx2/avx2-store.h"
#include "kernels/kernel-families.h"
#include "quant/quant-blocks.h"

/* The first eight bytes, each in a lane of its own. */
PADDOCK_AVX2_INLINE __m256i
load_eight (const guint8 *bytes)
{
  return _mm256_cvtepu8_epi32 (_mm_loadl_epi64 ((const __m128i *) bytes));
}

PADDOCK_AVX2_INLINE __m256i
low_nibble (__m256i bytes)
{
  return _mm256_and_si256 (bytes, _mm256_set1_epi32 (15));
}

PADDOCK_AVX2_INLINE __m256i
high_nibble (__m256i bytes)
{
  return _mm256_srli_epi32 (bytes, 4);
}

PADDOCK_AVX2_INLINE void
store_scaled (float *out, __m256i q, __m256 d, gboolean stream)
{
  paddock_avx2_store (out, _mm256_mul_ps (_mm256_cvtepi32_ps (q), d), stream);
}

PADDOCK_AVX2_INLINE void
store_shifted (float *out, __m256i q, __m256 d, __m256 m, gboolean stream)
{
  paddock_avx2_store (out, _mm256_add_ps (_mm256_mul_ps (_mm256_cvtepi32_ps (q), d), m), stream);
}

/* All ones where bit @first + lane is not set. */
PADDOCK_AVX2_INLINE __m256i
clear_bits (guint32 bits, guint first)
{
  const __m256i one = _mm256_setr_epi32 (1, 2, 4, 8, 16, 32, 64, 128);
  __m256i mask = _mm256_slli_epi32 (one, (int) first);

  return _mm256_cmpeq_epi32 (_mm256_and_si256 (_mm256_set1_epi32 ((gint32) bits), mask), _mm256_setzero_si256 ());
}

/* @d where the bit is set, -@d where it is not: 16 bytes of bits. */
PADDOCK_AVX2_INLINE void
q1_0_block (const PaddockBlockQ1_0 *block, float *out, gboolean stream)
{
  const __m256i sign = _mm256_set1_epi32 (G_MININT32);
  __m256 d = paddock_avx2_spread_half (block->d);

  for (gsize k = 0; k < 128; k += 32)
    {
      __m256i bits = _mm256_set1_epi32 ((gint32) paddock_avx2_load_u32 (block->qs + k / 8));

      for (int j = 0; j < 32; j += 8)
        {
          __m256i up = _mm256_sub_epi32 (_mm256_set1_epi32 (31 - j), _mm256_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7));
          __m256i flip = _mm256_andnot_si256 (_mm256_sllv_epi32 (bits, up), sign);

          paddock_avx2_store (out + k + j, _mm256_xor_ps (d, _mm256_castsi256_ps (flip)), stream);
        }
    }
}

PADDOCK_AVX2_BLOCKS (q1_0, Q1_0, 128)

/* Two bits each: -1, 0, 1 and 2 times @d, which a lane finds by its lowest two bits. */
PADDOCK_AVX2_INLINE void
q2_0_block (const PaddockBlockQ2_0 *block, float *out, gboolean stream)
{
  const __m256 values = _mm256_setr_ps (-1, 0, 1, 2, -1, 0, 1, 2);
  const __m256i shift = _mm256_setr_epi32 (0, 2, 4, 6, 8, 10, 12, 14);
  __m256 table = _mm256_mul_ps (values, paddock_avx2_spread_half (block->d));

  for (gsize k = 0; k < 64; k += 16)
    {
      __m256i bits = _mm256_set1_epi32 ((gint32) paddock_avx2_load_u32 (block->qs + k / 4));

      bits = _mm256_srlv_epi32 (bits, shift);
      paddock_avx2_store (out + k, _mm256_permutevar_ps (table, bits), stream);
      paddock_avx2_store (out + k + 8, _mm256_permutevar_ps (table, _mm256_srli_epi32 (bits, 16)), stream);
    }
}

PADDOCK_AVX2_BLOCKS (q2_0, Q2_0, 64)

PADDOCK_AVX2_INLINE void
q4_0_block (const PaddockBlockQ4_0 *block, float *out, gboolean stream)
{
  const __m256i eight = _mm256_set1_epi32 (8);
  __m256 d = paddock_avx2_spread_half (block->d);
  __m256i q0 = load_eight (block->qs);
  __m256i q1 = load_eight (block->qs + 8);

  store_scaled (out, _mm256_sub_epi32 (low_nibble (q0), eight), d, stream);
  store_scaled (out + 8, _mm256_sub_epi32 (low_nibble (q1), eight), d, stream);
  store_scaled (out + 16, _mm256_sub_epi32 (high_nibble (q0), eight), d, stream);
  store_scaled (out + 24, _mm256_sub_epi32 (high_nibble (q1), eight), d, stream);
}

PADDOCK_AVX2_BLOCKS (q4_0, Q4_0, 32)

PADDOCK_AVX2_INLINE void
q4_1_block (const PaddockBlockQ4_1 *block, float *out, gboolean stream)
{
  __m256 d = paddock_avx2_spread_half (block->d);
  __m256 m = paddock_avx2_spread_half (block->m);
  __m256i q0 = load_eight (block->qs);
  __m256i q1 = load_eight (block->qs + 8);

  store_shifted (out, low_nibble (q0), d, m, stream);
  store_shifted (out + 8, low_nibble (q1), d, m, stream);
  store_shifted (out + 16, high_nibble (q0), d, m, stream);
  store_shifted (out + 24, high_nibble (q1), d, m, stream);
}

PADDOCK_AVX2_BLOCKS (q4_1, Q4_1, 32)

/* The fifth bit counts 16, and 16 is taken away: where it is not set, all bits above the nibble are. */
PADDOCK_AVX2_INLINE __m256i
below_zero (__m256i nibble, guint32 fifth, guint first)
{
  return _mm256_or_si256 (nibble, _mm256_slli_epi32 (clear_bits (fifth, first), 4));
}

PADDOCK_AVX2_INLINE __m256i
with_fifth (__m256i nibble, guint32 fifth, guint first)
{
  return _mm256_or_si256 (nibble, _mm256_andnot_si256 (clear_bits (fifth, first), _mm256_set1_epi32 (16)));
}

PADDOCK_AVX2_INLINE void
q5_0_block (const PaddockBlockQ5_0 *block, float *out, gboolean stream)
{
  __m256 d = paddock_avx2_spread_half (block->d);
  guint32 fifth = paddock_avx2_load_u32 (block->qh);
  __m256i q0 = load_eight (block->qs);
  __m256i q1 = load_eight (block->qs + 8);

  store_scaled (out, below_zero (low_nibble (q0), fifth, 0), d, stream);
  store_scaled (out + 8, below_zero (low_nibble (q1), fifth, 8), d, stream);
  store_scaled (out + 16, below_zero (high_nibble (q0), fifth, 16), d, stream);
  store_scaled (out + 24, below_zero (high_nibble (q1), fifth, 24), d, stream);
}

PADDOCK_AVX2_BLOCKS (q5_0, Q5_0, 32)

PADDOCK_AVX2_INLINE void
q5_1_block (const PaddockBlockQ5_1 *block, float *out, gboolean stream)
{
  __m256 d = paddock_avx2_spread_half (block->d);
  __m256 m = paddock_avx2_spread_half (block->m);
  guint32 fifth = paddock_avx2_load_u32 (block->qh);
  __m256i q0 = load_eight (block->qs);
  __m256i q1 = load_eight (block->qs + 8);

  store_shifted (out, with_fifth (low_nibble (q0), fifth, 0), d, m, stream);
  store_shifted (out + 8, with_fifth (low_nibble (q1), fifth, 8), d, m, stream);
  store_shifted (out + 16, with_fifth (high_nibble (q0), fifth, 16), d, m, stream);
  store_shifted (out + 24, with_fifth (high_nibble (q1), fifth, 24), d, m, stream);
}

PADDOCK_AVX2_BLOCKS (q5_1, Q5_1, 32)

PADDOCK_AVX2_BYTES (q8_0, Q8_0, 32)
PADDOCK_AVX2_BYTES (q8_1, Q8_1, 32)

const PaddockKernel paddock_avx2_legacy[] = {
  PADDOCK_AVX2_ENTRY (2, q4_0),
  PADDOCK_AVX2_ENTRY (3, q4_1),
  PADDOCK_AVX2_ENTRY (6, q5_0),
  PADDOCK_AVX2_ENTRY (7, q5_1),
  PADDOCK_AVX2_ENTRY (8, q8_0),
  PADDOCK_AVX2_ENTRY (9, q8_1),
  PADDOCK_AVX2_ENTRY (41, q1_0),
  PADDOCK_AVX2_ENTRY (42, q2_0),
  PADDOCK_KERNEL_END,
};
