/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quant/quant-blocks.h"

G_BEGIN_DECLS

/* Makes a PaddockDequantizeFunc of read_NAME, which reads one block, whose weights are WEIGHTS. */
#define PADDOCK_EACH_BLOCK(name, Type, weights)                                    \
  static void dequantize_##name (const guint8 *blocks, gsize n_blocks, float *out) \
  {                                                                                \
    const PaddockBlock##Type *block = (const PaddockBlock##Type *) blocks;         \
                                                                                   \
    for (gsize i = 0; i < n_blocks; i++)                                           \
      read_##name (&block[i], &out[i * (weights)]);                                \
  }

G_END_DECLS
