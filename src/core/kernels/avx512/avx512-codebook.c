/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx512/avx512-store.h"
#include "kernels/kernel-families.h"
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
iq4_nl (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const __m512 table = load_table (paddock_codebook_iq4_nl);

  for (; n_blocks > 0; n_blocks--, blocks += 18, out += 32)
    store_halves (out, blocks + 2, _mm512_mul_ps (paddock_avx512_broadcast_half (blocks), table), stream);
}

/* Eight scales of six bits for one block: four bits of each in bytes 4 to 7, the upper two in bytes 2 and 3. */
PADDOCK_AVX512_INLINE void
iq4_xs (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const __m512 table = load_table (paddock_codebook_iq4_nl);
  const __m256i by_four = _mm256_setr_epi32 (0, 4, 8, 12, 16, 20, 24, 28);
  const __m256i by_two = _mm256_setr_epi32 (0, 2, 4, 6, 8, 10, 12, 14);

  for (; n_blocks > 0; n_blocks--, blocks += 136, out += 256)
    {
      __m256i low = _mm256_srlv_epi32 (_mm256_set1_epi32 ((gint32) paddock_avx512_load_u32 (blocks + 4)), by_four);
      __m256i high = _mm256_srlv_epi32 (_mm256_set1_epi32 (paddock_avx512_load_u16 (blocks + 2)), by_two);
      __m256i scale = _mm256_or_si256 (_mm256_and_si256 (low, _mm256_set1_epi32 (15)),
                                       _mm256_slli_epi32 (_mm256_and_si256 (high, _mm256_set1_epi32 (3)), 4));
      float d[8] __attribute__ ((aligned (32)));

      scale = _mm256_sub_epi32 (scale, _mm256_set1_epi32 (32));
      _mm256_store_ps (d, _mm256_mul_ps (_mm256_set1_ps (paddock_avx512_load_half (blocks)), _mm256_cvtepi32_ps (scale)));
      for (gsize k = 0; k < 8; k++)
        store_halves (out + 32 * k, blocks + 8 + 16 * k, _mm512_mul_ps (_mm512_set1_ps (d[k]), table), stream);
    }
}

/* Half of a power of two: the table holds twice the values. Below 2 it is no normal number. */
PADDOCK_AVX512_INLINE __m512
load_exponent (const guint8 *byte)
{
  gint32 bits = *byte < 2 ? 0x200000 << *byte : (*byte - 1) << 23;

  return _mm512_castsi512_ps (_mm512_set1_epi32 (bits));
}

PADDOCK_AVX512_INLINE void
mxfp4 (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const __m512 table = load_table (paddock_codebook_fp4);

  for (; n_blocks > 0; n_blocks--, blocks += 17, out += 32)
    store_halves (out, blocks + 1, _mm512_mul_ps (load_exponent (blocks), table), stream);
}

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
nvfp4 (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const __m512 table = load_table (paddock_codebook_fp4);
  const __m512i shift = _mm512_setr_epi32 (0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 4);

  for (; n_blocks > 0; n_blocks--, blocks += 36, out += 64)
    {
      float d[4] __attribute__ ((aligned (16)));

      _mm_store_ps (d, load_scales (blocks));
      for (gsize k = 0; k < 4; k++)
        {
          __m128i eight = _mm_loadl_epi64 ((const __m128i *) (blocks + 4 + 8 * k));
          __m512i q = _mm512_srlv_epi32 (_mm512_cvtepu8_epi32 (_mm_unpacklo_epi64 (eight, eight)), shift);
          __m512 values = _mm512_permutexvar_ps (q, table);

          paddock_avx512_store (out + 16 * k, _mm512_mul_ps (values, _mm512_set1_ps (d[k])), stream);
        }
    }
}

PADDOCK_AVX512_KERNEL (iq4_nl)
PADDOCK_AVX512_KERNEL (iq4_xs)
PADDOCK_AVX512_KERNEL (mxfp4)
PADDOCK_AVX512_KERNEL (nvfp4)

const PaddockKernel paddock_avx512_codebook[] = {
  PADDOCK_AVX512_ENTRY (20, iq4_nl),
  PADDOCK_AVX512_ENTRY (23, iq4_xs),
  PADDOCK_AVX512_ENTRY (39, mxfp4),
  PADDOCK_AVX512_ENTRY (40, nvfp4),
  PADDOCK_KERNEL_END,
};
