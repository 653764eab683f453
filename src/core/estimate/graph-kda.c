/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-states.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

static PaddockComputeRef
weigh (PaddockGraphBuilder *self, guint layer, const char *name, PaddockComputeRef a)
{
  const PaddockShapeTensor *weight = paddock_model_shape_find (self->shape, (int) layer, name);

  return paddock_compute_graph_weigh (self->graph, weight != NULL ? weight->ne[1] : 0, a);
}

/* Queries, keys and values have a convolution each; their histories lie behind one another in one state. */
static PaddockComputeRef
convolve (PaddockGraphBuilder *self, guint layer, const char *name, PaddockComputeRef a, PaddockComputeRef history,
          gint64 kept, gint64 inner)
{
  PaddockComputeGraph *graph = self->graph;

  history = paddock_compute_graph_view (graph, history, kept, inner, self->sequences, 1, kept * 4, 3 * kept * inner * 4,
                                        0);
  return paddock_graph_convolve (self, history, paddock_graph_by_sequence (self, weigh (self, layer, name, a)));
}

static PaddockComputeRef
by_head (PaddockGraphBuilder *self, PaddockComputeRef a, gint64 length, gint64 heads)
{
  return paddock_compute_graph_reshape (self->graph, a, length, heads, self->tokens / self->sequences, self->sequences);
}

static PaddockComputeRef
activate (PaddockGraphBuilder *self, PaddockComputeRef a, gint64 length, gint64 heads, gboolean norm)
{
  PaddockComputeGraph *graph = self->graph;

  a = paddock_compute_graph_reshape (graph, a, length * heads, self->tokens, 1, 1);
  a = by_head (self, paddock_compute_graph_each (graph, a, NONE), length, heads);
  return norm ? paddock_compute_graph_each (graph, paddock_compute_graph_each (graph, a, NONE), NONE) : a;
}

/* How much each channel keeps. */
static PaddockComputeRef
decay (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a, gint64 length, gint64 heads)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef keep = weigh (self, layer, "ssm_f_b.weight", weigh (self, layer, "ssm_f_a.weight", a));

  keep = paddock_compute_graph_each (graph, paddock_compute_graph_each (graph, keep, NONE), NONE);
  keep = paddock_compute_graph_reshape (graph, keep, length, heads, self->tokens, 1);
  return by_head (self, paddock_compute_graph_each (graph, keep, NONE), length, heads);
}

static PaddockComputeRef
let_through (PaddockGraphBuilder *self, guint layer, PaddockComputeRef result, PaddockComputeRef a, gint64 length,
             gint64 heads)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef gate = paddock_graph_by_token (self, paddock_graph_by_sequence (self, a));

  gate = weigh (self, layer, "ssm_g_b.weight", weigh (self, layer, "ssm_g_a.weight", gate));
  gate = paddock_compute_graph_reshape (graph, gate, length, heads, self->tokens, 1);
  return paddock_compute_graph_each (graph, result, paddock_compute_graph_each (graph, gate, NONE));
}

/**
 * paddock_graph_kda_block:
 *
 * Kimi's linear attention: a state that is corrected by each token, with a decay of its own for each channel.
 */
PaddockComputeRef
paddock_graph_kda_block (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  const PaddockModelShape *shape = self->shape;
  PaddockComputeGraph *graph = self->graph;
  gint64 heads = shape->layer[layer].heads, length = shape->kda_head_length, inner = heads * length;
  gint64 kept = MAX ((gint64) shape->conv, 1) - 1, n = self->sequences;
  PaddockComputeRef history, q, k, v, keep, write, state, result, end;

  paddock_compute_graph_expand (graph, a);
  history = paddock_graph_read_states (self, 3 * kept * inner);
  q = convolve (self, layer, "attn_q.weight", a, history, kept, inner);
  k = convolve (self, layer, "attn_k.weight", a, history, kept, inner);
  v = convolve (self, layer, "attn_v.weight", a, history, kept, inner);
  state = paddock_graph_read_states (self, length * inner);
  q = activate (self, q, length, heads, TRUE);
  k = activate (self, k, length, heads, TRUE);
  v = activate (self, v, length, heads, FALSE);
  keep = decay (self, layer, a, length, heads);
  write = weigh (self, layer, "ssm_beta.weight", a);
  write = paddock_compute_graph_each (graph, by_head (self, write, 1, heads), NONE);
  state = paddock_compute_graph_reshape (graph, state, length, length, heads, n);
  result = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, inner, self->tokens + length * n, 1, 1, q, k, v);
  paddock_compute_graph_read (graph, result, keep);
  paddock_compute_graph_read (graph, result, write);
  paddock_compute_graph_read (graph, result, state);
  end = paddock_compute_graph_view (graph, result, length, length, heads, n, 0, 0, 0);
  paddock_graph_write_states (self, end);

  result = paddock_compute_graph_view (graph, result, length, heads, self->tokens / n, n, 0, 0, 0);
  result = paddock_compute_graph_pack (graph, result);
  result = paddock_compute_graph_reshape (graph, result, length, heads, self->tokens, 1);
  result = paddock_graph_rms_norm (self, result, TRUE);
  result = let_through (self, layer, result, a, length, heads);
  result = paddock_compute_graph_pack_2d (graph, result, inner, self->tokens);
  return weigh (self, layer, "attn_output.weight", result);
}
