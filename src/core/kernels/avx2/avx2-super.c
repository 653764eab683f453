/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx2/avx2-bytes.h"
#include "kernels/avx2/avx2-store.h"
#include "kernels/kernel-families.h"
#include "kernels/super-turns.h"
#include "quant/quant-blocks.h"

/*
 * Blocks of 256 numbers in parts of 16 or 32 with scales of their own. A part of two to three bits is a table of all the
 * numbers it can hold, computed as each single one would be; the bits are the index into it.
 */

/*
 * What has to be made of a block before its numbers can be: on the stack, from where a broadcast costs no more than a
 * load.
 */
typedef struct
{
  float factors[32] __attribute__ ((aligned (32)));
  guint8 joined[128] __attribute__ ((aligned (32)));
} Parts;

typedef void (*PrepareFunc) (Parts *parts, const guint8 *bytes);
typedef void (*WriteFunc) (float *out, const Parts *parts, const guint8 *bytes, gboolean stream);

/*
 * With @ahead = 1, a block's parts are made before the block in front of it is written: Q5_K gains a tenth, because a
 * block does not wait for its own to come back from the stack; the others gain nothing.
 */
PADDOCK_AVX2_INLINE void
run (const guint8 *bytes, gsize n_blocks, gsize size, float *out, gsize ahead, PrepareFunc prepare, WriteFunc write,
     gboolean stream)
{
  Parts parts[2];

  if (n_blocks > 0 && ahead > 0)
    prepare (&parts[n_blocks & ahead], bytes);
  for (; n_blocks > 0; n_blocks--, bytes += size, out += 256)
    {
      paddock_avx2_prefetch_block (bytes, size, stream);
      if (n_blocks > ahead)
        prepare (&parts[(n_blocks - ahead) & ahead], bytes + ahead * size);
      write (out, &parts[n_blocks & ahead], bytes, stream);
    }
}

/* Eight unsigned bytes as integers. */
PADDOCK_AVX2_INLINE __m256i
widen (const guint8 *bytes)
{
  return _mm256_cvtepu8_epi32 (_mm_loadl_epi64 ((const __m128i *) bytes));
}

/* Sixteen signed bytes times @d. */
PADDOCK_AVX2_INLINE void
make_factors (float *factors, __m128i bytes, __m256 d)
{
  paddock_avx2_store_scaled (factors, bytes, d, FALSE);
}

/* The eight scales and eight minima of six bits that Q4_K and Q5_K keep in twelve bytes, times @d_min (d, and its minimum). */
PADDOCK_AVX2_INLINE void
make_factors_6 (float *factors, const guint8 *scales, const guint8 *d_min)
{
  const guint32 scale = paddock_avx2_load_u32 (scales);
  const guint32 min = paddock_avx2_load_u32 (scales + 4);
  const guint32 rest = paddock_avx2_load_u32 (scales + 8);
  const guint32 scale_high = (rest & 0x0f0f0f0f) | ((scale >> 2) & 0x30303030);
  const guint32 min_high = ((rest >> 4) & 0x0f0f0f0f) | ((min >> 2) & 0x30303030);
  const __m128i bytes = _mm_set_epi32 ((int) min_high, (int) (min & 0x3f3f3f3f), (int) scale_high, (int) (scale & 0x3f3f3f3f));

  _mm256_store_ps (factors, _mm256_mul_ps (paddock_avx2_broadcast_half (d_min), paddock_avx2_from_bytes (bytes)));
  _mm256_store_ps (factors + 8, _mm256_mul_ps (paddock_avx2_broadcast_half (d_min + 2),
                                               paddock_avx2_from_bytes (_mm_unpackhi_epi64 (bytes, bytes))));
}

/* Sixteen numbers: factor * q - min. */
PADDOCK_AVX2_INLINE void
store_affine (float *out, __m256i first, __m256i second, __m256 factor, __m256 min, gboolean stream)
{
  paddock_avx2_store_pair (out, _mm256_sub_ps (_mm256_mul_ps (factor, _mm256_cvtepi32_ps (first)), min),
                           _mm256_sub_ps (_mm256_mul_ps (factor, _mm256_cvtepi32_ps (second)), min), stream);
}

PADDOCK_AVX2_INLINE void
prepare_q2 (Parts *parts, const guint8 *bytes)
{
  const PaddockBlockQ2_K *block = (const PaddockBlockQ2_K *) bytes;
  const __m128i scales = _mm_loadu_si128 ((const __m128i *) block->scales);
  const __m128i nibble = _mm_set1_epi8 (0x0f);

  make_factors (parts->factors, _mm_and_si128 (scales, nibble), paddock_avx2_broadcast_half ((const guint8 *) &block->d));
  make_factors (parts->factors + 16, _mm_and_si128 (_mm_srli_epi16 (scales, 4), nibble),
                paddock_avx2_broadcast_half ((const guint8 *) &block->dmin));
}

PADDOCK_AVX2_INLINE void
write_q2 (float *out, const Parts *parts, const guint8 *bytes, gboolean stream)
{
  const __m256 numbers = _mm256_setr_ps (0, 1, 2, 3, 0, 1, 2, 3);

#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    {
      const guint8 *qs = ((const PaddockBlockQ2_K *) bytes)->qs + i * 16;
      const __m256i q = widen (qs);
      const __m256i q_next = widen (qs + 8);

#pragma GCC unroll 4
      for (int j = 0; j < 4; j++)
        {
          const guint part = i / 2 * 8 + (guint) j * 2 + i % 2;
          const __m256 table = _mm256_sub_ps (_mm256_mul_ps (_mm256_broadcast_ss (parts->factors + part), numbers),
                                              _mm256_broadcast_ss (parts->factors + part + 16));

          paddock_avx2_store_pair (out + part * 16, _mm256_permutevar_ps (table, _mm256_srli_epi32 (q, j * 2)),
                                   _mm256_permutevar_ps (table, _mm256_srli_epi32 (q_next, j * 2)), stream);
        }
    }
}

/* The sixteen scales of six bits in twelve bytes: their low four bits come first, the others in the last four bytes. */
PADDOCK_AVX2_INLINE __m128i
unpack_scales_q3 (const guint8 *scales)
{
  const __m128i low = _mm_loadl_epi64 ((const __m128i *) scales);
  const __m128i high = _mm_srlv_epi32 (_mm_set1_epi32 ((int) paddock_avx2_load_u32 (scales + 8)), _mm_setr_epi32 (0, 2, 4, 6));
  const __m128i low_bits = _mm_and_si128 (_mm_unpacklo_epi64 (low, _mm_srli_epi16 (low, 4)), _mm_set1_epi8 (0x0f));
  const __m128i high_bits = _mm_slli_epi16 (_mm_and_si128 (high, _mm_set1_epi8 (3)), 4);

  return _mm_sub_epi8 (_mm_or_si128 (low_bits, high_bits), _mm_set1_epi8 (32));
}

/*
 * Brings the third bit of each number to the other two: 32 bytes have the numbers of the first and third quarter in bits
 * 0-2 and 4-6, 32 more those of the second and fourth. Each byte of @high has the four bits of the quarters.
 */
PADDOCK_AVX2_INLINE void
join_bits_q3 (guint8 *joined, __m256i low, __m256i high)
{
  const __m256i two_bits = _mm256_set1_epi8 (0x33);
  const __m256i even_bits = _mm256_broadcastsi128_si256 (_mm_setr_epi8 (0, 4, 0, 4, 64, 68, 64, 68, 0, 4, 0, 4, 64, 68, 64, 68));
  const __m256i odd_bits = _mm256_broadcastsi128_si256 (_mm_setr_epi8 (0, 0, 4, 4, 0, 0, 4, 4, 64, 64, 68, 68, 64, 64, 68, 68));
  const __m256i even = _mm256_or_si256 (_mm256_and_si256 (low, two_bits), _mm256_shuffle_epi8 (even_bits, high));
  const __m256i odd = _mm256_or_si256 (_mm256_and_si256 (_mm256_srli_epi16 (low, 2), two_bits),
                                       _mm256_shuffle_epi8 (odd_bits, high));

  _mm256_store_si256 ((__m256i *) joined, even);
  _mm256_store_si256 ((__m256i *) (joined + 32), odd);
}

PADDOCK_AVX2_INLINE void
prepare_q3 (Parts *parts, const guint8 *bytes)
{
  const __m256i nibble = _mm256_set1_epi8 (0x0f);
  const PaddockBlockQ3_K *block = (const PaddockBlockQ3_K *) bytes;
  const __m256i high = _mm256_loadu_si256 ((const __m256i *) block->hmask);

  make_factors (parts->factors, unpack_scales_q3 (block->scales), paddock_avx2_broadcast_half ((const guint8 *) &block->d));
  join_bits_q3 (parts->joined, _mm256_loadu_si256 ((const __m256i *) block->qs), _mm256_and_si256 (high, nibble));
  join_bits_q3 (parts->joined + 64, _mm256_loadu_si256 ((const __m256i *) (block->qs + 32)),
                _mm256_and_si256 (_mm256_srli_epi16 (high, 4), nibble));
}

PADDOCK_AVX2_INLINE void
write_q3 (float *out, const Parts *parts, const guint8 *bytes, gboolean stream)
{
  const __m256 numbers = _mm256_setr_ps (-4, -3, -2, -1, 0, 1, 2, 3);

#pragma GCC unroll 8
  for (guint i = 0; i < 8; i++)
    {
      const __m256i q = widen (parts->joined + i * 16);
      const __m256i q_next = widen (parts->joined + i * 16 + 8);
      const guint part = i / 4 * 8 + i % 4;
      const __m256 first = _mm256_mul_ps (_mm256_broadcast_ss (parts->factors + part), numbers);
      const __m256 second = _mm256_mul_ps (_mm256_broadcast_ss (parts->factors + part + 4), numbers);

      paddock_avx2_store_pair (out + part * 16, _mm256_permutevar8x32_ps (first, q), _mm256_permutevar8x32_ps (first, q_next),
                               stream);
      paddock_avx2_store_pair (out + part * 16 + 64, _mm256_permutevar8x32_ps (second, _mm256_srli_epi32 (q, 4)),
                               _mm256_permutevar8x32_ps (second, _mm256_srli_epi32 (q_next, 4)), stream);
    }
}

PADDOCK_AVX2_INLINE void
prepare_q4 (Parts *parts, const guint8 *bytes)
{
  const PaddockBlockQ4_K *block = (const PaddockBlockQ4_K *) bytes;

  make_factors_6 (parts->factors, block->scales, (const guint8 *) &block->d);
}

PADDOCK_AVX2_INLINE void
write_q4 (float *out, const Parts *parts, const guint8 *bytes, gboolean stream)
{
  const __m256i nibble = _mm256_set1_epi32 (0x0f);

#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    {
      const guint8 *qs = ((const PaddockBlockQ4_K *) bytes)->qs + i * 32;
      const float *factors = parts->factors + i * 2;
      const __m256 low_factor = _mm256_broadcast_ss (factors);
      const __m256 low_min = _mm256_broadcast_ss (factors + 8);
      const __m256 high_factor = _mm256_broadcast_ss (factors + 1);
      const __m256 high_min = _mm256_broadcast_ss (factors + 9);

#pragma GCC unroll 2
      for (guint j = 0; j < 32; j += 16)
        {
          const __m256i q = widen (qs + j);
          const __m256i q_next = widen (qs + j + 8);
          float *to = out + i * 64 + j;

          store_affine (to, _mm256_and_si256 (q, nibble), _mm256_and_si256 (q_next, nibble), low_factor, low_min, stream);
          store_affine (to + 32, _mm256_srli_epi32 (q, 4), _mm256_srli_epi32 (q_next, 4), high_factor, high_min, stream);
        }
    }
}

PADDOCK_AVX2_INLINE void
prepare_q5 (Parts *parts, const guint8 *bytes)
{
  const PaddockBlockQ5_K *block = (const PaddockBlockQ5_K *) bytes;

  make_factors_6 (parts->factors, block->scales, (const guint8 *) &block->d);
}

/* 32 bytes: each number stays within its half of a register, which is cheaper than moving it through memory. */
PADDOCK_AVX2_INLINE void
write_part_q5 (float *out, __m256i q, const float *factors, gboolean stream)
{
  const __m256i first = _mm256_setr_epi8 (0, -1, -1, -1, 1, -1, -1, -1, 2, -1, -1, -1, 3, -1, -1, -1,
                                          4, -1, -1, -1, 5, -1, -1, -1, 6, -1, -1, -1, 7, -1, -1, -1);
  const __m256i second = _mm256_setr_epi8 (8, -1, -1, -1, 9, -1, -1, -1, 10, -1, -1, -1, 11, -1, -1, -1,
                                           12, -1, -1, -1, 13, -1, -1, -1, 14, -1, -1, -1, 15, -1, -1, -1);
  const __m256 factor = _mm256_broadcast_ss (factors);
  const __m256 min = _mm256_broadcast_ss (factors + 8);
  const __m256i low = _mm256_permute2x128_si256 (q, q, 0x00);
  const __m256i high = _mm256_permute2x128_si256 (q, q, 0x11);

  store_affine (out, _mm256_shuffle_epi8 (low, first), _mm256_shuffle_epi8 (low, second), factor, min, stream);
  store_affine (out + 16, _mm256_shuffle_epi8 (high, first), _mm256_shuffle_epi8 (high, second), factor, min, stream);
}

PADDOCK_AVX2_INLINE void
write_q5 (float *out, const Parts *parts, const guint8 *bytes, gboolean stream)
{
  const __m256i nibble = _mm256_set1_epi8 (0x0f);
  const __m256i fifth = _mm256_set1_epi8 (0x10);
  const PaddockBlockQ5_K *block = (const PaddockBlockQ5_K *) bytes;
  const __m256i high = _mm256_loadu_si256 ((const __m256i *) block->qh);
  const __m256i high_4 = _mm256_slli_epi16 (high, 4);

#pragma GCC unroll 4
  for (int i = 0; i < 4; i++)
    {
      const __m256i q = _mm256_loadu_si256 ((const __m256i *) (block->qs + i * 32));
      const __m256i low_bit = i < 2 ? _mm256_srli_epi16 (high_4, i * 2) : _mm256_srli_epi16 (high, i * 2 - 4);
      const __m256i high_bit = i < 2 ? _mm256_srli_epi16 (high_4, i * 2 + 1) : _mm256_srli_epi16 (high, i * 2 - 3);
      const __m256i a = _mm256_or_si256 (_mm256_and_si256 (q, nibble), _mm256_and_si256 (low_bit, fifth));
      const __m256i b = _mm256_or_si256 (_mm256_and_si256 (_mm256_srli_epi16 (q, 4), nibble), _mm256_and_si256 (high_bit, fifth));

      write_part_q5 (out + i * 64, a, parts->factors + i * 2, stream);
      write_part_q5 (out + i * 64 + 32, b, parts->factors + i * 2 + 1, stream);
    }
}

PADDOCK_AVX2_INLINE void
prepare_q6 (Parts *parts, const guint8 *bytes)
{
  const PaddockBlockQ6_K *block = (const PaddockBlockQ6_K *) bytes;

  make_factors (parts->factors, _mm_loadu_si128 ((const __m128i *) block->scales),
                paddock_avx2_broadcast_half ((const guint8 *) &block->d));
}

/* Two parts of sixteen signed bytes. */
PADDOCK_AVX2_INLINE void
write_parts_q6 (float *out, __m256i q, const float *factors, gboolean stream)
{
  paddock_avx2_store_scaled (out, _mm256_castsi256_si128 (q), _mm256_broadcast_ss (factors), stream);
  paddock_avx2_store_scaled (out + 16, _mm256_extracti128_si256 (q, 1), _mm256_broadcast_ss (factors + 1), stream);
}

/* Half of a block: four bits of 64 bytes and two of 32 bytes make 128 numbers from -32 to 31. */
PADDOCK_AVX2_INLINE void
write_half_q6 (float *out, const guint8 *low, const guint8 *high, const float *factors, gboolean stream)
{
  const __m256i nibble = _mm256_set1_epi8 (0x0f);
  const __m256i two_bits = _mm256_set1_epi8 (0x30);
  const __m256i bias = _mm256_set1_epi8 (32);
  const __m256i a = _mm256_loadu_si256 ((const __m256i *) low);
  const __m256i b = _mm256_loadu_si256 ((const __m256i *) (low + 32));
  const __m256i h = _mm256_loadu_si256 ((const __m256i *) high);
  const __m256i low_bits[] = { a, b, _mm256_srli_epi16 (a, 4), _mm256_srli_epi16 (b, 4) };
  const __m256i high_bits[] = { _mm256_slli_epi16 (h, 4), _mm256_slli_epi16 (h, 2), h, _mm256_srli_epi16 (h, 2) };

#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    {
      const __m256i q = _mm256_or_si256 (_mm256_and_si256 (low_bits[i], nibble), _mm256_and_si256 (high_bits[i], two_bits));

      write_parts_q6 (out + i * 32, _mm256_sub_epi8 (q, bias), factors + i * 2, stream);
    }
}

PADDOCK_AVX2_INLINE void
write_q6 (float *out, const Parts *parts, const guint8 *bytes, gboolean stream)
{
  const PaddockBlockQ6_K *block = (const PaddockBlockQ6_K *) bytes;

  write_half_q6 (out, block->ql, block->qh, parts->factors, stream);
  write_half_q6 (out + 128, block->ql + 64, block->qh + 32, parts->factors + 8, stream);
}

PADDOCK_SUPER (q2_k, Q2_K, PADDOCK_AVX2_KERNEL, 0, prepare_q2, write_q2)
PADDOCK_SUPER (q3_k, Q3_K, PADDOCK_AVX2_KERNEL, 0, prepare_q3, write_q3)
PADDOCK_SUPER (q4_k, Q4_K, PADDOCK_AVX2_KERNEL, 0, prepare_q4, write_q4)
PADDOCK_SUPER (q5_k, Q5_K, PADDOCK_AVX2_KERNEL, 1, prepare_q5, write_q5)
PADDOCK_SUPER (q6_k, Q6_K, PADDOCK_AVX2_KERNEL, 0, prepare_q6, write_q6)
PADDOCK_AVX2_BYTES (q8_k, Q8_K, 256)

const PaddockKernel paddock_avx2_super[] = {
  PADDOCK_AVX2_ENTRY (10, q2_k),
  PADDOCK_AVX2_ENTRY (11, q3_k),
  PADDOCK_AVX2_ENTRY (12, q4_k),
  PADDOCK_AVX2_ENTRY (13, q5_k),
  PADDOCK_AVX2_ENTRY (14, q6_k),
  PADDOCK_AVX2_ENTRY (15, q8_k),
  PADDOCK_KERNEL_END,
};
