/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/avx2/avx2-store.h"
#include "kernels/by-turns.h"
#include "quant/quant-blocks.h"

G_BEGIN_DECLS

/*
 * The types of a byte and a scale for each number. They are no more than loads, conversions and stores, at which wider
 * registers are slower, in the cache by a seventh: the set of AVX-512 has these very kernels.
 */

PADDOCK_AVX2_INLINE void
paddock_avx2_write_bytes (float *out, const gint8 *bytes, __m256 d, gboolean stream)
{
  for (gsize k = 0; k < 32; k += 8)
    {
      __m128i eight = _mm_loadl_epi64 ((const __m128i *) (bytes + k));

      paddock_avx2_store (out + k, _mm256_mul_ps (paddock_avx2_from_bytes (eight), d), stream);
    }
}

PADDOCK_AVX2_INLINE void
paddock_avx2_write_q8_0 (const guint8 *bytes, gsize at, float *out, gboolean stream)
{
  const PaddockBlockQ8_0 *block = (const PaddockBlockQ8_0 *) bytes;

  paddock_avx2_write_bytes (out, block->qs + at, paddock_avx2_spread_half (block->d), stream);
}

/* Its second half is the sum of the block, for products; no number needs it. */
PADDOCK_AVX2_INLINE void
paddock_avx2_write_q8_1 (const guint8 *bytes, gsize at, float *out, gboolean stream)
{
  const PaddockBlockQ8_1 *block = (const PaddockBlockQ8_1 *) bytes;

  paddock_avx2_write_bytes (out, block->qs + at, paddock_avx2_spread_half (block->d), stream);
}

PADDOCK_AVX2_INLINE void
paddock_avx2_write_q8_k (const guint8 *bytes, gsize at, float *out, gboolean stream)
{
  const PaddockBlockQ8_K *block = (const PaddockBlockQ8_K *) bytes;

  paddock_avx2_write_bytes (out, block->qs + at, _mm256_set1_ps (block->d), stream);
}

/* Makes the kernel of a type with blocks of @numbers. */
#define PADDOCK_AVX2_BYTES(name, type, block_numbers)                             \
  PADDOCK_AVX2_INLINE void                                                        \
  name##_part (const guint8 *block, gsize at, float *out)                         \
  {                                                                               \
    paddock_avx2_write_##name (block, at, out, TRUE);                             \
  }                                                                               \
                                                                                  \
  PADDOCK_AVX2_INLINE void                                                        \
  name (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)        \
  {                                                                               \
    const PaddockTurns turns = PADDOCK_TURNS (block_numbers, sizeof (PaddockBlock##type), 32); \
    gsize done = stream ? paddock_by_turns (blocks, n_blocks, out, turns, name##_part) : 0; \
                                                                                  \
    for (; done < n_blocks; done++)                                               \
      {                                                                           \
        const guint8 *block = blocks + done * turns.bytes;                        \
                                                                                  \
        for (gsize at = 0; at < turns.numbers; at += turns.part)                  \
          paddock_avx2_write_##name (block, at, out + done * turns.numbers + at, stream); \
      }                                                                           \
  }                                                                               \
  PADDOCK_AVX2_KERNEL (name)

G_END_DECLS
