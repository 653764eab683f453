/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <immintrin.h>

#include "kernels/by-turns.h"
#include "kernels/kernel.h"

G_BEGIN_DECLS

/*
 * How the AVX-512 kernels are made. A kernel is written once, as an inline function q4_0 (blocks, n_blocks, out, stream) whose
 * last argument is a constant; PADDOCK_AVX512_KERNEL (q4_0) makes its two versions, and PADDOCK_AVX512_ENTRY (2, q4_0) the
 * entry of the family's array.
 */
#define PADDOCK_AVX512_INLINE static inline __attribute__ ((always_inline))

#define PADDOCK_AVX512_KERNEL(name)                                               \
  static void name##_plain (const guint8 *blocks, gsize n_blocks, float *out)     \
  {                                                                               \
    name (blocks, n_blocks, out, FALSE);                                          \
  }                                                                               \
  static void name##_stream (const guint8 *blocks, gsize n_blocks, float *out)    \
  {                                                                               \
    name (blocks, n_blocks, out, TRUE);                                           \
    _mm_sfence ();                                                                \
  }

/* The same of a function name_block (block, out, stream) for a single block. */
#define PADDOCK_AVX512_BLOCKS(name, type, block_numbers)                          \
  PADDOCK_AVX512_INLINE void                                                      \
  name##_part (const guint8 *block, gsize at, float *out)                         \
  {                                                                               \
    name##_block ((const PaddockBlock##type *) block, out, TRUE);                 \
  }                                                                               \
                                                                                  \
  PADDOCK_AVX512_INLINE void                                                      \
  name (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)        \
  {                                                                               \
    const PaddockTurns turns = PADDOCK_TURNS (block_numbers, sizeof (PaddockBlock##type), block_numbers); \
    gsize done = stream ? paddock_by_turns (blocks, n_blocks, out, turns, name##_part) : 0; \
    const PaddockBlock##type *block = (const PaddockBlock##type *) blocks + done; \
                                                                                  \
    for (out += done * turns.numbers; done < n_blocks; done++, block++, out += turns.numbers) \
      name##_block (block, out, stream);                                          \
  }                                                                               \
  PADDOCK_AVX512_KERNEL (name)

#define PADDOCK_AVX512_ENTRY(type, name) { type, name##_plain, name##_stream }

/*
 * How far ahead of its reading a kernel asks for input, in bytes: past the end of the page, where the processor itself stops
 * to look ahead. Asking past the end of the blocks does no harm. Only what streams its output asks: what works in the cache
 * has its input there too.
 */
#define PADDOCK_AVX512_AHEAD 8192

PADDOCK_AVX512_INLINE void
paddock_avx512_prefetch (const guint8 *blocks, gboolean stream)
{
  if (stream)
    _mm_prefetch ((const char *) blocks + PADDOCK_AVX512_AHEAD, _MM_HINT_T0);
}

/* The same for a whole block of @size bytes. */
PADDOCK_AVX512_INLINE void
paddock_avx512_prefetch_block (const guint8 *block, gsize size, gboolean stream)
{
  for (gsize i = 0; i < size; i += 64)
    paddock_avx512_prefetch (block + i, stream);
}

/*
 * How many numbers ahead of its work a kernel that stays in the second cache asks the first one for, of its input and of
 * its output alike: the processor begins to fetch a line that is written to only when the store's turn comes.
 */
#define PADDOCK_AVX512_NEAR 256

/* Asks for @size bytes that stand @ahead of @place; not when @stream, whose output shall stay out of the cache. */
PADDOCK_AVX512_INLINE void
paddock_avx512_prefetch_near (gboolean stream, const guint8 *place, gsize size, gsize ahead)
{
  for (gsize i = 0; i < size && !stream; i += 64)
    _mm_prefetch ((const char *) place + ahead + i, _MM_HINT_T0);
}

G_END_DECLS
