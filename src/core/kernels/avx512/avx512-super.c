/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx2/avx2-bytes.h"
#include "kernels/avx512/avx512-store.h"
#include "kernels/kernel-families.h"
#include "kernels/super-turns.h"
#include "quant/quant-blocks.h"

/*
 * Blocks of 256 numbers in parts of 16 or 32 with scales of their own. A part of two to five bits is a table of all the
 * numbers it can hold, computed as each single one would be; the bits are the index into it.
 */

/*
 * What has to be made of a block before its numbers can be: on the stack, from where a broadcast costs no more than a
 * load.
 */
typedef struct
{
  float factors[32] __attribute__ ((aligned (64)));
  guint8 joined[256] __attribute__ ((aligned (64)));
} Parts;

typedef void (*PrepareFunc) (Parts *parts, const guint8 *bytes);
typedef void (*WriteFunc) (float *out, const Parts *parts, const guint8 *bytes, gboolean stream);

/*
 * With @ahead = 1, a block's parts are made before the block in front of it is written: Q5_K gains a tenth, because a
 * block does not wait for its own to come back from the stack; the others gain nothing.
 */
PADDOCK_AVX512_INLINE void
run (const guint8 *bytes, gsize n_blocks, gsize size, float *out, gsize ahead, PrepareFunc prepare, WriteFunc write,
     gboolean stream)
{
  Parts parts[2];

  if (n_blocks > 0 && ahead > 0)
    prepare (&parts[n_blocks & ahead], bytes);
  for (; n_blocks > 0; n_blocks--, bytes += size, out += 256)
    {
      paddock_avx512_prefetch_block (bytes, size, stream);
      if (n_blocks > ahead)
        prepare (&parts[(n_blocks - ahead) & ahead], bytes + ahead * size);
      write (out, &parts[n_blocks & ahead], bytes, stream);
    }
}

/* Sixteen unsigned bytes as integers. */
PADDOCK_AVX512_INLINE __m512i
widen (const guint8 *bytes)
{
  return _mm512_cvtepu8_epi32 (_mm_loadu_si128 ((const __m128i *) bytes));
}

PADDOCK_AVX512_INLINE __m512
count_from (float first)
{
  return _mm512_add_ps (_mm512_set1_ps (first), _mm512_setr_ps (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

/* Sixteen signed bytes times @d. */
PADDOCK_AVX512_INLINE void
make_factors (float *factors, __m128i bytes, __m512 d)
{
  paddock_avx512_store_scaled (factors, bytes, d, FALSE);
}

/* The eight scales and eight minima of six bits that Q4_K and Q5_K keep in twelve bytes, times @d_min (d, and its minimum). */
PADDOCK_AVX512_INLINE void
make_factors_6 (float *factors, const guint8 *scales, const guint8 *d_min)
{
  const guint32 scale = paddock_avx512_load_u32 (scales);
  const guint32 min = paddock_avx512_load_u32 (scales + 4);
  const guint32 rest = paddock_avx512_load_u32 (scales + 8);
  const guint32 scale_high = (rest & 0x0f0f0f0f) | ((scale >> 2) & 0x30303030);
  const guint32 min_high = ((rest >> 4) & 0x0f0f0f0f) | ((min >> 2) & 0x30303030);
  const __m128i bytes = _mm_set_epi32 ((int) min_high, (int) (min & 0x3f3f3f3f), (int) scale_high, (int) (scale & 0x3f3f3f3f));
  const __m512 d = _mm512_mask_blend_ps (0xff00, paddock_avx512_broadcast_half (d_min), paddock_avx512_broadcast_half (d_min + 2));

  make_factors (factors, bytes, d);
}

/* What each of sixteen @numbers becomes. */
PADDOCK_AVX512_INLINE __m512
make_table (__m512 numbers, float factor, float min)
{
  return _mm512_sub_ps (_mm512_mul_ps (_mm512_set1_ps (factor), numbers), _mm512_set1_ps (min));
}

PADDOCK_AVX512_INLINE void
prepare_q2 (Parts *parts, const guint8 *bytes)
{
  const PaddockBlockQ2_K *block = (const PaddockBlockQ2_K *) bytes;
  const __m128i scales = _mm_loadu_si128 ((const __m128i *) block->scales);
  const __m128i nibble = _mm_set1_epi8 (0x0f);

  make_factors (parts->factors, _mm_and_si128 (scales, nibble), paddock_avx512_broadcast_half ((const guint8 *) &block->d));
  make_factors (parts->factors + 16, _mm_and_si128 (_mm_srli_epi16 (scales, 4), nibble),
                paddock_avx512_broadcast_half ((const guint8 *) &block->dmin));
}

PADDOCK_AVX512_INLINE void
write_q2 (float *out, const Parts *parts, const guint8 *bytes, gboolean stream)
{
  const __m512 numbers = _mm512_setr_ps (0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3);

#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    {
      const __m512i q = widen (((const PaddockBlockQ2_K *) bytes)->qs + i * 16);

#pragma GCC unroll 4
      for (guint j = 0; j < 4; j++)
        {
          const guint part = i / 2 * 8 + j * 2 + i % 2;
          const __m512 table = make_table (numbers, parts->factors[part], parts->factors[part + 16]);

          paddock_avx512_store (out + part * 16, _mm512_permutevar_ps (table, _mm512_srli_epi32 (q, j * 2)), stream);
        }
    }
}

/* The sixteen scales of six bits in twelve bytes: their low four bits come first, the others in the last four bytes. */
PADDOCK_AVX512_INLINE __m128i
unpack_scales_q3 (const guint8 *scales)
{
  const __m128i low = _mm_loadl_epi64 ((const __m128i *) scales);
  const __m128i high = _mm_srlv_epi32 (_mm_set1_epi32 ((int) paddock_avx512_load_u32 (scales + 8)), _mm_setr_epi32 (0, 2, 4, 6));
  const __m128i low_bits = _mm_and_si128 (_mm_unpacklo_epi64 (low, _mm_srli_epi16 (low, 4)), _mm_set1_epi8 (0x0f));
  const __m128i high_bits = _mm_slli_epi16 (_mm_and_si128 (high, _mm_set1_epi8 (3)), 4);

  return _mm_sub_epi8 (_mm_or_si128 (low_bits, high_bits), _mm_set1_epi8 (32));
}

/*
 * Brings the third bit of each number to the other two: 64 bytes have the numbers of the first and third quarter in bits
 * 0-2 and 4-6, 64 more those of the second and fourth, each for both halves of a block.
 */
PADDOCK_AVX512_INLINE void
join_bits_q3 (guint8 *joined, const PaddockBlockQ3_K *block)
{
  const __m512i two_bits = _mm512_set1_epi8 (0x33);
  const __m512i even_bits = _mm512_broadcast_i32x4 (_mm_setr_epi8 (0, 4, 0, 4, 64, 68, 64, 68, 0, 4, 0, 4, 64, 68, 64, 68));
  const __m512i odd_bits = _mm512_broadcast_i32x4 (_mm_setr_epi8 (0, 0, 4, 4, 0, 0, 4, 4, 64, 64, 68, 68, 64, 64, 68, 68));
  const __m512i low = _mm512_loadu_si512 (block->qs);
  const __m256i mask = _mm256_loadu_si256 ((const __m256i *) block->hmask);
  const __m512i masks = _mm512_inserti64x4 (_mm512_castsi256_si512 (mask), _mm256_srli_epi16 (mask, 4), 1);
  const __m512i high = _mm512_and_si512 (masks, _mm512_set1_epi8 (0x0f));

  _mm512_store_si512 (joined, _mm512_or_si512 (_mm512_and_si512 (low, two_bits), _mm512_shuffle_epi8 (even_bits, high)));
  _mm512_store_si512 (joined + 64, _mm512_or_si512 (_mm512_and_si512 (_mm512_srli_epi16 (low, 2), two_bits),
                                                    _mm512_shuffle_epi8 (odd_bits, high)));
}

PADDOCK_AVX512_INLINE void
prepare_q3 (Parts *parts, const guint8 *bytes)
{
  const PaddockBlockQ3_K *block = (const PaddockBlockQ3_K *) bytes;

  make_factors (parts->factors, unpack_scales_q3 (block->scales), paddock_avx512_broadcast_half ((const guint8 *) &block->d));
  join_bits_q3 (parts->joined, block);
}

PADDOCK_AVX512_INLINE void
write_q3 (float *out, const Parts *parts, const guint8 *bytes, gboolean stream)
{
  /* The fourth bit of an index belongs to another number. */
  const __m512 numbers = _mm512_setr_ps (-4, -3, -2, -1, 0, 1, 2, 3, -4, -3, -2, -1, 0, 1, 2, 3);

#pragma GCC unroll 8
  for (guint i = 0; i < 8; i++)
    {
      const __m512i q = widen (parts->joined + i / 2 % 2 * 64 + i / 4 * 32 + i % 2 * 16);
      const guint part = i / 4 * 8 + i % 4;
      const __m512 first = _mm512_mul_ps (_mm512_set1_ps (parts->factors[part]), numbers);
      const __m512 second = _mm512_mul_ps (_mm512_set1_ps (parts->factors[part + 4]), numbers);

      paddock_avx512_store (out + part * 16, _mm512_permutexvar_ps (q, first), stream);
      paddock_avx512_store (out + part * 16 + 64, _mm512_permutexvar_ps (_mm512_srli_epi32 (q, 4), second), stream);
    }
}

PADDOCK_AVX512_INLINE void
prepare_q4 (Parts *parts, const guint8 *bytes)
{
  const PaddockBlockQ4_K *block = (const PaddockBlockQ4_K *) bytes;

  make_factors_6 (parts->factors, block->scales, (const guint8 *) &block->d);
}

PADDOCK_AVX512_INLINE void
write_q4 (float *out, const Parts *parts, const guint8 *bytes, gboolean stream)
{
  const __m512 numbers = count_from (0);

#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    {
      const guint8 *qs = ((const PaddockBlockQ4_K *) bytes)->qs + i * 32;
      const float *factors = parts->factors + i * 2;
      const __m512 low = make_table (numbers, factors[0], factors[8]);
      const __m512 high = make_table (numbers, factors[1], factors[9]);
      const __m512i q = widen (qs);
      const __m512i q_next = widen (qs + 16);
      float *to = out + i * 64;

      paddock_avx512_store (to, _mm512_permutexvar_ps (q, low), stream);
      paddock_avx512_store (to + 16, _mm512_permutexvar_ps (q_next, low), stream);
      paddock_avx512_store (to + 32, _mm512_permutexvar_ps (_mm512_srli_epi32 (q, 4), high), stream);
      paddock_avx512_store (to + 48, _mm512_permutexvar_ps (_mm512_srli_epi32 (q_next, 4), high), stream);
    }
}

PADDOCK_AVX512_INLINE void
prepare_q5 (Parts *parts, const guint8 *bytes)
{
  const PaddockBlockQ5_K *block = (const PaddockBlockQ5_K *) bytes;

  make_factors_6 (parts->factors, block->scales, (const guint8 *) &block->d);
}

/* Makes rows of sixteen bytes columns: each lane has the bytes of its place in the four rows, the first one lowest. */
PADDOCK_AVX512_INLINE __m512i
transpose (__m512i rows)
{
  const __m512i fours = _mm512_setr_epi32 (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  const __m512i bytes = _mm512_broadcast_i32x4 (_mm_setr_epi8 (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));

  return _mm512_shuffle_epi8 (_mm512_permutexvar_epi32 (fours, rows), bytes);
}

/* A part of Q5_K: two neighbours of the four bytes of each lane, which end above the first one's bit @shift. */
PADDOCK_AVX512_INLINE void
write_part_q5 (float *out, __m512i q, guint shift, const float *factors, gboolean stream)
{
  const __m512 low = make_table (count_from (0), factors[0], factors[8]);
  const __m512 high = make_table (count_from (16), factors[0], factors[8]);

  /* An index into 32 numbers takes no more than the lowest five bits. */
  paddock_avx512_store (out, _mm512_permutex2var_ps (low, _mm512_srli_epi32 (q, shift), high), stream);
  paddock_avx512_store (out + 16, _mm512_permutex2var_ps (low, _mm512_srli_epi32 (q, shift + 8), high), stream);
}

/* Half of a Q5_K block. The fifth bits of its even parts are the bits 4 of @even, those of its odd ones of @odd. */
PADDOCK_AVX512_INLINE void
write_half_q5 (float *out, const guint8 *bytes, __m512i even, __m512i odd, const float *factors, gboolean stream)
{
  const __m512i nibble = _mm512_set1_epi8 (0x0f);
  const __m512i q = transpose (_mm512_loadu_si512 (bytes));
  /* Four bits of the first, the others of the second. */
  const __m512i low = _mm512_ternarylogic_epi32 (q, even, nibble, 0xe4);
  const __m512i high = _mm512_ternarylogic_epi32 (_mm512_srli_epi32 (q, 4), odd, nibble, 0xe4);

  write_part_q5 (out, low, 0, factors, stream);
  write_part_q5 (out + 32, high, 0, factors + 1, stream);
  write_part_q5 (out + 64, low, 16, factors + 2, stream);
  write_part_q5 (out + 96, high, 16, factors + 3, stream);
}

PADDOCK_AVX512_INLINE void
write_q5 (float *out, const Parts *parts, const guint8 *bytes, gboolean stream)
{
  const PaddockBlockQ5_K *block = (const PaddockBlockQ5_K *) bytes;
  const __m256i stored = _mm256_loadu_si256 ((const __m256i *) block->qh);
  /* Once more for the next two parts, whose bits stand two higher. */
  const __m512i twice = _mm512_inserti64x4 (_mm512_castsi256_si512 (stored), _mm256_srli_epi16 (stored, 2), 1);
  const __m512i high = transpose (twice);

  write_half_q5 (out, block->qs, _mm512_slli_epi16 (high, 4), _mm512_slli_epi16 (high, 3), parts->factors, stream);
  write_half_q5 (out + 128, block->qs + 64, high, _mm512_srli_epi16 (high, 1), parts->factors + 4, stream);
}

/* Half of a Q6_K block: four bits of 64 bytes and two of 32 bytes make 128 numbers from -32 to 31. */
PADDOCK_AVX512_INLINE void
join_bits_q6 (guint8 *joined, const guint8 *low, const guint8 *high)
{
  const __m512i nibble = _mm512_set1_epi8 (0x0f);
  const __m512i six_bits = _mm512_set1_epi8 (0x3f);
  const __m512i bias = _mm512_set1_epi8 (32);
  const __m512i q = _mm512_loadu_si512 (low);
  const __m256i h = _mm256_loadu_si256 ((const __m256i *) high);
  /* The bits of the second 32 numbers, and of the last, stand two higher than those before them. */
  const __m512i bits = _mm512_inserti64x4 (_mm512_castsi256_si512 (h), _mm256_srli_epi16 (h, 2), 1);
  const __m512i first = _mm512_ternarylogic_epi32 (q, _mm512_slli_epi16 (bits, 4), nibble, 0xe4);
  const __m512i second = _mm512_ternarylogic_epi32 (_mm512_srli_epi16 (q, 4), bits, nibble, 0xe4);

  _mm512_store_si512 (joined, _mm512_sub_epi8 (_mm512_and_si512 (first, six_bits), bias));
  _mm512_store_si512 (joined + 64, _mm512_sub_epi8 (_mm512_and_si512 (second, six_bits), bias));
}

PADDOCK_AVX512_INLINE void
prepare_q6 (Parts *parts, const guint8 *bytes)
{
  const PaddockBlockQ6_K *block = (const PaddockBlockQ6_K *) bytes;

  make_factors (parts->factors, _mm_loadu_si128 ((const __m128i *) block->scales),
                paddock_avx512_broadcast_half ((const guint8 *) &block->d));
  join_bits_q6 (parts->joined, block->ql, block->qh);
  join_bits_q6 (parts->joined + 128, block->ql + 64, block->qh + 32);
}

PADDOCK_AVX512_INLINE void
write_q6 (float *out, const Parts *parts, const guint8 *bytes, gboolean stream)
{
#pragma GCC unroll 16
  for (guint i = 0; i < 16; i++)
    paddock_avx512_store_scaled (out + i * 16, _mm_load_si128 ((const __m128i *) (parts->joined + i * 16)),
                                 _mm512_set1_ps (parts->factors[i]), stream);
}

PADDOCK_SUPER (q2_k, Q2_K, PADDOCK_AVX512_KERNEL, 0, prepare_q2, write_q2)
PADDOCK_SUPER (q3_k, Q3_K, PADDOCK_AVX512_KERNEL, 0, prepare_q3, write_q3)
PADDOCK_SUPER (q4_k, Q4_K, PADDOCK_AVX512_KERNEL, 0, prepare_q4, write_q4)
PADDOCK_SUPER (q5_k, Q5_K, PADDOCK_AVX512_KERNEL, 1, prepare_q5, write_q5)
PADDOCK_SUPER (q6_k, Q6_K, PADDOCK_AVX512_KERNEL, 0, prepare_q6, write_q6)
PADDOCK_AVX2_BYTES (q8_k, Q8_K, 256)

const PaddockKernel paddock_avx512_super[] = {
  PADDOCK_AVX512_ENTRY (10, q2_k),
  PADDOCK_AVX512_ENTRY (11, q3_k),
  PADDOCK_AVX512_ENTRY (12, q4_k),
  PADDOCK_AVX512_ENTRY (13, q5_k),
  PADDOCK_AVX512_ENTRY (14, q6_k),
  PADDOCK_AVX512_ENTRY (15, q8_k),
  PADDOCK_KERNEL_END,
};
