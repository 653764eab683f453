/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-builder.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE
#define KEY_STEP 256

/* Without a cache, the keys of the batch are copied to a whole number of steps. */
static PaddockComputeRef
lengthen (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  PaddockComputeTensor shape = self->graph->tensors[a];

  a = paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, shape.ne[0], shape.ne[1], self->full.cells, 1, a,
                                  NONE, NONE);
  return paddock_compute_graph_permute (self->graph, a, 0, 2, 1, 3);
}

/**
 * paddock_graph_halve:
 *
 * Flash attention reads half precision: a copy, which names itself as one of its sources.
 */
PaddockComputeRef
paddock_graph_halve (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  PaddockComputeTensor shape = self->graph->tensors[a];

  a = paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F16, shape.ne[0], shape.ne[1], shape.ne[2],
                                  shape.ne[3], a, NONE, NONE);
  paddock_compute_graph_read (self->graph, a, a);
  return a;
}

/**
 * paddock_graph_input_batch_mask:
 *
 * The masks of attention without a cache, as wide as the batch in whole steps.
 */
void
paddock_graph_input_batch_mask (PaddockGraphBuilder *self)
{
  PaddockComputeType type = self->flash ? PADDOCK_COMPUTE_F16 : PADDOCK_COMPUTE_F32;

  self->full.cells = self->sliding.cells = (self->tokens + KEY_STEP - 1) / KEY_STEP * KEY_STEP;
  self->full.mask = paddock_compute_graph_input (self->graph, type, self->full.cells, self->tokens, 1, 1);
  self->sliding.mask = paddock_compute_graph_input (self->graph, type, self->full.cells, self->tokens, 1, 1);
}

/**
 * paddock_graph_attend_batch:
 *
 * Attends to the tokens of the batch itself.
 */
PaddockComputeRef
paddock_graph_attend_batch (PaddockGraphBuilder *self, guint layer, PaddockGraphQkv qkv)
{
  PaddockComputeGraph *graph = self->graph;
  const PaddockGraphCache *sight = self->shape->layer[layer].sliding ? &self->sliding : &self->full;
  gint64 value_length = graph->tensors[qkv.v].ne[0];
  PaddockComputeRef result;

  paddock_compute_graph_expand (graph, qkv.q);
  paddock_compute_graph_expand (graph, qkv.k);
  paddock_compute_graph_expand (graph, qkv.v);
  qkv.k = lengthen (self, qkv.k);
  qkv.v = lengthen (self, qkv.v);
  if (self->flash && self->bias == NONE)
    {
      qkv.k = paddock_graph_halve (self, qkv.k);
      qkv.v = paddock_graph_halve (self, qkv.v);
    }
  else
    qkv.v = paddock_compute_graph_pack (graph, paddock_compute_graph_permute (graph, qkv.v, 1, 0, 2, 3));
  result = paddock_graph_attend_to (self, qkv.q, qkv.k, qkv.v, sight->cells, value_length, 1, sight->mask);
  return paddock_graph_attend_output (self, result, NONE);
}
