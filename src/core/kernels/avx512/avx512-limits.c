/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx512/avx512-store.h"
#include "kernels/kernel-limits.h"

static void
store (float *out, gsize n)
{
  __m512 value = _mm512_set1_ps (1.0f);

  for (gsize i = 0; i < n; i += 64)
    for (gsize j = 0; j < 64; j += 16)
      paddock_avx512_store (out + i + j, value, FALSE);
}

static void
stream (float *out, gsize n)
{
  __m512 value = _mm512_set1_ps (1.0f);

  for (gsize i = 0; i < n; i += 64)
    for (gsize j = 0; j < 64; j += 16)
      paddock_avx512_store (out + i + j, value, TRUE);
  _mm_sfence ();
}

static float
read_all (const float *from, gsize n)
{
  __m512i sums[4] = { _mm512_setzero_si512 (), _mm512_setzero_si512 (), _mm512_setzero_si512 (), _mm512_setzero_si512 () };
  float result[16];

  for (gsize i = 0; i < n; i += 16)
    sums[i / 16 % 4] = _mm512_xor_si512 (sums[i / 16 % 4], _mm512_load_si512 (from + i));
  sums[0] = _mm512_xor_si512 (_mm512_xor_si512 (sums[0], sums[1]), _mm512_xor_si512 (sums[2], sums[3]));
  __builtin_memcpy (result, &sums[0], sizeof result);
  return result[0];
}

static void
copy (const float *from, float *out, gsize n)
{
  for (gsize i = 0; i < n; i += 16)
    paddock_avx512_store (out + i, _mm512_load_ps (from + i), TRUE);
  _mm_sfence ();
}

const PaddockKernelLimitFuncs paddock_avx512_limit_funcs = { store, stream, read_all, copy };
