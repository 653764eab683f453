/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx2/avx2-store.h"
#include "kernels/kernel-families.h"

PADDOCK_AVX2_INLINE void
q8_0 (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  for (gsize i = 0; i < n_blocks; i++, blocks += 34, out += 32)
    {
      __m256 d = paddock_avx2_broadcast_half (blocks);

      paddock_avx2_prefetch (blocks);
      for (gsize k = 0; k < 32; k += 16)
        paddock_avx2_store_scaled (out + k, _mm_loadu_si128 ((const __m128i *) (blocks + 2 + k)), d, stream);
    }
}

PADDOCK_AVX2_KERNEL (q8_0)

const PaddockKernel paddock_avx2_legacy[] = {
  PADDOCK_AVX2_ENTRY (8, q8_0),
  PADDOCK_KERNEL_END,
};
