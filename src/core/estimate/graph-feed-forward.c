/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-builder.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

static PaddockComputeRef
activate (PaddockGraphBuilder *self, PaddockComputeRef gate, PaddockComputeRef up)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeTensor shape;

  switch (self->traits->activation)
    {
    case PADDOCK_GRAPH_SWIGLU_HALVES:
    case PADDOCK_GRAPH_GEGLU_HALVES:
      if (gate != NONE)
        break;
      shape = graph->tensors[up];
      return paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, shape.ne[0] / 2, shape.ne[1], shape.ne[2],
                                         shape.ne[3], up, NONE, NONE);

    case PADDOCK_GRAPH_RELU_SQUARED:
      up = paddock_compute_graph_each (graph, gate != NONE ? gate : up, NONE);
      return paddock_compute_graph_each (graph, up, NONE);

    case PADDOCK_GRAPH_SILU:
    case PADDOCK_GRAPH_GELU:
    case PADDOCK_GRAPH_RELU:
    case PADDOCK_GRAPH_SWIGLU_OAI:
    default:
      break;
    }
  if (gate != NONE)
    return paddock_compute_graph_apart (graph, gate, up);
  return paddock_compute_graph_each (graph, up, NONE);
}

/* With weights of the given widths; 0: there are none. */
static PaddockComputeRef
gated (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockWeight gate_weight, PaddockWeight gate_bias,
       PaddockWeight up_weight, PaddockWeight up_bias)
{
  PaddockComputeRef gate = NONE, up;

  up = paddock_compute_graph_weigh (self->graph, paddock_graph_builder_width (self, up_weight), a);
  up = paddock_graph_bias (self, up, up_bias);
  if (paddock_graph_builder_has (self, gate_weight))
    {
      gate = paddock_compute_graph_weigh (self->graph, paddock_graph_builder_width (self, gate_weight), a);
      gate = paddock_graph_bias (self, gate, gate_bias);
    }
  return activate (self, gate, up);
}

/**
 * paddock_graph_feed_forward:
 *
 * The dense part of a layer, with a gate or without.
 */
PaddockComputeRef
paddock_graph_feed_forward (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  PaddockComputeRef result = gated (self, a, PADDOCK_WEIGHT_FFN_GATE, PADDOCK_WEIGHT_FFN_GATE_BIAS,
                                    PADDOCK_WEIGHT_FFN_UP, PADDOCK_WEIGHT_FFN_UP_BIAS);

  if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_FFN_SUB_NORM))
    result = paddock_graph_norm (self, result, self->weights.of[PADDOCK_WEIGHT_FFN_SUB_NORM], NULL);
  result = paddock_compute_graph_weigh (self->graph, paddock_graph_builder_width (self, PADDOCK_WEIGHT_FFN_DOWN),
                                        result);
  return paddock_graph_bias (self, result, PADDOCK_WEIGHT_FFN_DOWN_BIAS);
}
