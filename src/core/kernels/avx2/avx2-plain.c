/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kernels/avx2/avx2-store.h"
#include "kernels/by-turns.h"
#include "kernels/kernel-families.h"

/* Eight stored numbers, and a single one for what is left at the end. */
typedef __m256 (*LoadEight) (const guint8 *bytes);
typedef float (*LoadOne) (const guint8 *bytes);

PADDOCK_AVX2_INLINE __m256
load_eight_f32 (const guint8 *bytes)
{
  return _mm256_loadu_ps ((const float *) bytes);
}

PADDOCK_AVX2_INLINE float
load_one_f32 (const guint8 *bytes)
{
  float value;

  memcpy (&value, bytes, sizeof value);
  return value;
}

PADDOCK_AVX2_INLINE __m256
load_eight_f16 (const guint8 *bytes)
{
  return _mm256_cvtph_ps (_mm_loadu_si128 ((const __m128i *) bytes));
}

PADDOCK_AVX2_INLINE __m256
load_eight_bf16 (const guint8 *bytes)
{
  /* Both halves load all eight and pick theirs: one shuffle for widening and shifting. */
  const __m256i upper_halves = _mm256_setr_epi8 (-1, -1, 0, 1, -1, -1, 2, 3, -1, -1, 4, 5, -1, -1, 6, 7,
                                                 -1, -1, 8, 9, -1, -1, 10, 11, -1, -1, 12, 13, -1, -1, 14, 15);
  __m256i twice = _mm256_broadcastsi128_si256 (_mm_loadu_si128 ((const __m128i *) bytes));

  return _mm256_castsi256_ps (_mm256_shuffle_epi8 (twice, upper_halves));
}

PADDOCK_AVX2_INLINE float
load_one_bf16 (const guint8 *bytes)
{
  return _mm_cvtss_f32 (_mm_castsi128_ps (_mm_cvtsi32_si128 ((gint32) ((guint32) paddock_avx2_load_u16 (bytes) << 16))));
}

PADDOCK_AVX2_INLINE __m256
load_eight_f64 (const guint8 *bytes)
{
  const double *values = (const double *) bytes;

  return _mm256_set_m128 (_mm256_cvtpd_ps (_mm256_loadu_pd (values + 4)), _mm256_cvtpd_ps (_mm256_loadu_pd (values)));
}

PADDOCK_AVX2_INLINE float
load_one_f64 (const guint8 *bytes)
{
  double value;

  memcpy (&value, bytes, sizeof value);
  return (float) value;
}

PADDOCK_AVX2_INLINE __m256
load_eight_i8 (const guint8 *bytes)
{
  return paddock_avx2_from_bytes (_mm_loadl_epi64 ((const __m128i *) bytes));
}

PADDOCK_AVX2_INLINE float
load_one_i8 (const guint8 *bytes)
{
  return (float) (gint8) *bytes;
}

PADDOCK_AVX2_INLINE __m256
load_eight_i16 (const guint8 *bytes)
{
  return _mm256_cvtepi32_ps (_mm256_cvtepi16_epi32 (_mm_loadu_si128 ((const __m128i *) bytes)));
}

PADDOCK_AVX2_INLINE float
load_one_i16 (const guint8 *bytes)
{
  return (float) (gint16) paddock_avx2_load_u16 (bytes);
}

PADDOCK_AVX2_INLINE __m256
load_eight_i32 (const guint8 *bytes)
{
  return _mm256_cvtepi32_ps (_mm256_loadu_si256 ((const __m256i *) bytes));
}

PADDOCK_AVX2_INLINE float
load_one_i32 (const guint8 *bytes)
{
  return (float) (gint32) paddock_avx2_load_u32 (bytes);
}

PADDOCK_AVX2_INLINE float
load_one_i64 (const guint8 *bytes)
{
  gint64 value;

  memcpy (&value, bytes, sizeof value);
  return (float) value;
}

/*
 * Rounds four integers once, on the way through doubles, which hold 53 bits. Of a large number the lowest eleven bits,
 * which cannot decide alone, are dropped first, and the one above them remembers whether any was set. The two halves of
 * what remains become doubles by an exponent before their bits. @raised is the number and 2^51.
 */
PADDOCK_AVX2_INLINE __m128
round_i64 (__m256i raised)
{
  const __m256i sign = _mm256_set1_epi64x (G_MININT64);
  const __m256i upper_bits = _mm256_set1_epi64x (0x4530000080000000);         /* 2^84 + 2^63 */
  const __m256i lower_bits = _mm256_set1_epi64x (0x4330000000000000);         /* 2^52 */
  const __m256d both = _mm256_castsi256_pd (_mm256_set1_epi64x (0x4530000080100000));  /* the sum of these */
  const __m256i largest = _mm256_set1_epi64x (G_MININT64 + ((gint64) 1 << 52) - 1);
  __m256i low = _mm256_and_si256 (_mm256_cmpgt_epi64 (_mm256_xor_si256 (raised, sign), largest), _mm256_set1_epi64x (0x7ff));
  __m256i x = _mm256_sub_epi64 (raised, _mm256_set1_epi64x ((gint64) 1 << 51));
  __m256i upper, lower;

  x = _mm256_andnot_si256 (low, _mm256_or_si256 (x, _mm256_add_epi64 (_mm256_and_si256 (x, low), low)));
  upper = _mm256_xor_si256 (_mm256_srli_epi64 (x, 32), upper_bits);
  lower = _mm256_blend_epi32 (x, lower_bits, 0xaa);
  return _mm256_cvtpd_ps (_mm256_add_pd (_mm256_sub_pd (_mm256_castsi256_pd (upper), both), _mm256_castsi256_pd (lower)));
}

/* Whatever they are. Those below 2^51 become the mantissa of a double at once. */
static __attribute__ ((noinline)) __m256
convert_any_i64 (__m256i x, __m256i y)
{
  const __m256i middle = _mm256_set1_epi64x ((gint64) 1 << 51);
  const __m256i exponent = _mm256_set1_epi64x (0x4330000000000000);
  const __m256d offset = _mm256_set1_pd (0x1.8p52);
  __m256i a = _mm256_add_epi64 (x, middle);
  __m256i b = _mm256_add_epi64 (y, middle);

  if (_mm256_testz_si256 (_mm256_or_si256 (a, b), _mm256_set1_epi64x (G_MININT64 >> 11)))
    {
      __m256d first = _mm256_sub_pd (_mm256_castsi256_pd (_mm256_or_si256 (a, exponent)), offset);
      __m256d second = _mm256_sub_pd (_mm256_castsi256_pd (_mm256_or_si256 (b, exponent)), offset);

      return _mm256_set_m128 (_mm256_cvtpd_ps (second), _mm256_cvtpd_ps (first));
    }
  return _mm256_set_m128 (round_i64 (b), round_i64 (a));
}

PADDOCK_AVX2_INLINE gboolean
all_set (__m256i lanes)
{
  return _mm256_movemask_ps (_mm256_castsi256_ps (lanes)) == 0xff;
}

/*
 * Eight numbers of one kind need no doubles: those that fit 32 bits are their lower halves, and of those from 2^57 on, the
 * lower half can only decide a tie, for which the lowest bit of the upper one, far below what a float holds, stands in.
 */
PADDOCK_AVX2_INLINE __m256
load_eight_i64 (const guint8 *bytes)
{
  __m256i a = _mm256_loadu_si256 ((const __m256i *) bytes);
  __m256i b = _mm256_loadu_si256 ((const __m256i *) (bytes + 32));
  __m256 first = _mm256_castsi256_ps (a), second = _mm256_castsi256_ps (b);
  __m256i lower = _mm256_castps_si256 (_mm256_shuffle_ps (first, second, 0x88));
  __m256i upper = _mm256_castps_si256 (_mm256_shuffle_ps (first, second, 0xdd));
  __m256 result;

  if (all_set (_mm256_cmpgt_epi32 (_mm256_abs_epi32 (upper), _mm256_set1_epi32 (1 << 25))))
    {
      __m256i odd = _mm256_or_si256 (upper, _mm256_min_epu32 (lower, _mm256_set1_epi32 (1)));

      result = _mm256_mul_ps (_mm256_cvtepi32_ps (odd), _mm256_set1_ps (0x1p32f));
    }
  else if (all_set (_mm256_cmpeq_epi32 (upper, _mm256_srai_epi32 (lower, 31))))
    result = _mm256_cvtepi32_ps (lower);
  else
    return convert_any_i64 (a, b);
  return _mm256_castpd_ps (_mm256_permute4x64_pd (_mm256_castps_pd (result), _MM_SHUFFLE (3, 1, 2, 0)));
}

PADDOCK_AVX2_INLINE void
convert (const guint8 *bytes, gsize n, float *out, gsize size, LoadEight load_eight, LoadOne load_one, gboolean stream)
{
  for (; n >= 32; n -= 32, bytes += 32 * size, out += 32)
    {
      paddock_avx2_prefetch_near (stream, bytes, 32 * size, size * PADDOCK_AVX2_NEAR);
      paddock_avx2_prefetch_near (stream, (const guint8 *) out, 32 * sizeof *out, sizeof *out * PADDOCK_AVX2_NEAR);
      for (gsize k = 0; k < 32; k += 8)
        paddock_avx2_store (out + k, load_eight (bytes + k * size), stream);
    }
  for (; n >= 8; n -= 8, bytes += 8 * size, out += 8)
    paddock_avx2_store (out, load_eight (bytes), stream);
  for (; n > 0; n--, bytes += size)
    *out++ = load_one (bytes);
}

#define PLAIN(name, size, load_one)                                               \
  PADDOCK_AVX2_INLINE void                                                        \
  name##_part (const guint8 *block, gsize at, float *out)                         \
  {                                                                               \
    for (gsize k = 0; k < 32; k += 8)                                             \
      paddock_avx2_store (out + k, load_eight_##name (block + k * (size)), TRUE); \
  }                                                                               \
                                                                                  \
  PADDOCK_AVX2_INLINE void                                                        \
  name (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)        \
  {                                                                               \
    const PaddockTurns turns = PADDOCK_PLAIN_TURNS (size);                        \
    gsize done = stream ? paddock_by_turns (blocks, n_blocks / 32, out, turns, name##_part) * 32 : 0; \
                                                                                  \
    convert (blocks + done * (size), n_blocks - done, out + done, size, load_eight_##name, load_one, stream); \
  }                                                                               \
  PADDOCK_AVX2_KERNEL (name)

PLAIN (f32, 4, load_one_f32)
PLAIN (f16, 2, paddock_avx2_load_half)
PLAIN (bf16, 2, load_one_bf16)
PLAIN (f64, 8, load_one_f64)
PLAIN (i8, 1, load_one_i8)
PLAIN (i16, 2, load_one_i16)
PLAIN (i32, 4, load_one_i32)
PLAIN (i64, 8, load_one_i64)

const PaddockKernel paddock_avx2_plain[] = {
  PADDOCK_AVX2_ENTRY (0, f32),
  PADDOCK_AVX2_ENTRY (1, f16),
  PADDOCK_AVX2_ENTRY (24, i8),
  PADDOCK_AVX2_ENTRY (25, i16),
  PADDOCK_AVX2_ENTRY (26, i32),
  PADDOCK_AVX2_ENTRY (27, i64),
  PADDOCK_AVX2_ENTRY (28, f64),
  PADDOCK_AVX2_ENTRY (30, bf16),
  PADDOCK_KERNEL_END,
};
