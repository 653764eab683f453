/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-gemma.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/**
 * paddock_graph_gemma_tokens:
 * @scale: whether the rows are scaled at once
 *
 * Each token has a small vector for each layer, besides the one that goes into the first.
 *
 * Returns: those vectors, as they are stored; or none
 */
PaddockComputeRef
paddock_graph_gemma_tokens (PaddockGraphBuilder *self, gboolean scale)
{
  gint64 length = self->shape->embedding_per_layer, layers = self->shape->layers;
  PaddockComputeRef names, result;

  if (length == 0)
    return NONE;
  names = paddock_compute_graph_input (self->graph, PADDOCK_COMPUTE_I32, self->tokens, 1, 1, 1);
  result = paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, length * layers, self->tokens, 1, 1, names,
                                       NONE, NONE);
  if (scale)
    {
      result = paddock_compute_graph_reshape (self->graph, result, length, layers, self->tokens, 1);
      result = paddock_compute_graph_each (self->graph, result, NONE);
    }
  paddock_compute_graph_expand (self->graph, result);
  return result;
}

/**
 * paddock_graph_gemma_spread:
 * @a: the input of the first layer
 * @stored: the vectors of the tokens
 *
 * Returns: what goes into each layer besides, layer by layer; or none
 */
PaddockComputeRef
paddock_graph_gemma_spread (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef stored)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 length = self->shape->embedding_per_layer, layers = self->shape->layers;
  PaddockComputeRef result;

  if (stored == NONE)
    return NONE;
  result = paddock_compute_graph_weigh (graph, length * layers, a);
  result = paddock_compute_graph_each (graph, result, NONE);
  result = paddock_compute_graph_reshape (graph, result, length, layers, self->tokens, 1);
  result = paddock_graph_rms_norm (self, result, TRUE);
  if (graph->tensors[stored].ne[0] != length)
    {
      stored = paddock_compute_graph_each (graph, stored, NONE);
      stored = paddock_compute_graph_reshape (graph, stored, length, layers, self->tokens, 1);
    }
  result = paddock_compute_graph_each (graph, result, stored);
  result = paddock_compute_graph_each (graph, result, NONE);
  return paddock_compute_graph_pack (graph, paddock_compute_graph_permute (graph, result, 0, 2, 1, 3));
}

/**
 * paddock_graph_gemma_mix:
 * @a: what a layer made of its input
 * @extra: what goes into this layer besides
 *
 * Returns: the sum that both give, normed
 */
PaddockComputeRef
paddock_graph_gemma_mix (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef extra)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 embedding = graph->tensors[a].ne[0];

  a = paddock_compute_graph_weigh (graph, self->shape->embedding_per_layer, a);
  a = paddock_compute_graph_each (graph, a, NONE);
  a = paddock_compute_graph_each (graph, a, extra);
  return paddock_graph_rms_norm (self, paddock_compute_graph_weigh (graph, embedding, a), TRUE);
}

/* One of the slices that lie behind each other in a tensor. */
PaddockComputeRef
paddock_graph_gemma_slice (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  PaddockComputeTensor shape = self->graph->tensors[a];

  return paddock_compute_graph_view (self->graph, a, shape.ne[0], shape.ne[1], 1, 1, 0, 0, 0);
}

static PaddockComputeRef
product_by_head (PaddockGraphBuilder *self, PaddockComputeRef product, gint64 length, gint64 heads)
{
  return paddock_compute_graph_reshape (self->graph, product, length, heads, self->tokens, 1);
}

static PaddockComputeRef
weigh (PaddockGraphBuilder *self, PaddockWeight weight, PaddockComputeRef a)
{
  return paddock_compute_graph_weigh (self->graph, paddock_graph_builder_width (self, weight), a);
}

static PaddockComputeRef
norm_and_rotate (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  return paddock_compute_graph_each (self->graph, paddock_graph_rms_norm (self, a, TRUE), self->positions);
}

/**
 * paddock_graph_gemma_attend:
 *
 * Attention in which values are normed, too. Some layers read the cache of another one, and some have one product for
 * keys and values.
 */
PaddockComputeRef
paddock_graph_gemma_attend (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  const PaddockShapeLayer *sizes = &self->shape->layer[layer];
  PaddockComputeRef keys, values;
  PaddockGraphQkv qkv = { NONE, NONE, NONE };

  qkv.q = weigh (self, PADDOCK_WEIGHT_ATTN_Q, a);
  qkv.q = norm_and_rotate (self, product_by_head (self, qkv.q, sizes->key_length, sizes->heads));
  if (sizes->has_cache)
    {
      keys = values = weigh (self, PADDOCK_WEIGHT_ATTN_K, a);
      if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_ATTN_V))
        values = weigh (self, PADDOCK_WEIGHT_ATTN_V, a);
      qkv.k = norm_and_rotate (self, product_by_head (self, keys, sizes->key_length, sizes->kv_heads));
      qkv.v = product_by_head (self, values, sizes->value_length, sizes->kv_heads);
      qkv.v = paddock_graph_rms_norm (self, qkv.v, FALSE);
    }
  return paddock_graph_attend (self, layer, qkv, NONE);
}
