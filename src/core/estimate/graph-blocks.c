/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-builder.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

PaddockComputeRef
paddock_graph_rms_norm (PaddockGraphBuilder *self, PaddockComputeRef a, gboolean weight)
{
  PaddockComputeRef result = paddock_compute_graph_each (self->graph, a, NONE);

  return weight ? paddock_compute_graph_each (self->graph, result, NONE) : result;
}

PaddockComputeRef
paddock_graph_mean_norm (PaddockGraphBuilder *self, PaddockComputeRef a, gboolean weight, gboolean bias)
{
  PaddockComputeRef result = paddock_compute_graph_apart (self->graph, a, NONE);

  if (weight)
    result = paddock_compute_graph_each (self->graph, result, NONE);
  return bias ? paddock_compute_graph_each (self->graph, result, NONE) : result;
}

/**
 * paddock_graph_norm:
 *
 * The architecture's usual norm.
 */
PaddockComputeRef
paddock_graph_norm (PaddockGraphBuilder *self, PaddockComputeRef a, const PaddockShapeTensor *weight,
                    const PaddockShapeTensor *bias)
{
  PaddockComputeRef result;

  if ((self->traits->habits & PADDOCK_GRAPH_MEAN_NORM) != 0)
    return paddock_graph_mean_norm (self, a, weight != NULL, bias != NULL);
  result = paddock_graph_rms_norm (self, a, weight != NULL);
  return bias != NULL ? paddock_compute_graph_each (self->graph, result, NONE) : result;
}

PaddockComputeRef
paddock_graph_bias (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockWeight bias)
{
  return paddock_graph_builder_has (self, bias) ? paddock_compute_graph_each (self->graph, a, NONE) : a;
}

/**
 * paddock_graph_pick_rows:
 *
 * Leaves only the tokens that have an output.
 */
PaddockComputeRef
paddock_graph_pick_rows (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  return paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, self->graph->tensors[a].ne[0], self->outputs,
                                     1, 1, a, self->rows, NONE);
}

static gint64
head_width (const PaddockGraphBuilder *self)
{
  const PaddockShapeTensor *head = self->common.of[PADDOCK_WEIGHT_OUTPUT];

  if (head == NULL)
    head = self->common.of[PADDOCK_WEIGHT_TOKEN_EMBD];
  return head != NULL ? head->ne[1] : self->shape->vocabulary;
}

/**
 * paddock_graph_head:
 *
 * The last norm and the logits; both are read after the graph ran.
 */
void
paddock_graph_head (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  const PaddockModelShape *shape = self->shape;
  PaddockComputeRef result;

  result = paddock_graph_norm (self, a, self->common.of[PADDOCK_WEIGHT_OUTPUT_NORM],
                               self->common.of[PADDOCK_WEIGHT_OUTPUT_NORM_BIAS]);
  paddock_compute_graph_keep (self->graph, result);
  if ((self->traits->habits & PADDOCK_GRAPH_NO_HEAD) != 0)
    {
      paddock_compute_graph_expand (self->graph, result);
      return;
    }
  result = paddock_compute_graph_weigh (self->graph, head_width (self), result);
  if (self->common.of[PADDOCK_WEIGHT_OUTPUT_BIAS] != NULL)
    result = paddock_compute_graph_each (self->graph, result, NONE);
  if (shape->logit_scale != 0)
    result = paddock_compute_graph_each (self->graph, result, NONE);
  if (shape->final_softcap > 0)
    for (guint i = 0; i < 3; i++)
      result = paddock_compute_graph_each (self->graph, result, NONE);
  paddock_compute_graph_keep (self->graph, result);
  paddock_compute_graph_expand (self->graph, result);
}
