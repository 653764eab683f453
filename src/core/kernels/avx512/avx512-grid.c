/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx2/grid-codes.h"
#include "kernels/avx2/grid-signs.h"
#include "kernels/avx512/avx512-store.h"
#include "kernels/kernel-families.h"
#include "quant/quant-blocks.h"

/*
 * As under AVX2, with two codes of IQ1 and IQ2 or four of IQ3 in a vector: each is copied from memory to its lanes alone.
 *
 */
#define TWICE(a, b, c, d, e, f, g, h) _mm512_setr_epi32 (a, b, c, d, e, f, g, h, a, b, c, d, e, f, g, h)
#define SHIFTS3 TWICE (0, 3, 6, 9, 12, 15, 18, 21)
#define SHIFTS4 TWICE (0, 4, 8, 12, 16, 20, 24, 28)

/* What is unpacked for a block: no store of it may straddle two cache lines, or reading it back waits. */
#define ALIGNED __attribute__ ((aligned (64)))

PADDOCK_AVX512_INLINE __m512i
broadcast_code (const guint32 *codes, gsize index)
{
  return _mm512_broadcastd_epi32 (_mm_loadu_si32 (&codes[index]));
}

PADDOCK_AVX512_INLINE __m512i
add_code (__m512i v, __mmask16 lanes, const guint32 *codes, gsize index)
{
  return _mm512_mask_broadcastd_epi32 (v, lanes, _mm_loadu_si32 (&codes[index]));
}

PADDOCK_AVX512_INLINE __m512
scale_levels (__m512 levels, const float *scale)
{
  return _mm512_mul_ps (_mm512_set1_ps (*scale), levels);
}

/* The truth table of a ^ (b & c). */
#define XOR_OF_AND 0x78

/* The sign bit of @v changes where bit 31 of @signs is set. */
PADDOCK_AVX512_INLINE __m512
change_signs (__m512 v, __m512i signs)
{
  const __m512i sign = _mm512_set1_epi32 (G_MININT32);

  return _mm512_castsi512_ps (_mm512_ternarylogic_epi32 (_mm512_castps_si512 (v), signs, sign, XOR_OF_AND));
}

/* 32 values, and a bit for the sign of each. */
PADDOCK_AVX512_INLINE void
store_signed (float *out, __m512 first, __m512 second, const guint8 *signs, gboolean stream)
{
  const __m512i places = _mm512_setr_epi32 (31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16);
  const __m512i more = _mm512_setr_epi32 (15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  __m512i word = _mm512_set1_epi32 ((gint32) paddock_avx512_load_u32 (signs));

  paddock_avx512_store (out, change_signs (first, _mm512_sllv_epi32 (word, places)), stream);
  paddock_avx512_store (out + 16, change_signs (second, _mm512_sllv_epi32 (word, more)), stream);
}

PADDOCK_AVX512_INLINE __m512
look_up_two (__m512 levels, const guint32 *codes, gsize first, gsize second)
{
  __m512i code = add_code (broadcast_code (codes, first), 0xff00, codes, second);

  return _mm512_permutexvar_ps (_mm512_srlv_epi32 (code, SHIFTS3), levels);
}

PADDOCK_AVX512_INLINE __m512
look_up_four (__m512 levels, const guint32 *codes, gsize first, gsize second, gsize third, gsize fourth)
{
  __m512i code = add_code (broadcast_code (codes, first), 0x00f0, codes, second);

  code = add_code (add_code (code, 0x0f00, codes, third), 0xf000, codes, fourth);
  return _mm512_permutexvar_ps (_mm512_srlv_epi32 (code, SHIFTS4), levels);
}

/* (d * (0.5 + s)) * factor, in the reference's order. */
PADDOCK_AVX512_INLINE __m512
half_scales (__m512 d, __m512i s, float factor)
{
  __m512 v = _mm512_add_ps (_mm512_set1_ps (0.5f), _mm512_cvtepi32_ps (s));

  return _mm512_mul_ps (_mm512_mul_ps (d, v), _mm512_set1_ps (factor));
}

/* d * (1 + 2 * s) */
PADDOCK_AVX512_INLINE __m512
odd_scales (__m512 d, __m512i s)
{
  return _mm512_mul_ps (d, _mm512_cvtepi32_ps (_mm512_add_epi32 (_mm512_add_epi32 (s, s), _mm512_set1_epi32 (1))));
}

/* The sixteen scales of four bits in eight bytes, the lower half of a byte first. */
PADDOCK_AVX512_INLINE void
unpack_nibble_scales (const guint8 *bytes, __m512 d, float *scales)
{
  __m128i packed = _mm_loadl_epi64 ((const __m128i *) bytes);
  __m128i all = _mm_unpacklo_epi8 (packed, _mm_srli_epi16 (packed, 4));

  all = _mm_and_si128 (all, _mm_set1_epi8 (0xf));
  _mm512_storeu_ps (scales, half_scales (d, _mm512_cvtepu8_epi32 (all), 0.25f));
}

PADDOCK_AVX512_INLINE void
iq2_xxs (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();
  __m512 levels = _mm512_load_ps (codes->iq2_levels);

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ2_XXS))
    {
      const PaddockBlockIQ2_XXS *block = (const PaddockBlockIQ2_XXS *) blocks;
      const guint8 *qs = (const guint8 *) block->qs;
      __m256i words = _mm512_cvtepi64_epi32 (_mm512_srli_epi64 (_mm512_loadu_si512 (qs), 32));
      guint8 signs[32] ALIGNED;
      float scales[16] ALIGNED;

      paddock_avx512_prefetch_block (blocks, sizeof *block, stream);
      _mm256_storeu_si256 ((__m256i *) signs, paddock_grid_unpack_signs (words));
      _mm512_storeu_ps (scales, half_scales (paddock_avx512_broadcast_half (blocks),
                                             _mm512_zextsi256_si512 (_mm256_srli_epi32 (words, 28)), 0.25f));
#pragma GCC unroll 4
      for (gsize i = 0; i < 8; i++, qs += 8, out += 32)
        {
          __m512 scaled = scale_levels (levels, &scales[i]);

          store_signed (out, look_up_two (scaled, codes->iq2_xxs, qs[0], qs[1]),
                        look_up_two (scaled, codes->iq2_xxs, qs[2], qs[3]), &signs[4 * i], stream);
        }
    }
}

PADDOCK_AVX512_INLINE void
iq2_xs (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();
  __m512 levels = _mm512_load_ps (codes->iq2_levels);

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ2_XS))
    {
      const PaddockBlockIQ2_XS *block = (const PaddockBlockIQ2_XS *) blocks;
      __m512i words = _mm512_loadu_si512 (block->qs);
      guint16 indices[32] ALIGNED;
      guint8 signs[32] ALIGNED;
      float scales[16] ALIGNED;

      paddock_avx512_prefetch_block (blocks, sizeof *block, stream);
      _mm512_storeu_si512 (indices, _mm512_and_si512 (words, _mm512_set1_epi16 (511)));
      _mm256_storeu_si256 ((__m256i *) signs, paddock_grid_complete_signs (_mm512_cvtepi16_epi8 (_mm512_srli_epi16 (words, 9))));
      unpack_nibble_scales (block->scales, paddock_avx512_broadcast_half (blocks), scales);
#pragma GCC unroll 4
      for (gsize i = 0; i < 8; i++, out += 32)
        {
          const guint16 *q = &indices[4 * i];
          __m512 first = look_up_two (scale_levels (levels, &scales[2 * i]), codes->iq2_xs, q[0], q[1]);
          __m512 second = look_up_two (scale_levels (levels, &scales[2 * i + 1]), codes->iq2_xs, q[2], q[3]);

          store_signed (out, first, second, &signs[4 * i], stream);
        }
    }
}

/* The indices' upper two bits: four in each byte. */
PADDOCK_AVX512_INLINE void
unpack_iq2_s_indices (const guint8 *low, const guint8 *high, guint16 *indices)
{
  const __m512i shifts = _mm512_set1_epi64 (0x0004001000400100);
  /* A byte in each 64 bits, copied into its four words. */
  const __m512i copies = _mm512_set4_epi32 (0x08080808, 0x08080808, 0, 0);
  __m512i bits = _mm512_cvtepu8_epi64 (_mm_loadl_epi64 ((const __m128i *) high));
  __m512i lower = _mm512_cvtepu8_epi16 (_mm256_loadu_si256 ((const __m256i *) low));

  bits = _mm512_maskz_shuffle_epi8 (0x5555555555555555, bits, copies);
  bits = _mm512_and_si512 (_mm512_mullo_epi16 (bits, shifts), _mm512_set1_epi16 (0x300));
  _mm512_storeu_si512 (indices, _mm512_or_si512 (bits, lower));
}

PADDOCK_AVX512_INLINE void
iq2_s (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();
  __m512 levels = _mm512_load_ps (codes->iq2_levels);

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ2_S))
    {
      const PaddockBlockIQ2_S *block = (const PaddockBlockIQ2_S *) blocks;
      const guint8 *signs = block->qs + 32;
      guint16 indices[32] ALIGNED;
      float scales[16] ALIGNED;

      paddock_avx512_prefetch_block (blocks, sizeof *block, stream);
      unpack_iq2_s_indices (block->qs, block->qh, indices);
      unpack_nibble_scales (block->scales, paddock_avx512_broadcast_half (blocks), scales);
#pragma GCC unroll 4
      for (gsize i = 0; i < 8; i++, out += 32)
        {
          const guint16 *q = &indices[4 * i];
          __m512 first = look_up_two (scale_levels (levels, &scales[2 * i]), codes->iq2_s, q[0], q[1]);
          __m512 second = look_up_two (scale_levels (levels, &scales[2 * i + 1]), codes->iq2_s, q[2], q[3]);

          store_signed (out, first, second, &signs[4 * i], stream);
        }
    }
}

PADDOCK_AVX512_INLINE void
iq3_xxs (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();
  __m512 levels = _mm512_load_ps (codes->iq3_xxs_levels);

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ3_XXS))
    {
      const PaddockBlockIQ3_XXS *block = (const PaddockBlockIQ3_XXS *) blocks;
      const guint8 *qs = block->qs;
      __m256i words = _mm256_loadu_si256 ((const __m256i *) (block->qs + 64));
      guint8 signs[32] ALIGNED;
      float scales[16] ALIGNED;

      paddock_avx512_prefetch_block (blocks, sizeof *block, stream);
      _mm256_storeu_si256 ((__m256i *) signs, paddock_grid_unpack_signs (words));
      _mm512_storeu_ps (scales, half_scales (paddock_avx512_broadcast_half (blocks),
                                             _mm512_zextsi256_si512 (_mm256_srli_epi32 (words, 28)), 0.5f));
#pragma GCC unroll 4
      for (gsize i = 0; i < 8; i++, qs += 8, out += 32)
        {
          __m512 scaled = scale_levels (levels, &scales[i]);

          store_signed (out, look_up_four (scaled, codes->iq3_xxs, qs[0], qs[1], qs[2], qs[3]),
                        look_up_four (scaled, codes->iq3_xxs, qs[4], qs[5], qs[6], qs[7]), &signs[4 * i], stream);
        }
    }
}

/* The indices' ninth bits: a bit each. */
PADDOCK_AVX512_INLINE void
unpack_iq3_s_indices (const guint8 *low, const guint8 *high, guint16 *indices)
{
  for (gsize i = 0; i < 2; i++)
    {
      __m512i lower = _mm512_cvtepu8_epi16 (_mm256_loadu_si256 ((const __m256i *) (low + 32 * i)));
      __mmask32 upper = paddock_avx512_load_u32 (high + 4 * i);

      _mm512_storeu_si512 (&indices[32 * i], _mm512_mask_add_epi16 (lower, upper, lower, _mm512_set1_epi16 (0x100)));
    }
}

PADDOCK_AVX512_INLINE void
iq3_s (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();
  __m512 levels = _mm512_load_ps (codes->iq3_s_levels);

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ3_S))
    {
      const PaddockBlockIQ3_S *block = (const PaddockBlockIQ3_S *) blocks;
      const guint8 *signs = block->signs;
      __m512i s = _mm512_set1_epi32 ((gint32) paddock_avx512_load_u32 (block->scales));
      guint16 indices[64] ALIGNED;
      float scales[16] ALIGNED;

      paddock_avx512_prefetch_block (blocks, sizeof *block, stream);
      s = _mm512_and_si512 (_mm512_srlv_epi32 (s, SHIFTS4), _mm512_set1_epi32 (0xf));
      _mm512_storeu_ps (scales, odd_scales (paddock_avx512_broadcast_half (blocks), s));
      unpack_iq3_s_indices (block->qs, block->qh, indices);
#pragma GCC unroll 4
      for (gsize i = 0; i < 8; i++, out += 32)
        {
          const guint16 *q = &indices[8 * i];
          __m512 scaled = scale_levels (levels, &scales[i]);

          store_signed (out, look_up_four (scaled, codes->iq3_s, q[0], q[1], q[2], q[3]),
                        look_up_four (scaled, codes->iq3_s, q[4], q[5], q[6], q[7]), &signs[4 * i], stream);
        }
    }
}

/* Three bits and the delta of each of four indices in a word. */
PADDOCK_AVX512_INLINE void
unpack_iq1_s_indices (const guint8 *low, __m128i high, guint16 *indices)
{
  const __m512i shifts = _mm512_set1_epi64 (0x0009000600030000);
  const __m512i copies = _mm512_set4_epi32 (0x09080908, 0x09080908, 0x01000100, 0x01000100);
  __m512i words = _mm512_shuffle_epi8 (_mm512_cvtepu16_epi64 (high), copies);
  __m512i upper = _mm512_slli_epi16 (_mm512_srlv_epi16 (words, shifts), 8);
  __m512i delta = _mm512_and_si512 (_mm512_srli_epi16 (words, 4), _mm512_set1_epi16 (0x800));
  __m512i lower = _mm512_cvtepu8_epi16 (_mm256_loadu_si256 ((const __m256i *) low));

  upper = _mm512_and_si512 (upper, _mm512_set1_epi16 (0x700));
  _mm512_storeu_si512 (indices, _mm512_or_si512 (_mm512_or_si512 (upper, delta), lower));
}

PADDOCK_AVX512_INLINE void
iq1_s (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();
  __m512 levels = _mm512_load_ps (codes->iq1_levels);

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ1_S))
    {
      const PaddockBlockIQ1_S *block = (const PaddockBlockIQ1_S *) blocks;
      __m128i qh = _mm_loadu_si128 ((const __m128i *) block->qh);
      __m256i s = _mm256_and_si256 (_mm256_cvtepu16_epi32 (_mm_srli_epi16 (qh, 12)), _mm256_set1_epi32 (7));
      guint16 indices[32] ALIGNED;
      float scales[16] ALIGNED;

      paddock_avx512_prefetch_block (blocks, sizeof *block, stream);
      _mm512_storeu_ps (scales, odd_scales (paddock_avx512_broadcast_half (blocks), _mm512_zextsi256_si512 (s)));
      unpack_iq1_s_indices (block->qs, qh, indices);
#pragma GCC unroll 4
      for (gsize i = 0; i < 8; i++, out += 32)
        {
          const guint16 *q = &indices[4 * i];
          __m512 scaled = scale_levels (levels, &scales[i]);

          paddock_avx512_store (out, look_up_two (scaled, codes->iq1, q[0], q[1]), stream);
          paddock_avx512_store (out + 16, look_up_two (scaled, codes->iq1, q[2], q[3]), stream);
        }
    }
}

/* Sixteen scales of three bits in four words; the words' upper four bits are the number that they multiply. */
PADDOCK_AVX512_INLINE void
unpack_iq1_m_scales (guint64 packed, float *scales)
{
  const __m512i shifts = _mm512_setr_epi32 (0, 3, 6, 9, 0, 3, 6, 9, 0, 3, 6, 9, 0, 3, 6, 9);
  const __m512i copies = _mm512_setr_epi32 (0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
  guint64 d = ((packed >> 12) & 0xf) | ((packed >> 24) & 0xf0) | ((packed >> 36) & 0xf00) | ((packed >> 48) & 0xf000);
  __m512i words = _mm512_zextsi128_si512 (_mm_cvtepu16_epi32 (_mm_cvtsi64_si128 ((gint64) packed)));
  __m512i s = _mm512_srlv_epi32 (_mm512_permutexvar_epi32 (copies, words), shifts);
  __m512 scale = _mm512_cvtph_ps (_mm256_set1_epi16 ((gint16) d));

  _mm512_storeu_ps (scales, odd_scales (scale, _mm512_and_si512 (s, _mm512_set1_epi32 (7))));
}

PADDOCK_AVX512_INLINE void
iq1_m (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  const PaddockGridCodes *codes = paddock_grid_codes_get ();
  __m512 levels = _mm512_load_ps (codes->iq1_levels);

  for (; n_blocks > 0; n_blocks--, blocks += sizeof (PaddockBlockIQ1_M))
    {
      const PaddockBlockIQ1_M *block = (const PaddockBlockIQ1_M *) blocks;
      __m512i lower = _mm512_cvtepu8_epi16 (_mm256_loadu_si256 ((const __m256i *) block->qs));
      /* Three bits and the delta of two indices in a byte. */
      __m512i upper = _mm512_cvtepu8_epi32 (_mm_loadu_si128 ((const __m128i *) block->qh));
      guint64 packed;
      guint16 indices[32] ALIGNED;
      float scales[16] ALIGNED;

      paddock_avx512_prefetch_block (blocks, sizeof *block, stream);
      upper = _mm512_or_si512 (_mm512_slli_epi32 (upper, 8), _mm512_slli_epi32 (upper, 20));
      upper = _mm512_and_si512 (upper, _mm512_set1_epi16 (0xf00));
      _mm512_storeu_si512 (indices, _mm512_or_si512 (upper, lower));
      __builtin_memcpy (&packed, block->scales, sizeof packed);
      unpack_iq1_m_scales (packed, scales);
#pragma GCC unroll 4
      for (gsize i = 0; i < 16; i++, out += 16)
        {
          __m512 scaled = scale_levels (levels, &scales[i]);

          paddock_avx512_store (out, look_up_two (scaled, codes->iq1, indices[2 * i], indices[2 * i + 1]), stream);
        }
    }
}

PADDOCK_AVX512_KERNEL (iq2_xxs)
PADDOCK_AVX512_KERNEL (iq2_xs)
PADDOCK_AVX512_KERNEL (iq2_s)
PADDOCK_AVX512_KERNEL (iq3_xxs)
PADDOCK_AVX512_KERNEL (iq3_s)
PADDOCK_AVX512_KERNEL (iq1_s)
PADDOCK_AVX512_KERNEL (iq1_m)

const PaddockKernel paddock_avx512_grid[] = {
  PADDOCK_AVX512_ENTRY (16, iq2_xxs),
  PADDOCK_AVX512_ENTRY (17, iq2_xs),
  PADDOCK_AVX512_ENTRY (18, iq3_xxs),
  PADDOCK_AVX512_ENTRY (19, iq1_s),
  PADDOCK_AVX512_ENTRY (21, iq3_s),
  PADDOCK_AVX512_ENTRY (22, iq2_s),
  PADDOCK_AVX512_ENTRY (29, iq1_m),
  PADDOCK_KERNEL_END,
};
