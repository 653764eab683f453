/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/avx512/avx512-store.h"
#include "kernels/kernel-families.h"

PADDOCK_AVX512_INLINE void
q8_0 (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)
{
  for (gsize i = 0; i < n_blocks; i++, blocks += 34, out += 32)
    {
      __m512 d = paddock_avx512_broadcast_half (blocks);

      paddock_avx512_prefetch (blocks);
      for (gsize k = 0; k < 32; k += 16)
        paddock_avx512_store_scaled (out + k, _mm_loadu_si128 ((const __m128i *) (blocks + 2 + k)), d, stream);
    }
}

PADDOCK_AVX512_KERNEL (q8_0)

const PaddockKernel paddock_avx512_legacy[] = {
  PADDOCK_AVX512_ENTRY (8, q8_0),
  PADDOCK_KERNEL_END,
};
