/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-states.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

void
paddock_graph_input_states (PaddockGraphBuilder *self)
{
  self->states = paddock_compute_graph_input (self->graph, PADDOCK_COMPUTE_I32, self->sequences, 1, 1, 1);
  self->batch_states = paddock_compute_graph_view (self->graph, self->states, self->sequences, 1, 1, 1, 0, 0, 0);
  self->other_states = paddock_compute_graph_view (self->graph, self->states, self->sequences - 1, 1, 1, 1, 0, 0, 0);
}

PaddockComputeRef
paddock_graph_read_states (PaddockGraphBuilder *self, gint64 size)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef all, ours, others;

  all = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, size, self->sequences, 1, 1, self->states, NONE,
                                    NONE);
  ours = paddock_compute_graph_view (graph, all, size, self->sequences, 1, 1, 0, 0, 0);
  paddock_compute_graph_expand (graph, ours);

  /* The largest batch has tokens of all sequences: none is left, and still the engine moves the rest along. */
  others = paddock_compute_graph_view (graph, all, size, 0, 1, 1, 0, 0, 0);
  paddock_compute_graph_expand (graph, paddock_compute_graph_store (graph, others, NONE));
  return ours;
}

void
paddock_graph_move_states (PaddockGraphBuilder *self, gint64 size)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef rest = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, size, self->sequences - 1, 1, 1,
                                                       self->other_states, NONE, NONE);

  rest = paddock_compute_graph_view (graph, rest, size, 0, 1, 1, 0, 0, 0);
  paddock_compute_graph_expand (graph, paddock_compute_graph_store (graph, rest, NONE));
}

void
paddock_graph_write_states (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  paddock_compute_graph_expand (self->graph, paddock_compute_graph_store (self->graph, a, NONE));
}

PaddockComputeRef
paddock_graph_by_sequence (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  return paddock_compute_graph_reshape (self->graph, a, self->graph->tensors[a].ne[0], self->tokens / self->sequences,
                                        self->sequences, 1);
}

PaddockComputeRef
paddock_graph_by_token (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  return paddock_compute_graph_reshape (self->graph, a, self->graph->tensors[a].ne[0], self->tokens, 1, 1);
}

PaddockComputeRef
paddock_graph_convolve (PaddockGraphBuilder *self, PaddockComputeRef state, PaddockComputeRef a)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeTensor kept = graph->tensors[state], shape = graph->tensors[a];
  PaddockComputeRef joined, last;

  a = paddock_compute_graph_permute (graph, a, 1, 0, 2, 3);
  joined = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, kept.ne[0] + shape.ne[1], kept.ne[1], kept.ne[2],
                                       1, state, a, NONE);
  last = paddock_compute_graph_view (graph, joined, kept.ne[0], kept.ne[1], kept.ne[2], 1,
                                     graph->tensors[joined].nb[1], graph->tensors[joined].nb[2], 0);
  paddock_graph_write_states (self, last);
  return paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, shape.ne[0], shape.ne[1], shape.ne[2], 1, joined,
                                     NONE, NONE);
}
