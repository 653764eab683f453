/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-states.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/**
 * paddock_graph_short_conv_block:
 *
 * A gated convolution over a few tokens. Both gates and what they let through come out of one product.
 */
PaddockComputeRef
paddock_graph_short_conv_block (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  PaddockComputeGraph *graph = self->graph;
  const PaddockShapeTensor *in = paddock_model_shape_find (self->shape, (int) layer, "shortconv.in_proj.weight");
  const PaddockShapeTensor *out = paddock_model_shape_find (self->shape, (int) layer, "shortconv.out_proj.weight");
  gint64 width = in != NULL ? in->ne[1] / 3 : 0, kept = MAX ((gint64) self->shape->shortconv_l_cache, 1) - 1;
  gint64 tokens = self->tokens / self->sequences, n = self->sequences;
  PaddockComputeRef state, all, parts[3], result;

  state = paddock_graph_read_states (self, kept * width);
  state = paddock_compute_graph_reshape (graph, state, kept, width, n, 1);
  all = paddock_compute_graph_weigh (graph, width * 3, paddock_graph_by_sequence (self, a));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    parts[i] = paddock_compute_graph_view (graph, all, width, tokens, n, 1, graph->tensors[all].nb[1],
                                           graph->tensors[all].nb[2], 0);
  result = paddock_compute_graph_each (graph, parts[0], parts[1]);
  result = paddock_graph_convolve (self, state, result);
  result = paddock_compute_graph_each (graph, parts[2], result);
  result = paddock_compute_graph_weigh (graph, out != NULL ? out->ne[1] : 0, result);
  return paddock_graph_by_token (self, result);
}
