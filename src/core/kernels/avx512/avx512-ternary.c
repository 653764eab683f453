/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx512/avx512-store.h"
#include "kernels/kernel-families.h"
#include "quant/quant-blocks.h"

/* Numbers that are one of three: the digits are the index into a table of all of them. */

/* Sixteen unsigned bytes as integers. */
PADDOCK_AVX512_INLINE __m512i
widen (const guint8 *bytes)
{
  return _mm512_cvtepu8_epi32 (_mm_loadu_si128 ((const __m128i *) bytes));
}

/* The same four numbers in each quarter. */
PADDOCK_AVX512_INLINE __m512
repeat (float a, float b, float c, float d)
{
  return _mm512_setr_ps (a, b, c, d, a, b, c, d, a, b, c, d, a, b, c, d);
}

PADDOCK_AVX512_INLINE void
store_digits (float *out, __m512i digits, __m512 table, gboolean stream)
{
  paddock_avx512_store (out, _mm512_permutevar_ps (table, digits), stream);
}

/* The digit that multiplying by three carries out of the upper byte of each half-word. */
PADDOCK_AVX512_INLINE __m512i
next_digit (__m512i fraction)
{
  return _mm512_mulhi_epu16 (fraction, _mm512_set1_epi32 (3));
}

/* Sixteen bytes of five digits each; the digits of the same place make @stride numbers. */
PADDOCK_AVX512_INLINE void
store_five_digits (float *out, gsize stride, const guint8 *bytes, __m512 table, gboolean stream)
{
  __m512i fraction = _mm512_slli_epi32 (widen (bytes), 8);

#pragma GCC unroll 5
  for (guint i = 0; i < 5; i++)
    {
      store_digits (out + i * stride, next_digit (fraction), table, stream);
      fraction = _mm512_mullo_epi16 (fraction, _mm512_set1_epi32 (3));
    }
}

PADDOCK_AVX512_INLINE void
tq1_0 (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const __m512 numbers = repeat (-1, 0, 1, 0);
  const __m512i spread = _mm512_broadcast_i32x4 (_mm_setr_epi8 (-1, 0, -1, -1, -1, 1, -1, -1, -1, 2, -1, -1, -1, 3, -1, -1));
  const __m512i powers = _mm512_setr_epi32 (1, 1, 1, 1, 3, 3, 3, 3, 9, 9, 9, 9, 27, 27, 27, 27);
  const PaddockBlockTQ1_0 *block = (const PaddockBlockTQ1_0 *) blocks;

  for (; n_blocks > 0; n_blocks--, block++, out += 256)
    {
      const __m512 table = _mm512_mul_ps (numbers, paddock_avx512_broadcast_half ((const guint8 *) &block->d));
      const __m512i last = _mm512_shuffle_epi8 (_mm512_set1_epi32 ((int) paddock_avx512_load_u32 (block->qh)), spread);

      paddock_avx512_prefetch ((const guint8 *) block, stream);
      store_five_digits (out, 32, block->qs, table, stream);
      store_five_digits (out + 16, 32, block->qs + 16, table, stream);
      store_five_digits (out + 160, 16, block->qs + 32, table, stream);
      store_digits (out + 240, next_digit (_mm512_mullo_epi16 (last, powers)), table, stream);
    }
}

/* 32 bytes of four digits each, from the lowest bits upwards or from the highest downwards. */
PADDOCK_AVX512_INLINE void
store_bit_pairs (float *out, const guint8 *bytes, gboolean downwards, __m512 table, gboolean stream)
{
  const __m512i first = widen (bytes);
  const __m512i second = widen (bytes + 16);

#pragma GCC unroll 4
  for (guint j = 0; j < 4; j++)
    {
      const guint shift = downwards ? 6 - j * 2 : j * 2;

      store_digits (out + j * 32, _mm512_srli_epi32 (first, shift), table, stream);
      store_digits (out + j * 32 + 16, _mm512_srli_epi32 (second, shift), table, stream);
    }
}

PADDOCK_AVX512_INLINE void
tq2_0 (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const __m512 numbers = repeat (-1, 0, 1, 2);
  const PaddockBlockTQ2_0 *block = (const PaddockBlockTQ2_0 *) blocks;

  for (; n_blocks > 0; n_blocks--, block++, out += 256)
    {
      const __m512 table = _mm512_mul_ps (numbers, paddock_avx512_broadcast_half ((const guint8 *) &block->d));

      paddock_avx512_prefetch ((const guint8 *) block, stream);
      store_bit_pairs (out, block->qs, FALSE, table, stream);
      store_bit_pairs (out + 128, block->qs + 32, FALSE, table, stream);
    }
}

PADDOCK_AVX512_INLINE void
i2_s (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const __m512 numbers = repeat (-1, 0, 1, 0);

  for (; n_blocks > 0; n_blocks--, blocks += 32, out += 128)
    {
      paddock_avx512_prefetch (blocks, stream);
      store_bit_pairs (out, blocks, TRUE, numbers, stream);
    }
}

PADDOCK_AVX512_KERNEL (tq1_0)
PADDOCK_AVX512_KERNEL (tq2_0)
PADDOCK_AVX512_KERNEL (i2_s)

const PaddockKernel paddock_avx512_ternary[] = {
  PADDOCK_AVX512_ENTRY (34, tq1_0),
  PADDOCK_AVX512_ENTRY (35, tq2_0),
  PADDOCK_AVX512_ENTRY (36, i2_s),
  PADDOCK_KERNEL_END,
};
