/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/by-turns.h"
#include "quant/quant-blocks.h"

G_BEGIN_DECLS

/*
 * Makes the kernel of a type with blocks of 256 numbers from what prepares a block and what writes it. A set of kernels brings
 * its own Parts, which stand between the two, and its own run(), for what stays in the cache and for the rest of what does
 * not: there each block is made when its turn comes.
 */
#define PADDOCK_SUPER(name, type, make_versions, ahead, prepare, write)           \
  PADDOCK_TURNS_INLINE void                                                       \
  name##_part (const guint8 *block, gsize at, float *out)                         \
  {                                                                               \
    Parts parts;                                                                  \
                                                                                  \
    prepare (&parts, block);                                                      \
    write (out, &parts, block, TRUE);                                             \
  }                                                                               \
                                                                                  \
  PADDOCK_TURNS_INLINE void                                                       \
  name (const guint8 *blocks, gsize n_blocks, float *out, gboolean stream)        \
  {                                                                               \
    const PaddockTurns turns = PADDOCK_TURNS (256, sizeof (PaddockBlock##type), 256); \
    gsize done = stream ? paddock_by_turns (blocks, n_blocks, out, turns, name##_part) : 0; \
                                                                                  \
    run (blocks + done * turns.bytes, n_blocks - done, turns.bytes, out + done * turns.numbers, ahead, prepare, write, stream); \
  }                                                                               \
  make_versions (name)

G_END_DECLS
