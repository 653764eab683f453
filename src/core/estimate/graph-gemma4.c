/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-gemma.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/* Experts beside a dense part. What chooses among them reads the same sum through a norm of its own. */
static PaddockComputeRef
experts_beside (PaddockGraphBuilder *self, PaddockComputeRef sum)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef dense, experts, logits;

  logits = paddock_compute_graph_each (graph, sum, NONE);
  logits = paddock_compute_graph_each (graph, logits, NONE);
  logits = paddock_compute_graph_each (graph, logits, NONE);
  logits = paddock_compute_graph_weigh (graph, paddock_graph_builder_width (self, PADDOCK_WEIGHT_FFN_GATE_INP), logits);
  experts = paddock_graph_experts_chosen (self, paddock_graph_rms_norm (self, sum, TRUE), logits);
  dense = paddock_graph_feed_forward (self, paddock_graph_rms_norm (self, sum, TRUE));
  dense = paddock_graph_rms_norm (self, dense, TRUE);
  return paddock_compute_graph_each (graph, dense, paddock_graph_rms_norm (self, experts, TRUE));
}

static PaddockComputeRef
build_layer (PaddockGraphBuilder *self, PaddockComputeRef input, PaddockComputeRef extra, guint layer, gboolean last)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef cur = paddock_graph_gemma_attend (self, layer, paddock_graph_rms_norm (self, input, TRUE)), sum;

  if (last)
    {
      cur = paddock_graph_pick_rows (self, cur);
      input = paddock_graph_pick_rows (self, input);
    }
  sum = paddock_compute_graph_each (graph, paddock_graph_rms_norm (self, cur, TRUE), input);
  if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_FFN_GATE_INP))
    cur = experts_beside (self, sum);
  else
    cur = paddock_graph_feed_forward (self, paddock_graph_rms_norm (self, sum, TRUE));
  cur = paddock_compute_graph_each (graph, paddock_graph_rms_norm (self, cur, TRUE), sum);
  if (extra != NONE)
    {
      extra = paddock_graph_gemma_slice (self, extra);
      if (last)
        extra = paddock_graph_pick_rows (self, extra);
      cur = paddock_compute_graph_each (graph, cur, paddock_graph_gemma_mix (self, cur, extra));
    }
  return paddock_model_shape_find (self->shape, (int) layer, "layer_output_scale.weight") != NULL
           ? paddock_compute_graph_each (graph, cur, NONE)
           : cur;
}

/**
 * paddock_graph_gemma4:
 *
 * A decoder whose layers may share caches, have experts beside a dense part, and read a part of each token anew.
 */
void
paddock_graph_gemma4 (PaddockGraphBuilder *self)
{
  guint n_layers = self->shape->layers;
  PaddockComputeRef stored = paddock_graph_gemma_tokens (self, FALSE), extra, cur;

  cur = paddock_graph_input_scaled (self, paddock_graph_input_embedding (self));
  paddock_graph_input_caches (self);
  extra = paddock_graph_gemma_spread (self, cur, stored);
  for (guint i = 0; i < n_layers; i++)
    {
      paddock_graph_builder_enter (self, i);
      cur = build_layer (self, cur, extra, i, i + 1 == n_layers);
    }
  paddock_graph_head (self, cur);
}
