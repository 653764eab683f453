/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-output.h"

/* Whoever runs an encoder, or a model that says how to pool, wants its embeddings. */
static gboolean
gives_embeddings (const PaddockModelShape *shape)
{
  return shape->pooling > 0 || (shape->arch != NULL && (shape->arch->kind == PADDOCK_ARCH_ENCODER ||
                                                        shape->arch->kind == PADDOCK_ARCH_ENCODER_DECODER));
}

/**
 * paddock_memory_output_compute:
 * @shape: a model
 * @request: how it is run
 *
 * Returns: the bytes for results
 */
guint64
paddock_memory_output_compute (const PaddockModelShape *shape, const PaddockMemoryRequest *request)
{
  guint64 row = shape->vocabulary;

  if (gives_embeddings (shape))
    row += shape->embedding_out != 0 ? shape->embedding_out : shape->embedding;
  return row * sizeof (float) * MIN (request->parallel, PADDOCK_MEMORY_MAX_PARALLEL);
}
