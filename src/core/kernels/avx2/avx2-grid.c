/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx2/avx2-store.h"
#include "kernels/avx2/grid-codes.h"
#include "kernels/avx2/grid-signs.h"
#include "kernels/kernel-families.h"
#include "quant/quant-blocks.h"

/*
 * IQ2 and IQ3: the levels times the scale make a table of eight floats for each scale. An entry's code is copied to all
 * lanes, each lane shifts its own bits down, and a permutation looks all eight numbers up at once. Then come the signs,
 * each shifted to its place; negating last is exact. What is read apart from codes (indices, signs, scales) is first
 * unpacked for the whole block, with vectors, into small arrays.
 */
#define SHIFTS3 _mm256_setr_epi32 (0, 3, 6, 9, 12, 15, 18, 21)
#define SHIFTS4 _mm256_setr_epi32 (0, 4, 8, 12, 16, 20, 24, 28)

/* What is unpacked for a block: no store of it may straddle two cache lines, or reading it back waits. */
#define ALIGNED __attribute__ ((aligned (64)))

PADDOCK_AVX2_INLINE __m256i
load (const void *bytes)
{
  return _mm256_loadu_si256 (bytes);
}

PADDOCK_AVX2_INLINE __m256i
broadcast_code (const guint32 *codes, gsize index)
{
  return _mm256_set1_epi32 ((gint32) codes[index]);
}

PADDOCK_AVX2_INLINE __m256
scale_levels (const float *levels, const float *scale)
{
  return _mm256_mul_ps (_mm256_broadcast_ss (scale), _mm256_load_ps (levels));
}

/* Eight values of a code of IQ1 or IQ2. */
PADDOCK_AVX2_INLINE __m256
look_up (__m256 levels, const guint32 *codes, gsize index)
{
  return _mm256_permutevar8x32_ps (levels, _mm256_srlv_epi32 (broadcast_code (codes, index), SHIFTS3));
}

/* Eight values of two codes of IQ3. */
PADDOCK_AVX2_INLINE __m256
look_up_two (__m256 levels, const guint32 *codes, gsize first, gsize second)
{
  __m256i code = _mm256_blend_epi32 (broadcast_code (codes, first), broadcast_code (codes, second), 0xf0);

  return _mm256_permutevar8x32_ps (levels, _mm256_srlv_epi32 (code, SHIFTS4));
}

/* A word of 32 signs. */
PADDOCK_AVX2_INLINE __m256i
broadcast_signs (const guint8 *signs)
{
  return _mm256_set1_epi32 ((gint32) paddock_avx2_load_u32 (signs));
}

/* The @part-th eight of 32 values, and of their signs. */
PADDOCK_AVX2_INLINE void
store_signed (float *out, gint part, __m256 v, __m256i signs, gboolean stream)
{
  const __m256i places = _mm256_setr_epi32 (31, 30, 29, 28, 27, 26, 25, 24);
  const __m256i sign = _mm256_set1_epi32 (G_MININT32);

  signs = _mm256_sllv_epi32 (signs, _mm256_sub_epi32 (places, _mm256_set1_epi32 (8 * part)));
  v = _mm256_xor_ps (v, _mm256_castsi256_ps (_mm256_and_si256 (signs, sign)));
  paddock_avx2_store (out + 8 * part, v, stream);
}

/* (d * (0.5 + s)) * factor, in the reference's order. */
PADDOCK_AVX2_INLINE __m256
half_scales (__m256 d, __m256i s, float factor)
{
  __m256 v = _mm256_add_ps (_mm256_set1_ps (0.5f), _mm256_cvtepi32_ps (s));

  return _mm256_mul_ps (_mm256_mul_ps (d, v), _mm256_set1_ps (factor));
}

/* The sixteen scales of four bits in eight bytes, the lower half of a byte first. */
PADDOCK_AVX2_INLINE void
unpack_nibble_scales (const guint8 *bytes, __m256 d, float *scales)
{
  __m128i packed = _mm_loadl_epi64 ((const __m128i *) bytes);
  __m128i low = _mm_and_si128 (packed, _mm_set1_epi8 (0xf));
  __m128i high = _mm_and_si128 (_mm_srli_epi16 (packed, 4), _mm_set1_epi8 (0xf));
  __m128i all = _mm_unpacklo_epi8 (low, high);

  _mm256_storeu_ps (scales, half_scales (d, _mm256_cvtepu8_epi32 (all), 0.25f));
  _mm256_storeu_ps (scales + 8, half_scales (d, _mm256_cvtepu8_epi32 (_mm_srli_si128 (all, 8)), 0.25f));
}

PADDOCK_AVX2_INLINE void
iq2_xxs (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ2_XXS))
    {
      const PaddockBlockIQ2_XXS *block = (const PaddockBlockIQ2_XXS *) blocks;
      const guint8 *qs = (const guint8 *) block->qs;
      __m256 halves = _mm256_shuffle_ps (_mm256_castsi256_ps (load (qs)), _mm256_castsi256_ps (load (qs + 32)), 0xdd);
      /* The halves of the vectors were taken apart. */
      __m256i words = _mm256_permute4x64_epi64 (_mm256_castps_si256 (halves), 0xd8);
      guint8 signs[32] ALIGNED;
      float scales[8] ALIGNED;

      paddock_avx2_prefetch_block (blocks, sizeof *block, stream);
      _mm256_store_si256 ((__m256i *) signs, paddock_grid_unpack_signs (words));
      _mm256_store_ps (scales, half_scales (paddock_avx2_broadcast_half (blocks), _mm256_srli_epi32 (words, 28), 0.25f));
#pragma GCC unroll 8
      for (gsize i = 0; i < 8; i++, qs += 8, out += 32)
        {
          __m256 levels = scale_levels (codes->iq2_levels, &scales[i]);
          __m256i word = broadcast_signs (&signs[4 * i]);

#pragma GCC unroll 4
          for (gint j = 0; j < 4; j++)
            store_signed (out, j, look_up (levels, codes->iq2_xxs, qs[j]), word, stream);
        }
    }
}

/* 32 values of four codes of IQ2, two for each scale. */
PADDOCK_AVX2_INLINE void
store_iq2 (float *out, const PaddockGridCodes *codes, const guint32 *entries, const guint16 *q, const float *scales,
           const guint8 *signs, gboolean stream)
{
  __m256 first = scale_levels (codes->iq2_levels, &scales[0]);
  __m256 second = scale_levels (codes->iq2_levels, &scales[1]);
  __m256i word = broadcast_signs (signs);

#pragma GCC unroll 4
  for (gint j = 0; j < 4; j++)
    store_signed (out, j, look_up (j < 2 ? first : second, entries, q[j]), word, stream);
}

PADDOCK_AVX2_INLINE void
iq2_xs (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ2_XS))
    {
      const PaddockBlockIQ2_XS *block = (const PaddockBlockIQ2_XS *) blocks;
      __m256i first = load (block->qs);
      __m256i second = load (block->qs + 16);
      __m256i seven = _mm256_packus_epi16 (_mm256_srli_epi16 (first, 9), _mm256_srli_epi16 (second, 9));
      const __m256i index = _mm256_set1_epi16 (511);
      guint16 indices[32] ALIGNED;
      guint8 signs[32] ALIGNED;
      float scales[16] ALIGNED;

      paddock_avx2_prefetch_block (blocks, sizeof *block, stream);
      _mm256_store_si256 ((__m256i *) indices, _mm256_and_si256 (first, index));
      _mm256_store_si256 ((__m256i *) (indices + 16), _mm256_and_si256 (second, index));
      /* The halves of the vectors were packed apart. */
      seven = _mm256_permute4x64_epi64 (seven, 0xd8);
      _mm256_store_si256 ((__m256i *) signs, paddock_grid_complete_signs (seven));
      unpack_nibble_scales (block->scales, paddock_avx2_broadcast_half (blocks), scales);
#pragma GCC unroll 8
      for (gsize i = 0; i < 8; i++, out += 32)
        store_iq2 (out, codes, codes->iq2_xs, &indices[4 * i], &scales[2 * i], &signs[4 * i], stream);
    }
}

/* The indices' upper two bits: four in each byte. */
PADDOCK_AVX2_INLINE void
unpack_iq2_s_indices (const guint8 *low, const guint8 *high, guint16 *indices)
{
  const __m256i copies = _mm256_setr_epi8 (0, -1, 0, -1, 0, -1, 0, -1, 1, -1, 1, -1, 1, -1, 1, -1,
                                           2, -1, 2, -1, 2, -1, 2, -1, 3, -1, 3, -1, 3, -1, 3, -1);
  const __m256i shifts = _mm256_set1_epi64x (0x0004001000400100);
  __m256i bits = _mm256_broadcastq_epi64 (_mm_loadl_epi64 ((const __m128i *) high));

  for (gsize i = 0; i < 2; i++, bits = _mm256_srli_epi64 (bits, 32))
    {
      __m256i upper = _mm256_mullo_epi16 (_mm256_shuffle_epi8 (bits, copies), shifts);
      __m256i lower = _mm256_cvtepu8_epi16 (_mm_loadu_si128 ((const __m128i *) (low + 16 * i)));

      upper = _mm256_and_si256 (upper, _mm256_set1_epi16 (0x300));
      _mm256_storeu_si256 ((__m256i *) &indices[16 * i], _mm256_or_si256 (upper, lower));
    }
}

PADDOCK_AVX2_INLINE void
iq2_s (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ2_S))
    {
      const PaddockBlockIQ2_S *block = (const PaddockBlockIQ2_S *) blocks;
      const guint8 *signs = block->qs + 32;
      guint16 indices[32] ALIGNED;
      float scales[16] ALIGNED;

      paddock_avx2_prefetch_block (blocks, sizeof *block, stream);
      unpack_iq2_s_indices (block->qs, block->qh, indices);
      unpack_nibble_scales (block->scales, paddock_avx2_broadcast_half (blocks), scales);
#pragma GCC unroll 8
      for (gsize i = 0; i < 8; i++, out += 32)
        store_iq2 (out, codes, codes->iq2_s, &indices[4 * i], &scales[2 * i], &signs[4 * i], stream);
    }
}

PADDOCK_AVX2_INLINE void
iq3_xxs (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ3_XXS))
    {
      const PaddockBlockIQ3_XXS *block = (const PaddockBlockIQ3_XXS *) blocks;
      const guint8 *qs = block->qs;
      __m256i words = load (block->qs + 64);
      guint8 signs[32] ALIGNED;
      float scales[8] ALIGNED;

      paddock_avx2_prefetch_block (blocks, sizeof *block, stream);
      _mm256_store_si256 ((__m256i *) signs, paddock_grid_unpack_signs (words));
      _mm256_store_ps (scales, half_scales (paddock_avx2_broadcast_half (blocks), _mm256_srli_epi32 (words, 28), 0.5f));
#pragma GCC unroll 8
      for (gsize i = 0; i < 8; i++, qs += 8, out += 32)
        {
          __m256 levels = scale_levels (codes->iq3_xxs_levels, &scales[i]);
          __m256i word = broadcast_signs (&signs[4 * i]);

#pragma GCC unroll 4
          for (gint j = 0; j < 4; j++)
            store_signed (out, j, look_up_two (levels, codes->iq3_xxs, qs[2 * j], qs[2 * j + 1]), word, stream);
        }
    }
}

/* The indices' ninth bits: a bit each. */
PADDOCK_AVX2_INLINE void
unpack_iq3_s_indices (const guint8 *low, const guint8 *high, guint16 *indices)
{
  const __m256i places = _mm256_setr_epi16 (0x1, 0x2, 0x4, 0x8, 0x10, 0x20, 0x40, 0x80,
                                            0x100, 0x200, 0x400, 0x800, 0x1000, 0x2000, 0x4000, (gint16) 0x8000);

  for (gsize i = 0; i < 4; i++)
    {
      __m256i bits = _mm256_set1_epi16 ((gint16) paddock_avx2_load_u16 (high + 2 * i));
      __m256i upper = _mm256_cmpeq_epi16 (_mm256_and_si256 (bits, places), places);
      __m256i lower = _mm256_cvtepu8_epi16 (_mm_loadu_si128 ((const __m128i *) (low + 16 * i)));

      upper = _mm256_and_si256 (upper, _mm256_set1_epi16 (0x100));
      _mm256_storeu_si256 ((__m256i *) &indices[16 * i], _mm256_or_si256 (upper, lower));
    }
}

/* d * (1 + 2 * s), of eight scales of four bits in four bytes. */
PADDOCK_AVX2_INLINE __m256
odd_scales (__m256 d, __m256i s)
{
  return _mm256_mul_ps (d, _mm256_cvtepi32_ps (_mm256_add_epi32 (_mm256_add_epi32 (s, s), _mm256_set1_epi32 (1))));
}

PADDOCK_AVX2_INLINE void
iq3_s (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ3_S))
    {
      const PaddockBlockIQ3_S *block = (const PaddockBlockIQ3_S *) blocks;
      const guint8 *signs = block->signs;
      __m256i s = _mm256_set1_epi32 ((gint32) paddock_avx2_load_u32 (block->scales));
      guint16 indices[64] ALIGNED;
      float scales[8] ALIGNED;

      paddock_avx2_prefetch_block (blocks, sizeof *block, stream);
      s = _mm256_srlv_epi32 (s, SHIFTS4);
      s = _mm256_and_si256 (s, _mm256_set1_epi32 (0xf));
      _mm256_storeu_ps (scales, odd_scales (paddock_avx2_broadcast_half (blocks), s));
      unpack_iq3_s_indices (block->qs, block->qh, indices);
#pragma GCC unroll 8
      for (gsize i = 0; i < 8; i++, out += 32)
        {
          const guint16 *q = &indices[8 * i];
          __m256 levels = scale_levels (codes->iq3_s_levels, &scales[i]);
          __m256i word = broadcast_signs (&signs[4 * i]);

#pragma GCC unroll 4
          for (gint j = 0; j < 4; j++)
            store_signed (out, j, look_up_two (levels, codes->iq3_s, q[2 * j], q[2 * j + 1]), word, stream);
        }
    }
}

/* The upper three bits of 32 indices, and the delta above them, to their lower bytes. */
PADDOCK_AVX2_INLINE void
join_iq1_indices (const guint8 *low, __m256i high, guint16 *indices)
{
  __m256i lower = load (low);

  /* The halves of a vector are unpacked apart. */
  lower = _mm256_permute4x64_epi64 (lower, 0xd8);
  high = _mm256_permute4x64_epi64 (high, 0xd8);
  _mm256_storeu_si256 ((__m256i *) indices, _mm256_unpacklo_epi8 (lower, high));
  _mm256_storeu_si256 ((__m256i *) (indices + 16), _mm256_unpackhi_epi8 (lower, high));
}

PADDOCK_AVX2_INLINE void
iq1_s (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();
  /* Word by word: bits 0, 3, 6 and 9 of the word that four indices share, each at bit 8. */
  const __m256i shifts = _mm256_set1_epi64x (0x0000000400200100);
  const __m256i copies = _mm256_setr_epi8 (0, 1, 0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3, 2, 3,
                                           4, 5, 4, 5, 4, 5, 4, 5, 6, 7, 6, 7, 6, 7, 6, 7);

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ1_S))
    {
      const PaddockBlockIQ1_S *block = (const PaddockBlockIQ1_S *) blocks;
      __m128i qh = _mm_loadu_si128 ((const __m128i *) block->qh);
      __m256i words = _mm256_broadcastsi128_si256 (qh);
      __m256i s = _mm256_and_si256 (_mm256_cvtepu16_epi32 (_mm_srli_epi16 (qh, 12)), _mm256_set1_epi32 (7));
      guint16 indices[32] ALIGNED;
      float scales[8] ALIGNED;

      paddock_avx2_prefetch_block (blocks, sizeof *block, stream);
      _mm256_storeu_ps (scales, odd_scales (paddock_avx2_broadcast_half (blocks), s));
      for (gsize i = 0; i < 2; i++, words = _mm256_srli_si256 (words, 8))
        {
          __m256i four = _mm256_shuffle_epi8 (words, copies);
          __m256i delta = _mm256_and_si256 (_mm256_srli_epi16 (four, 4), _mm256_set1_epi16 (0x800));
          __m256i upper = _mm256_mullo_epi16 (four, shifts);
          __m256i lower = _mm256_cvtepu8_epi16 (_mm_loadu_si128 ((const __m128i *) (block->qs + 16 * i)));

          upper = _mm256_blend_epi16 (upper, _mm256_srli_epi16 (four, 1), 0x88);
          upper = _mm256_and_si256 (upper, _mm256_set1_epi16 (0x700));
          lower = _mm256_or_si256 (lower, delta);
          _mm256_storeu_si256 ((__m256i *) &indices[16 * i], _mm256_or_si256 (upper, lower));
        }
#pragma GCC unroll 16
      for (gsize i = 0; i < 8; i++)
        {
          __m256 levels = scale_levels (codes->iq1_levels, &scales[i]);

          for (gsize j = 4 * i; j < 4 * i + 4; j++, out += 8)
            paddock_avx2_store (out, look_up (levels, codes->iq1, indices[j]), stream);
        }
    }
}

/* Sixteen scales of three bits in four words; the words' upper four bits are the number that they multiply. */
PADDOCK_AVX2_INLINE void
unpack_iq1_m_scales (guint64 packed, float *scales)
{
  const __m256i shifts = _mm256_setr_epi32 (0, 3, 6, 9, 16, 19, 22, 25);
  guint64 d = ((packed >> 12) & 0xf) | ((packed >> 24) & 0xf0) | ((packed >> 36) & 0xf00) | ((packed >> 48) & 0xf000);
  __m256 scale = _mm256_cvtph_ps (_mm_set1_epi16 ((gint16) d));

  for (gsize i = 0; i < 2; i++, packed >>= 32)
    {
      __m256i s = _mm256_srlv_epi32 (_mm256_set1_epi32 ((gint32) packed), shifts);

      _mm256_storeu_ps (&scales[8 * i], odd_scales (scale, _mm256_and_si256 (s, _mm256_set1_epi32 (7))));
    }
}

PADDOCK_AVX2_INLINE void
iq1_m (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ1_M))
    {
      const PaddockBlockIQ1_M *block = (const PaddockBlockIQ1_M *) blocks;
      __m256i high = _mm256_cvtepu8_epi16 (_mm_loadu_si128 ((const __m128i *) block->qh));
      guint64 packed;
      guint16 indices[32] ALIGNED;
      float scales[16] ALIGNED;

      paddock_avx2_prefetch_block (blocks, sizeof *block, stream);
      high = _mm256_or_si256 (high, _mm256_slli_epi16 (high, 4));
      join_iq1_indices (block->qs, _mm256_and_si256 (high, _mm256_set1_epi8 (0xf)), indices);
      __builtin_memcpy (&packed, block->scales, sizeof packed);
      unpack_iq1_m_scales (packed, scales);
#pragma GCC unroll 16
      for (gsize i = 0; i < 16; i++)
        {
          __m256 levels = scale_levels (codes->iq1_levels, &scales[i]);

          for (gsize j = 2 * i; j < 2 * i + 2; j++, out += 8)
            paddock_avx2_store (out, look_up (levels, codes->iq1, indices[j]), stream);
        }
    }
}

PADDOCK_AVX2_KERNEL (iq2_xxs)
PADDOCK_AVX2_KERNEL (iq2_xs)
PADDOCK_AVX2_KERNEL (iq2_s)
PADDOCK_AVX2_KERNEL (iq3_xxs)
PADDOCK_AVX2_KERNEL (iq3_s)
PADDOCK_AVX2_KERNEL (iq1_s)
PADDOCK_AVX2_KERNEL (iq1_m)

const PaddockKernel paddock_avx2_grid[] = {
  PADDOCK_AVX2_ENTRY (16, iq2_xxs),
  PADDOCK_AVX2_ENTRY (17, iq2_xs),
  PADDOCK_AVX2_ENTRY (18, iq3_xxs),
  PADDOCK_AVX2_ENTRY (19, iq1_s),
  PADDOCK_AVX2_ENTRY (21, iq3_s),
  PADDOCK_AVX2_ENTRY (22, iq2_s),
  PADDOCK_AVX2_ENTRY (29, iq1_m),
  PADDOCK_KERNEL_END,
};
