/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx2/avx2-bytes.h"
#include "kernels/avx512/avx512-store.h"
#include "kernels/kernel-families.h"
#include "quant/quant-blocks.h"

/*
 * Of few bits every number has one of few values. They are computed once for a block, exactly as each number would be, and
 * a lane picks its own by its lowest four bits, whatever is above them.
 */
PADDOCK_AVX512_INLINE __m512i
load_sixteen (const guint8 *bytes)
{
  return _mm512_cvtepu8_epi32 (_mm_loadu_si128 ((const __m128i *) bytes));
}

PADDOCK_AVX512_INLINE __m512
count_from (float first)
{
  return _mm512_add_ps (_mm512_set1_ps (first), _mm512_setr_ps (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

/* The low nibbles are the first half of the block, the high ones the second. */
PADDOCK_AVX512_INLINE void
store_nibbles (float *out, __m512i bytes, __m512 table, gboolean stream)
{
  paddock_avx512_store (out, _mm512_permutexvar_ps (bytes, table), stream);
  paddock_avx512_store (out + 16, _mm512_permutexvar_ps (_mm512_srli_epi32 (bytes, 4), table), stream);
}

/* Of 32 values, those with the fifth bit in @above. */
PADDOCK_AVX512_INLINE void
store_five (float *out, __m512i bytes, guint32 fifth, __m512 table, __m512 above, gboolean stream)
{
  const __m512i sixteen = _mm512_set1_epi32 (16);
  __m512i low = _mm512_and_si512 (bytes, _mm512_set1_epi32 (15));
  __m512i high = _mm512_srli_epi32 (bytes, 4);

  low = _mm512_mask_or_epi32 (low, (__mmask16) fifth, low, sixteen);
  high = _mm512_mask_or_epi32 (high, (__mmask16) (fifth >> 16), high, sixteen);
  paddock_avx512_store (out, _mm512_permutex2var_ps (table, low, above), stream);
  paddock_avx512_store (out + 16, _mm512_permutex2var_ps (table, high, above), stream);
}

/* @d where the bit is set, -@d where it is not: 16 bytes of bits. */
PADDOCK_AVX512_INLINE void
q1_0_block (const PaddockBlockQ1_0 *block, float *out, gboolean stream)
{
  __m512 d = paddock_avx512_spread_half (block->d);
  __m512 minus = _mm512_xor_ps (d, _mm512_set1_ps (-0.0f));

  for (gsize k = 0; k < 128; k += 16)
    paddock_avx512_store (out + k, _mm512_mask_blend_ps (paddock_avx512_load_u16 (block->qs + k / 8), minus, d), stream);
}

PADDOCK_AVX512_BLOCKS (q1_0, Q1_0, 128)

PADDOCK_AVX512_INLINE void
q2_0_block (const PaddockBlockQ2_0 *block, float *out, gboolean stream)
{
  const __m512 values = _mm512_setr_ps (-1, 0, 1, 2, -1, 0, 1, 2, -1, 0, 1, 2, -1, 0, 1, 2);
  const __m512i shift = _mm512_setr_epi32 (0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  __m512 table = _mm512_mul_ps (values, paddock_avx512_spread_half (block->d));

  for (gsize k = 0; k < 64; k += 16)
    {
      __m512i bits = _mm512_set1_epi32 ((gint32) paddock_avx512_load_u32 (block->qs + k / 4));

      paddock_avx512_store (out + k, _mm512_permutevar_ps (table, _mm512_srlv_epi32 (bits, shift)), stream);
    }
}

PADDOCK_AVX512_BLOCKS (q2_0, Q2_0, 64)

PADDOCK_AVX512_INLINE void
q4_0_block (const PaddockBlockQ4_0 *block, float *out, gboolean stream)
{
  const __m512 values = count_from (-8);
  __m512 d = paddock_avx512_spread_half (block->d);

  store_nibbles (out, load_sixteen (block->qs), _mm512_mul_ps (values, d), stream);
}

PADDOCK_AVX512_BLOCKS (q4_0, Q4_0, 32)

PADDOCK_AVX512_INLINE void
q4_1_block (const PaddockBlockQ4_1 *block, float *out, gboolean stream)
{
  const __m512 values = count_from (0);
  __m512 d = paddock_avx512_spread_half (block->d);
  __m512 m = paddock_avx512_spread_half (block->m);

  store_nibbles (out, load_sixteen (block->qs), _mm512_add_ps (_mm512_mul_ps (values, d), m), stream);
}

PADDOCK_AVX512_BLOCKS (q4_1, Q4_1, 32)

PADDOCK_AVX512_INLINE void
q5_0_block (const PaddockBlockQ5_0 *block, float *out, gboolean stream)
{
  const __m512 values = count_from (-16);
  const __m512 values_above = count_from (0);
  __m512 d = paddock_avx512_spread_half (block->d);
  guint32 fifth = paddock_avx512_load_u32 (block->qh);

  store_five (out, load_sixteen (block->qs), fifth, _mm512_mul_ps (values, d), _mm512_mul_ps (values_above, d), stream);
}

PADDOCK_AVX512_BLOCKS (q5_0, Q5_0, 32)

PADDOCK_AVX512_INLINE void
q5_1_block (const PaddockBlockQ5_1 *block, float *out, gboolean stream)
{
  const __m512 values = count_from (0);
  const __m512 values_above = count_from (16);
  __m512 d = paddock_avx512_spread_half (block->d);
  __m512 m = paddock_avx512_spread_half (block->m);
  __m512 table = _mm512_add_ps (_mm512_mul_ps (values, d), m);
  __m512 above = _mm512_add_ps (_mm512_mul_ps (values_above, d), m);

  store_five (out, load_sixteen (block->qs), paddock_avx512_load_u32 (block->qh), table, above, stream);
}

PADDOCK_AVX512_BLOCKS (q5_1, Q5_1, 32)

PADDOCK_AVX2_BYTES (q8_0, Q8_0, 32)
PADDOCK_AVX2_BYTES (q8_1, Q8_1, 32)

const PaddockKernel paddock_avx512_legacy[] = {
  PADDOCK_AVX512_ENTRY (2, q4_0),
  PADDOCK_AVX512_ENTRY (3, q4_1),
  PADDOCK_AVX512_ENTRY (6, q5_0),
  PADDOCK_AVX512_ENTRY (7, q5_1),
  PADDOCK_AVX512_ENTRY (8, q8_0),
  PADDOCK_AVX512_ENTRY (9, q8_1),
  PADDOCK_AVX512_ENTRY (41, q1_0),
  PADDOCK_AVX512_ENTRY (42, q2_0),
  PADDOCK_KERNEL_END,
};
