/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx2/avx2-store.h"
#include "kernels/kernel-limits.h"

static void
store (float *out, gsize n)
{
  __m256 value = _mm256_set1_ps (1.0f);

  for (gsize i = 0; i < n; i += 32)
    for (gsize j = 0; j < 32; j += 8)
      paddock_avx2_store (out + i + j, value, FALSE);
}

static void
stream (float *out, gsize n)
{
  __m256 value = _mm256_set1_ps (1.0f);

  for (gsize i = 0; i < n; i += 32)
    for (gsize j = 0; j < 32; j += 8)
      paddock_avx2_store (out + i + j, value, TRUE);
  _mm_sfence ();
}

static float
read_all (const float *from, gsize n)
{
  __m256i sums[4] = { _mm256_setzero_si256 (), _mm256_setzero_si256 (), _mm256_setzero_si256 (), _mm256_setzero_si256 () };
  float result[8];

  for (gsize i = 0; i < n; i += 8)
    sums[i / 8 % 4] = _mm256_xor_si256 (sums[i / 8 % 4], _mm256_load_si256 ((const __m256i *) (gconstpointer) (from + i)));
  sums[0] = _mm256_xor_si256 (_mm256_xor_si256 (sums[0], sums[1]), _mm256_xor_si256 (sums[2], sums[3]));
  __builtin_memcpy (result, &sums[0], sizeof result);
  return result[0];
}

static void
copy (const float *from, float *out, gsize n)
{
  for (gsize i = 0; i < n; i += 8)
    paddock_avx2_store (out + i, _mm256_load_ps (from + i), TRUE);
  _mm_sfence ();
}

const PaddockKernelLimitFuncs paddock_avx2_limit_funcs = { store, stream, read_all, copy };
