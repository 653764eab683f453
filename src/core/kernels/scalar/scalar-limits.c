/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kernels/kernel-limits.h"

static void
store (float *out, gsize n)
{
  for (gsize i = 0; i < n; i++)
    out[i] = 1.0f;
}

static float
read_all (const float *from, gsize n)
{
  guint32 sums[16] = { 0 };
  float result;

  for (gsize i = 0; i < n; i += G_N_ELEMENTS (sums))
    for (gsize j = 0; j < G_N_ELEMENTS (sums); j++)
      {
        guint32 bits;

        memcpy (&bits, from + i + j, sizeof bits);
        sums[j] ^= bits;
      }
  for (gsize j = 1; j < G_N_ELEMENTS (sums); j++)
    sums[0] ^= sums[j];
  memcpy (&result, sums, sizeof result);
  return result;
}

static void
copy (const float *from, float *out, gsize n)
{
  memcpy (out, from, n * sizeof *out);
}

const PaddockKernelLimitFuncs paddock_scalar_limit_funcs = { store, store, read_all, copy };
