/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Four stretches of blocks by turns, a part of a block of each: memory has read one when it is asked for the next, and their
 * stores go to different rows of it. One stretch after the other, types that read more than a byte for four that they write
 * wait for memory a twentieth longer.
 */
#define PADDOCK_N_TURNS 4

#define PADDOCK_TURNS_INLINE static inline __attribute__ ((always_inline))

typedef struct
{
  gsize numbers, bytes;              /* of a block */
  gsize part;                        /* numbers that are made in a turn; divides those of a block */
  gsize stretch;                     /* blocks */
  gsize ahead;                       /* how far in front of its reading input is asked for, in bytes */
  gboolean second_cache;             /* into that one, not the first */
} PaddockTurns;

/* Of blocks of some bits a number. The four stretches of Q8_0 read 34 KB: it asks for what it needs when their turn is over. */
#define PADDOCK_TURNS(block_numbers, block_bytes, of_a_part)                      \
  (PaddockTurns)                                                                  \
  {                                                                               \
    .numbers = (block_numbers), .bytes = (block_bytes), .part = (of_a_part),      \
    .stretch = 8192 / (block_numbers), .ahead = 32768, .second_cache = TRUE       \
  }

/* Of plain numbers of @size bytes: 32 of them count as a block, a page of them is a stretch. */
#define PADDOCK_PLAIN_TURNS(size)                                                 \
  (PaddockTurns)                                                                  \
  {                                                                               \
    .numbers = 32, .bytes = 32 * (size), .part = 32, .stretch = 4096 / (32 * (size)), .ahead = 16384 \
  }

/* Writes the part of @block that begins with its number @at, past the cache. */
typedef void (*PaddockWritePart) (const guint8 *block, gsize at, float *out);

PADDOCK_TURNS_INLINE void
paddock_turns_ask (const guint8 *wanted, gsize size, gboolean second_cache)
{
  for (gsize k = 0; k < size; k += 64)
    if (second_cache)
      __builtin_prefetch (wanted + k, 0, 2);
    else
      __builtin_prefetch (wanted + k);
}

/* Returns: how many blocks were written; fewer are left than four stretches have. */
PADDOCK_TURNS_INLINE gsize
paddock_by_turns (const guint8 *blocks, gsize n_blocks, float *out, PaddockTurns turns, PaddockWritePart write)
{
  const gsize all = PADDOCK_N_TURNS * turns.stretch;
  gsize done = 0;

  for (; n_blocks - done >= all; done += all)
    for (gsize i = 0; i < turns.stretch * turns.numbers; i += turns.part)
      for (gsize first = done; first < done + all; first += turns.stretch)
        {
          const gsize at = i % turns.numbers;
          const guint8 *block = blocks + (first + i / turns.numbers) * turns.bytes;
          const guint8 *wanted = block + at * turns.bytes / turns.numbers + turns.ahead;

          paddock_turns_ask (wanted, turns.part * turns.bytes / turns.numbers, turns.second_cache);
          write (block, at, out + first * turns.numbers + i);
        }
  return done;
}

G_END_DECLS
