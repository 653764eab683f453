/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-states.h"

#include <string.h>

#define NONE PADDOCK_COMPUTE_OUTSIDE

/**
 * paddock_graph_mamba:
 *
 * Nothing but state spaces, of either kind.
 */
void
paddock_graph_mamba (PaddockGraphBuilder *self)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef cur = paddock_graph_input_embedding (self), input;
  gboolean second = strcmp (self->traits->id, "mamba2") == 0;

  paddock_graph_input_states (self);
  for (guint i = 0; i < self->shape->layers; i++)
    {
      paddock_graph_builder_enter (self, i);
      input = cur;
      cur = paddock_graph_norm (self, cur, self->weights.of[PADDOCK_WEIGHT_ATTN_NORM], NULL);
      cur = second ? paddock_graph_mamba2_block (self, i, cur) : paddock_graph_mamba_block (self, i, cur);
      if (i + 1 == self->shape->layers)
        {
          cur = paddock_graph_pick_rows (self, cur);
          input = paddock_graph_pick_rows (self, input);
        }
      cur = paddock_compute_graph_each (graph, cur, input);
    }
  paddock_graph_head (self, cur);
}
