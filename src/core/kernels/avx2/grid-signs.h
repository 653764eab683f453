/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/avx2/avx2-kernel.h"

G_BEGIN_DECLS

/* The signs that the grid family stores as seven of eight, completed to a bit for each number. */

/* The eighth sign above seven stored ones makes their number even. */
PADDOCK_AVX2_INLINE __m256i
paddock_grid_complete_signs (__m256i seven)
{
  const __m256i odd = _mm256_set_epi64x ((gint64) 0x8000008000808000, 0x0080800080000080,
                                         (gint64) 0x8000008000808000, 0x0080800080000080);
  const __m256i nibble = _mm256_set1_epi8 (0xf);
  __m256i low = _mm256_shuffle_epi8 (odd, _mm256_and_si256 (seven, nibble));
  __m256i high = _mm256_shuffle_epi8 (odd, _mm256_and_si256 (_mm256_srli_epi16 (seven, 4), nibble));

  return _mm256_xor_si256 (seven, _mm256_xor_si256 (low, high));
}

/* Four times seven signs in each word become four bytes. */
PADDOCK_AVX2_INLINE __m256i
paddock_grid_unpack_signs (__m256i words)
{
  __m256i v = _mm256_and_si256 (words, _mm256_set1_epi32 (0x7f));

  v = _mm256_or_si256 (v, _mm256_and_si256 (_mm256_slli_epi32 (words, 1), _mm256_set1_epi32 (0x7f00)));
  v = _mm256_or_si256 (v, _mm256_and_si256 (_mm256_slli_epi32 (words, 2), _mm256_set1_epi32 (0x7f0000)));
  v = _mm256_or_si256 (v, _mm256_and_si256 (_mm256_slli_epi32 (words, 3), _mm256_set1_epi32 (0x7f000000)));
  return paddock_grid_complete_signs (v);
}

G_END_DECLS
