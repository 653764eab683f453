/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx2/avx2-store.h"
#include "kernels/kernel-families.h"
#include "quant/quant-blocks.h"

/* Numbers that are one of three: the digits are the index into a table of all of them. */

/* Eight unsigned bytes as integers. */
PADDOCK_AVX2_INLINE __m256i
widen (const guint8 *bytes)
{
  return _mm256_cvtepu8_epi32 (_mm_loadl_epi64 ((const __m128i *) bytes));
}

PADDOCK_AVX2_INLINE void
store_digits (float *out, __m256i first, __m256i second, __m256 table, gboolean stream)
{
  paddock_avx2_store_pair (out, _mm256_permutevar_ps (table, first), _mm256_permutevar_ps (table, second), stream);
}

/* The digit that multiplying by three carries out of the upper byte of each half-word. */
PADDOCK_AVX2_INLINE __m256i
next_digit (__m256i fraction)
{
  return _mm256_mulhi_epu16 (fraction, _mm256_set1_epi32 (3));
}

/* Sixteen bytes of five digits each; the digits of the same place make @stride numbers. */
PADDOCK_AVX2_INLINE void
store_five_digits (float *out, gsize stride, const guint8 *bytes, __m256 table, gboolean stream)
{
  __m256i first = _mm256_slli_epi32 (widen (bytes), 8);
  __m256i second = _mm256_slli_epi32 (widen (bytes + 8), 8);

#pragma GCC unroll 5
  for (guint i = 0; i < 5; i++)
    {
      store_digits (out + i * stride, next_digit (first), next_digit (second), table, stream);
      first = _mm256_mullo_epi16 (first, _mm256_set1_epi32 (3));
      second = _mm256_mullo_epi16 (second, _mm256_set1_epi32 (3));
    }
}

PADDOCK_AVX2_INLINE void
tq1_0 (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const __m256 numbers = _mm256_setr_ps (-1, 0, 1, 0, -1, 0, 1, 0);
  const __m256i spread = _mm256_broadcastsi128_si256 (_mm_setr_epi8 (-1, 0, -1, -1, -1, 1, -1, -1, -1, 2, -1, -1, -1, 3, -1, -1));
  const __m256i powers = _mm256_setr_epi32 (1, 1, 1, 1, 3, 3, 3, 3);
  const __m256i next_powers = _mm256_setr_epi32 (9, 9, 9, 9, 27, 27, 27, 27);
  const PaddockBlockTQ1_0 *block = (const PaddockBlockTQ1_0 *) blocks;

  for (; n_blocks > 0; n_blocks--, block++, out += 256)
    {
      const __m256 table = _mm256_mul_ps (numbers, paddock_avx2_broadcast_half ((const guint8 *) &block->d));
      const __m256i last = _mm256_shuffle_epi8 (_mm256_set1_epi32 ((int) paddock_avx2_load_u32 (block->qh)), spread);

      paddock_avx2_prefetch ((const guint8 *) block, stream);
      store_five_digits (out, 32, block->qs, table, stream);
      store_five_digits (out + 16, 32, block->qs + 16, table, stream);
      store_five_digits (out + 160, 16, block->qs + 32, table, stream);
      store_digits (out + 240, next_digit (_mm256_mullo_epi16 (last, powers)),
                    next_digit (_mm256_mullo_epi16 (last, next_powers)), table, stream);
    }
}

/* 32 bytes of four digits each, from the lowest bits upwards or from the highest downwards. */
PADDOCK_AVX2_INLINE void
store_bit_pairs (float *out, const guint8 *bytes, gboolean downwards, __m256 table, gboolean stream)
{
#pragma GCC unroll 2
  for (guint i = 0; i < 32; i += 16)
    {
      const __m256i first = widen (bytes + i);
      const __m256i second = widen (bytes + i + 8);

#pragma GCC unroll 4
      for (int j = 0; j < 4; j++)
        {
          const int shift = downwards ? 6 - j * 2 : j * 2;

          store_digits (out + j * 32 + i, _mm256_srli_epi32 (first, shift), _mm256_srli_epi32 (second, shift), table, stream);
        }
    }
}

PADDOCK_AVX2_INLINE void
tq2_0 (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const __m256 numbers = _mm256_setr_ps (-1, 0, 1, 2, -1, 0, 1, 2);
  const PaddockBlockTQ2_0 *block = (const PaddockBlockTQ2_0 *) blocks;

  for (; n_blocks > 0; n_blocks--, block++, out += 256)
    {
      const __m256 table = _mm256_mul_ps (numbers, paddock_avx2_broadcast_half ((const guint8 *) &block->d));

      paddock_avx2_prefetch ((const guint8 *) block, stream);
      store_bit_pairs (out, block->qs, FALSE, table, stream);
      store_bit_pairs (out + 128, block->qs + 32, FALSE, table, stream);
    }
}

PADDOCK_AVX2_INLINE void
i2_s (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const __m256 numbers = _mm256_setr_ps (-1, 0, 1, 0, -1, 0, 1, 0);

  for (; n_blocks > 0; n_blocks--, blocks += 32, out += 128)
    {
      paddock_avx2_prefetch (blocks, stream);
      store_bit_pairs (out, blocks, TRUE, numbers, stream);
    }
}

PADDOCK_AVX2_KERNEL (tq1_0)
PADDOCK_AVX2_KERNEL (tq2_0)
PADDOCK_AVX2_KERNEL (i2_s)

const PaddockKernel paddock_avx2_ternary[] = {
  PADDOCK_AVX2_ENTRY (34, tq1_0),
  PADDOCK_AVX2_ENTRY (35, tq2_0),
  PADDOCK_AVX2_ENTRY (36, i2_s),
  PADDOCK_KERNEL_END,
};
