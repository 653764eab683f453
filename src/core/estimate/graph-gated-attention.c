/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-builder.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

static PaddockComputeRef
rotate (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  return paddock_compute_graph_each (self->graph, a, self->positions);
}

static PaddockComputeRef
product_by_head (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockWeight weight, gint64 length, gint64 heads)
{
  PaddockComputeRef result = paddock_compute_graph_weigh (self->graph, paddock_graph_builder_width (self, weight), a);

  return paddock_compute_graph_reshape (self->graph, result, length, heads, self->tokens, 1);
}

/**
 * paddock_graph_attend_gated:
 *
 * Attention whose product for queries has a gate for each head besides, which decides what of the result is let
 * through.
 */
PaddockComputeRef
paddock_graph_attend_gated (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  const PaddockShapeLayer *sizes = &self->shape->layer[layer];
  PaddockComputeGraph *graph = self->graph;
  gint64 length = sizes->key_length, heads = sizes->heads;
  PaddockComputeRef both = product_by_head (self, a, PADDOCK_WEIGHT_ATTN_Q, length * 2, heads), gate;
  PaddockComputeTensor shape = graph->tensors[both];
  PaddockGraphQkv qkv;

  qkv.q = paddock_compute_graph_view (graph, both, length, heads, self->tokens, 1, shape.nb[1], shape.nb[2], 0);
  qkv.q = rotate (self, paddock_graph_rms_norm (self, qkv.q, TRUE));
  qkv.k = product_by_head (self, a, PADDOCK_WEIGHT_ATTN_K, length, sizes->kv_heads);
  qkv.k = rotate (self, paddock_graph_rms_norm (self, qkv.k, TRUE));
  qkv.v = product_by_head (self, a, PADDOCK_WEIGHT_ATTN_V, sizes->value_length, sizes->kv_heads);

  gate = paddock_compute_graph_view (graph, both, length, heads, self->tokens, 1, shape.nb[1], shape.nb[2], 0);
  gate = paddock_compute_graph_pack_2d (graph, gate, length * heads, self->tokens);
  return paddock_graph_attend (self, layer, qkv, gate);
}
