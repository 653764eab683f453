/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx512/avx512-store.h"
#include "kernels/kernel-families.h"
#include "quant/quant-blocks.h"
#include "quant/quant-codebooks.h"

PADDOCK_AVX512_INLINE __m512
load_table (const gint8 *codebook)
{
  return paddock_avx512_from_bytes (_mm_load_si128 ((const __m128i *) codebook));
}

/*
 * Sixteen bytes: the low nibbles are the first half of 32 numbers, the high ones the second. A lane picks its value by its
 * lowest four bits, out of a table that has been multiplied already.
 */
PADDOCK_AVX512_INLINE void
store_halves (float *out, const guint8 *bytes, __m512 table, gboolean stream)
{
  __m512i q = _mm512_cvtepu8_epi32 (_mm_loadu_si128 ((const __m128i *) bytes));

  paddock_avx512_store (out, _mm512_permutexvar_ps (q, table), stream);
  paddock_avx512_store (out + 16, _mm512_permutexvar_ps (_mm512_srli_epi32 (q, 4), table), stream);
}

PADDOCK_AVX512_INLINE void
iq4_nl_block (const PaddockBlockIQ4_NL *block, float *out, gboolean stream)
{
  const __m512 table = load_table (paddock_codebook_iq4_nl);

  store_halves (out, block->qs, _mm512_mul_ps (paddock_avx512_spread_half (block->d), table), stream);
}

PADDOCK_AVX512_BLOCKS (iq4_nl, IQ4_NL, 32)

/* Eight scales of six bits for one block: four bits of each in bytes 4 to 7, the upper two in bytes 2 and 3. */
PADDOCK_AVX512_INLINE void
iq4_xs_block (const PaddockBlockIQ4_XS *block, float *out, gboolean stream)
{
  const __m512 table = load_table (paddock_codebook_iq4_nl);
  const __m256i by_four = _mm256_setr_epi32 (0, 4, 8, 12, 16, 20, 24, 28);
  const __m256i by_two = _mm256_setr_epi32 (0, 2, 4, 6, 8, 10, 12, 14);
  __m256i low = _mm256_srlv_epi32 (_mm256_set1_epi32 ((gint32) paddock_avx512_load_u32 (block->scales_l)), by_four);
  __m256i high = _mm256_srlv_epi32 (_mm256_set1_epi32 (block->scales_h), by_two);
  __m256i scale = _mm256_or_si256 (_mm256_and_si256 (low, _mm256_set1_epi32 (15)),
                                   _mm256_slli_epi32 (_mm256_and_si256 (high, _mm256_set1_epi32 (3)), 4));
  float d[8] __attribute__ ((aligned (32)));

  scale = _mm256_sub_epi32 (scale, _mm256_set1_epi32 (32));
  _mm256_store_ps (d, _mm256_mul_ps (_mm256_set1_ps (_cvtsh_ss (block->d)), _mm256_cvtepi32_ps (scale)));
  for (gsize k = 0; k < 8; k++)
    store_halves (out + 32 * k, block->qs + 16 * k, _mm512_mul_ps (_mm512_set1_ps (d[k]), table), stream);
}

PADDOCK_AVX512_BLOCKS (iq4_xs, IQ4_XS, 256)

/* Half of a power of two: the table holds twice the values. Below 2 it is no normal number. */
PADDOCK_AVX512_INLINE __m512
load_exponent (guint8 e)
{
  gint32 bits = e < 2 ? 0x200000 << e : (e - 1) << 23;

  return _mm512_castsi512_ps (_mm512_set1_epi32 (bits));
}

PADDOCK_AVX512_INLINE void
mxfp4_block (const PaddockBlockMXFP4 *block, float *out, gboolean stream)
{
  const __m512 table = load_table (paddock_codebook_fp4);

  store_halves (out, block->qs, _mm512_mul_ps (load_exponent (block->e), table), stream);
}

PADDOCK_AVX512_BLOCKS (mxfp4, MXFP4, 32)

/*
 * Four scales with four bits of exponent and three of mantissa: moved up by seven they are halves, subnormal ones too,
 * that are 256 times too small; the table's values are twice as large as they stand for. 0x7f is no number and counts as 0.
 */
PADDOCK_AVX512_INLINE __m128
load_scales (const guint8 *bytes)
{
  __m128i four = _mm_cvtsi32_si128 ((gint32) paddock_avx512_load_u32 (bytes));
  __m128i valid = _mm_andnot_si128 (_mm_cmpeq_epi8 (four, _mm_set1_epi8 (0x7f)), four);
  __m128i halves = _mm_slli_epi16 (_mm_and_si128 (_mm_cvtepu8_epi16 (valid), _mm_set1_epi16 (0x7f)), 7);

  return _mm_mul_ps (_mm_cvtph_ps (halves), _mm_set1_ps (128));
}

/* Sixteen numbers have a scale: the low nibbles of eight bytes, then their high ones. */
PADDOCK_AVX512_INLINE void
nvfp4_block (const PaddockBlockNVFP4 *block, float *out, gboolean stream)
{
  const __m512 table = load_table (paddock_codebook_fp4);
  const __m512i shift = _mm512_setr_epi32 (0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 4);
  float d[4] __attribute__ ((aligned (16)));

  _mm_store_ps (d, load_scales (block->d));
  for (gsize k = 0; k < 4; k++)
    {
      __m128i eight = _mm_loadl_epi64 ((const __m128i *) (block->qs + 8 * k));
      __m512i q = _mm512_srlv_epi32 (_mm512_cvtepu8_epi32 (_mm_unpacklo_epi64 (eight, eight)), shift);
      __m512 values = _mm512_permutexvar_ps (q, table);

      paddock_avx512_store (out + 16 * k, _mm512_mul_ps (values, _mm512_set1_ps (d[k])), stream);
    }
}

PADDOCK_AVX512_BLOCKS (nvfp4, NVFP4, 64)

const PaddockKernel paddock_avx512_codebook[] = {
  PADDOCK_AVX512_ENTRY (20, iq4_nl),
  PADDOCK_AVX512_ENTRY (23, iq4_xs),
  PADDOCK_AVX512_ENTRY (39, mxfp4),
  PADDOCK_AVX512_ENTRY (40, nvfp4),
  PADDOCK_KERNEL_END,
};
