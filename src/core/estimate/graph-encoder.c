/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-builder.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/* Token, kind and place, normed together. */
static PaddockComputeRef
enter (PaddockGraphBuilder *self)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef places = NONE, input;

  if (self->common.of[PADDOCK_WEIGHT_POSITION_EMBD] != NULL)
    {
      places = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, self->shape->embedding, self->tokens, 1, 1,
                                           self->positions, NONE, NONE);
      paddock_compute_graph_expand (graph, places);
    }
  input = paddock_graph_input_embedding (self);
  if (self->common.of[PADDOCK_WEIGHT_TOKEN_TYPES] != NULL)
    input = paddock_compute_graph_each (graph, input, NONE);
  if (places != NONE)
    input = paddock_compute_graph_each (graph, places, input);
  return paddock_graph_norm (self, input, self->common.of[PADDOCK_WEIGHT_TOKEN_EMBD_NORM],
                             self->common.of[PADDOCK_WEIGHT_TOKEN_EMBD_NORM_BIAS]);
}

static PaddockComputeRef
norm_by (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockWeight weight, PaddockWeight bias)
{
  return paddock_graph_norm (self, a, self->weights.of[weight], self->weights.of[bias]);
}

/* Sums are normed, not what goes into them. */
static PaddockComputeRef
build_layer (PaddockGraphBuilder *self, guint layer, PaddockComputeRef input, gboolean last)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef cur = paddock_graph_attend_batch (self, layer, paddock_graph_project (self, layer, input)), between;

  if (last)
    {
      cur = paddock_graph_pick_rows (self, cur);
      input = paddock_graph_pick_rows (self, input);
    }
  cur = norm_by (self, paddock_compute_graph_each (graph, cur, input), PADDOCK_WEIGHT_ATTN_OUTPUT_NORM,
                 PADDOCK_WEIGHT_ATTN_OUTPUT_NORM_BIAS);
  if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_ATTN_NORM_2))
    cur = norm_by (self, paddock_compute_graph_each (graph, cur, input), PADDOCK_WEIGHT_ATTN_NORM_2,
                   PADDOCK_WEIGHT_ATTN_NORM_2_BIAS);
  between = cur;
  cur = paddock_graph_builder_has (self, PADDOCK_WEIGHT_FFN_GATE_INP) ? paddock_graph_experts (self, cur)
                                                                      : paddock_graph_feed_forward (self, cur);
  return norm_by (self, paddock_compute_graph_each (graph, cur, between), PADDOCK_WEIGHT_LAYER_OUTPUT_NORM,
                  PADDOCK_WEIGHT_LAYER_OUTPUT_NORM_BIAS);
}

/**
 * paddock_graph_encoder:
 *
 * BERT and its kin: all tokens of a batch see each other, there is no cache, and what comes out is vectors.
 */
void
paddock_graph_encoder (PaddockGraphBuilder *self)
{
  PaddockComputeRef cur = enter (self);

  paddock_graph_input_batch_mask (self);
  for (guint i = 0; i < self->shape->layers; i++)
    {
      paddock_graph_builder_enter (self, i);
      cur = build_layer (self, i, cur, i + 1 == self->shape->layers);
    }
  paddock_compute_graph_keep (self->graph, cur);
  paddock_compute_graph_expand (self->graph, cur);
}
