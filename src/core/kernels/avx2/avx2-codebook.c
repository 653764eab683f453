/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx2/avx2-store.h"
#include "kernels/kernel-families.h"
#include "quant/quant-blocks.h"
#include "quant/quant-codebooks.h"

/* The values of the low nibbles, and those of the high ones, of the sixteen bytes in each half. */
PADDOCK_AVX2_INLINE __m256i
look_up (__m256i bytes, __m256i table)
{
  return _mm256_shuffle_epi8 (table, _mm256_and_si256 (bytes, _mm256_set1_epi8 (15)));
}

PADDOCK_AVX2_INLINE __m256i
load_table (const gint8 *codebook)
{
  return _mm256_broadcastsi128_si256 (_mm_load_si128 ((const __m128i *) codebook));
}

/* Four bytes of each half become the upper bytes of lanes, which a shift spreads with their sign. */
PADDOCK_AVX2_INLINE void
store_picked (float *out, __m256i values, __m256i pick, __m256 d, gboolean stream)
{
  __m256i wide = _mm256_srai_epi32 (_mm256_shuffle_epi8 (values, pick), 24);

  paddock_avx2_store (out, _mm256_mul_ps (_mm256_cvtepi32_ps (wide), d), stream);
}

/* Sixteen bytes: the low nibbles are the first half of 32 numbers, the high ones the second. */
PADDOCK_AVX2_INLINE void
store_halves (float *out, const guint8 *bytes, __m256i table, __m256 d, gboolean stream)
{
  const __m256i first = _mm256_setr_epi8 (-1, -1, -1, 0, -1, -1, -1, 1, -1, -1, -1, 2, -1, -1, -1, 3,
                                          -1, -1, -1, 4, -1, -1, -1, 5, -1, -1, -1, 6, -1, -1, -1, 7);
  const __m256i second = _mm256_setr_epi8 (-1, -1, -1, 8, -1, -1, -1, 9, -1, -1, -1, 10, -1, -1, -1, 11,
                                           -1, -1, -1, 12, -1, -1, -1, 13, -1, -1, -1, 14, -1, -1, -1, 15);
  __m256i twice = _mm256_broadcastsi128_si256 (_mm_loadu_si128 ((const __m128i *) bytes));
  __m256i low = look_up (twice, table);
  __m256i high = look_up (_mm256_srli_epi16 (twice, 4), table);

  store_picked (out, low, first, d, stream);
  store_picked (out + 8, low, second, d, stream);
  store_picked (out + 16, high, first, d, stream);
  store_picked (out + 24, high, second, d, stream);
}

PADDOCK_AVX2_INLINE void
iq4_nl_block (const PaddockBlockIQ4_NL *block, float *out, gboolean stream)
{
  const __m256i table = load_table (paddock_codebook_iq4_nl);

  store_halves (out, block->qs, table, paddock_avx2_spread_half (block->d), stream);
}

PADDOCK_AVX2_BLOCKS (iq4_nl, IQ4_NL, 32)

/* Eight scales of six bits for one block: four bits of each in bytes 4 to 7, the upper two in bytes 2 and 3. */
PADDOCK_AVX2_INLINE void
iq4_xs_block (const PaddockBlockIQ4_XS *block, float *out, gboolean stream)
{
  const __m256i table = load_table (paddock_codebook_iq4_nl);
  const __m256i by_four = _mm256_setr_epi32 (0, 4, 8, 12, 16, 20, 24, 28);
  const __m256i by_two = _mm256_setr_epi32 (0, 2, 4, 6, 8, 10, 12, 14);
  __m256i low = _mm256_srlv_epi32 (_mm256_set1_epi32 ((gint32) paddock_avx2_load_u32 (block->scales_l)), by_four);
  __m256i high = _mm256_srlv_epi32 (_mm256_set1_epi32 (block->scales_h), by_two);
  __m256i scale = _mm256_or_si256 (_mm256_and_si256 (low, _mm256_set1_epi32 (15)),
                                   _mm256_slli_epi32 (_mm256_and_si256 (high, _mm256_set1_epi32 (3)), 4));
  float d[8] __attribute__ ((aligned (32)));

  scale = _mm256_sub_epi32 (scale, _mm256_set1_epi32 (32));
  _mm256_store_ps (d, _mm256_mul_ps (paddock_avx2_spread_half (block->d), _mm256_cvtepi32_ps (scale)));
  for (gsize k = 0; k < 8; k++)
    store_halves (out + 32 * k, block->qs + 16 * k, table, _mm256_broadcast_ss (d + k), stream);
}

PADDOCK_AVX2_BLOCKS (iq4_xs, IQ4_XS, 256)

/* Half of a power of two: the table holds twice the values. Below 2 it is no normal number. */
PADDOCK_AVX2_INLINE __m256
load_exponent (guint8 e)
{
  gint32 bits = e < 2 ? 0x200000 << e : (e - 1) << 23;

  return _mm256_castsi256_ps (_mm256_set1_epi32 (bits));
}

PADDOCK_AVX2_INLINE void
mxfp4_block (const PaddockBlockMXFP4 *block, float *out, gboolean stream)
{
  const __m256i table = load_table (paddock_codebook_fp4);

  store_halves (out, block->qs, table, load_exponent (block->e), stream);
}

PADDOCK_AVX2_BLOCKS (mxfp4, MXFP4, 32)

/*
 * Four scales with four bits of exponent and three of mantissa: moved up by seven they are halves, subnormal ones too,
 * that are 256 times too small; the table's values are twice as large as they stand for. 0x7f is no number and counts as 0.
 */
PADDOCK_AVX2_INLINE __m128
load_scales (const guint8 *bytes)
{
  __m128i four = _mm_cvtsi32_si128 ((gint32) paddock_avx2_load_u32 (bytes));
  __m128i valid = _mm_andnot_si128 (_mm_cmpeq_epi8 (four, _mm_set1_epi8 (0x7f)), four);
  __m128i halves = _mm_slli_epi16 (_mm_and_si128 (_mm_cvtepu8_epi16 (valid), _mm_set1_epi16 (0x7f)), 7);

  return _mm_mul_ps (_mm_cvtph_ps (halves), _mm_set1_ps (128));
}

PADDOCK_AVX2_INLINE void
nvfp4_block (const PaddockBlockNVFP4 *block, float *out, gboolean stream)
{
  const __m256i table = load_table (paddock_codebook_fp4);
  const __m256i first = _mm256_setr_epi8 (-1, -1, -1, 0, -1, -1, -1, 1, -1, -1, -1, 2, -1, -1, -1, 3,
                                          -1, -1, -1, 4, -1, -1, -1, 5, -1, -1, -1, 6, -1, -1, -1, 7);
  const __m256i second = _mm256_setr_epi8 (-1, -1, -1, 8, -1, -1, -1, 9, -1, -1, -1, 10, -1, -1, -1, 11,
                                           -1, -1, -1, 12, -1, -1, -1, 13, -1, -1, -1, 14, -1, -1, -1, 15);
  float d[4] __attribute__ ((aligned (16)));

  _mm_store_ps (d, load_scales (block->d));
  for (gsize k = 0; k < 4; k += 2)
    {
      __m256i twice = _mm256_broadcastsi128_si256 (_mm_loadu_si128 ((const __m128i *) (block->qs + 8 * k)));
      __m256i low = look_up (twice, table);
      __m256i high = look_up (_mm256_srli_epi16 (twice, 4), table);
      __m256 d0 = _mm256_broadcast_ss (d + k);
      __m256 d1 = _mm256_broadcast_ss (d + k + 1);

      store_picked (out + 16 * k, low, first, d0, stream);
      store_picked (out + 16 * k + 8, high, first, d0, stream);
      store_picked (out + 16 * k + 16, low, second, d1, stream);
      store_picked (out + 16 * k + 24, high, second, d1, stream);
    }
}

PADDOCK_AVX2_BLOCKS (nvfp4, NVFP4, 64)

const PaddockKernel paddock_avx2_codebook[] = {
  PADDOCK_AVX2_ENTRY (20, iq4_nl),
  PADDOCK_AVX2_ENTRY (23, iq4_xs),
  PADDOCK_AVX2_ENTRY (39, mxfp4),
  PADDOCK_AVX2_ENTRY (40, nvfp4),
  PADDOCK_KERNEL_END,
};
