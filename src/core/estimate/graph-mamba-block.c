/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-states.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

static gboolean
has (const PaddockGraphBuilder *self, guint layer, const char *name)
{
  return paddock_model_shape_find (self->shape, (int) layer, name) != NULL;
}

static PaddockComputeRef
weigh (PaddockGraphBuilder *self, guint layer, const char *name, PaddockComputeRef a)
{
  const PaddockShapeTensor *weight = paddock_model_shape_find (self->shape, (int) layer, name);

  return paddock_compute_graph_weigh (self->graph, weight != NULL ? weight->ne[1] : 0, a);
}

/* What the inputs become on their way along the sequence, followed in the same tensor by the states they end in. */
static PaddockComputeRef
scan (PaddockGraphBuilder *self, PaddockComputeRef x, PaddockComputeRef dt, PaddockComputeRef b, PaddockComputeRef c)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 state = (gint64) self->shape->state * self->shape->inner, n_outputs = self->tokens * self->shape->inner;
  PaddockComputeRef result, end;

  result = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, n_outputs + state * self->sequences, 1, 1, 1, x,
                                       dt, b);
  paddock_compute_graph_read (graph, result, c);
  paddock_compute_graph_read (graph, result, self->batch_states);
  paddock_compute_graph_expand (graph, result);
  paddock_graph_move_states (self, state);
  end = paddock_compute_graph_view (graph, result, state, self->sequences, 1, 1, 0, 0, 0);
  paddock_graph_write_states (self, end);
  return result;
}

static PaddockComputeRef
norm_if (PaddockGraphBuilder *self, guint layer, const char *name, PaddockComputeRef a)
{
  return has (self, layer, name) ? paddock_graph_rms_norm (self, a, TRUE) : a;
}

/**
 * paddock_graph_mamba_block:
 *
 * A selective state space, each channel by itself.
 */
PaddockComputeRef
paddock_graph_mamba_block (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  const PaddockModelShape *shape = self->shape;
  PaddockComputeGraph *graph = self->graph;
  gint64 inner = shape->inner, state = shape->state, tokens = self->tokens / self->sequences, n = self->sequences;
  gint64 kept = MAX ((gint64) shape->conv, 1) - 1;
  PaddockComputeRef conv, both, gate, x, cut, dt, b, c, by_channel, result;
  PaddockComputeTensor cut_shape;

  conv = paddock_graph_read_states (self, kept * inner);
  conv = paddock_compute_graph_reshape (graph, conv, kept, inner, n, 1);
  both = weigh (self, layer, "ssm_in.weight", paddock_graph_by_sequence (self, a));
  x = paddock_compute_graph_view (graph, both, inner, tokens, n, 1, graph->tensors[both].nb[1],
                                  graph->tensors[both].nb[2], 0);
  gate = paddock_compute_graph_view (graph, both, inner, tokens, n, 1, graph->tensors[both].nb[1],
                                     graph->tensors[both].nb[2], 0);
  x = paddock_graph_convolve (self, conv, x);
  x = paddock_compute_graph_each (graph, x, NONE);
  x = paddock_compute_graph_each (graph, x, NONE);

  cut = weigh (self, layer, "ssm_x.weight", x);
  cut_shape = graph->tensors[cut];
  dt = paddock_compute_graph_view (graph, cut, shape->time_step_rank, tokens, n, 1, cut_shape.nb[1], cut_shape.nb[2],
                                   0);
  b = paddock_compute_graph_view (graph, cut, state, 1, tokens, n, state * 4, cut_shape.nb[1], cut_shape.nb[2]);
  c = paddock_compute_graph_view (graph, cut, state, 1, tokens, n, state * 4, cut_shape.nb[1], cut_shape.nb[2]);
  if (has (self, layer, "ssm_dt_norm.weight"))
    dt = paddock_graph_rms_norm (self, dt, TRUE);
  else
    dt = paddock_compute_graph_pack (graph, dt);
  b = norm_if (self, layer, "ssm_b_norm.weight", b);
  c = norm_if (self, layer, "ssm_c_norm.weight", c);
  dt = weigh (self, layer, "ssm_dt.weight", dt);
  dt = paddock_compute_graph_each (graph, dt, NONE);
  by_channel = paddock_compute_graph_reshape (graph, x, 1, inner, tokens, n);

  result = scan (self, by_channel, dt, b, c);
  result = paddock_compute_graph_view (graph, result, inner, tokens, n, 1, inner * 4, inner * tokens * 4, 0);
  result = paddock_compute_graph_each (graph, result, paddock_compute_graph_each (graph, x, NONE));
  result = paddock_compute_graph_apart (graph, paddock_compute_graph_pack (graph, gate), result);
  return paddock_graph_by_token (self, weigh (self, layer, "ssm_out.weight", result));
}

/**
 * paddock_graph_mamba_by_head_block:
 *
 * A selective state space whose channels go by heads (PLaMo 2).
 */
PaddockComputeRef
paddock_graph_mamba_by_head_block (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  const PaddockModelShape *shape = self->shape;
  const PaddockShapeTensor *steps = paddock_model_shape_find (shape, (int) layer, "ssm_dt_norm");
  PaddockComputeGraph *graph = self->graph;
  gint64 inner = shape->inner, state = shape->state, tokens = self->tokens / self->sequences, n = self->sequences;
  gint64 heads = MAX ((gint64) shape->time_step_rank, 1), length = inner / heads;
  gint64 kept = MAX ((gint64) shape->conv, 1) - 1;
  PaddockComputeRef conv, both, gate, x, cut, dt, b, c, result;
  gint64 nb1, nb2;

  conv = paddock_graph_read_states (self, kept * inner);
  conv = paddock_compute_graph_reshape (graph, conv, kept, inner, n, 1);
  both = weigh (self, layer, "ssm_in.weight", paddock_graph_by_sequence (self, a));
  both = paddock_compute_graph_permute (graph, both, 0, 2, 1, 3);
  both = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, length * 2, heads, tokens, n, both, NONE, NONE);
  nb1 = graph->tensors[both].nb[1];
  nb2 = graph->tensors[both].nb[2];
  x = paddock_compute_graph_view (graph, both, length, heads, tokens, n, nb1, nb2, 0);
  x = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, inner, tokens, n, 1, x, NONE, NONE);
  gate = paddock_compute_graph_view (graph, both, length, heads, tokens, n, nb1, nb2, 0);
  x = paddock_compute_graph_each (graph, paddock_graph_convolve (self, conv, x), NONE);

  cut = weigh (self, layer, "ssm_x.weight", x);
  nb1 = graph->tensors[cut].nb[1];
  nb2 = graph->tensors[cut].nb[2];
  dt = paddock_compute_graph_view (graph, cut, steps != NULL ? steps->ne[0] : 0, tokens, n, 1, nb1, nb2, 0);
  dt = weigh (self, layer, "ssm_dt.weight", paddock_graph_rms_norm (self, dt, TRUE));
  dt = paddock_compute_graph_each (graph, dt, NONE);
  b = paddock_compute_graph_view (graph, cut, state, tokens, n, 1, nb1, nb2, 0);
  b = paddock_compute_graph_reshape (graph, paddock_graph_rms_norm (self, b, TRUE), state, 1, tokens, n);
  c = paddock_compute_graph_view (graph, cut, state, tokens, n, 1, nb1, nb2, 0);
  c = paddock_compute_graph_reshape (graph, paddock_graph_rms_norm (self, c, TRUE), state, 1, tokens, n);
  x = paddock_compute_graph_reshape (graph, x, length, heads, tokens, n);

  result = scan (self, x, dt, b, c);
  result = paddock_compute_graph_view (graph, result, length, heads, tokens, n, 0, 0, 0);
  result = paddock_compute_graph_each (graph, result, paddock_compute_graph_each (graph, x, NONE));
  result = paddock_compute_graph_apart (graph, paddock_compute_graph_pack (graph, gate), result);
  result = paddock_compute_graph_reshape (graph, result, inner, tokens, n, 1);
  return paddock_graph_by_token (self, weigh (self, layer, "ssm_out.weight", result));
}

/**
 * paddock_graph_mamba2_block:
 *
 * A state space by heads, whose inputs come out of one product.
 */
PaddockComputeRef
paddock_graph_mamba2_block (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  const PaddockModelShape *shape = self->shape;
  PaddockComputeGraph *graph = self->graph;
  gint64 tokens = self->tokens / self->sequences, n = self->sequences, groups = MAX ((gint64) shape->groups, 1);
  gint64 heads = MAX ((gint64) shape->time_step_rank, 1), length = shape->inner / heads, state = shape->state;
  gint64 channels = shape->inner + 2 * groups * state, kept = MAX ((gint64) shape->conv, 1) - 1;
  PaddockComputeRef conv, all, gate, xbc, dt, x, b, c, result;
  gint64 nb1, nb2;

  conv = paddock_graph_read_states (self, kept * channels);
  conv = paddock_compute_graph_reshape (graph, conv, kept, channels, n, 1);
  all = paddock_graph_by_sequence (self, weigh (self, layer, "ssm_in.weight", a));
  nb1 = graph->tensors[all].nb[1];
  nb2 = graph->tensors[all].nb[2];
  gate = paddock_compute_graph_view (graph, all, length, heads, tokens, n, length * 4, nb1, nb2);
  xbc = paddock_compute_graph_view (graph, all, channels, tokens, n, 1, nb1, nb2, 0);
  dt = paddock_compute_graph_view (graph, all, heads, tokens, n, 1, nb1, nb2, 0);
  xbc = paddock_graph_convolve (self, conv, xbc);
  xbc = paddock_compute_graph_each (graph, xbc, NONE);
  xbc = paddock_compute_graph_each (graph, xbc, NONE);

  nb1 = graph->tensors[xbc].nb[1];
  nb2 = graph->tensors[xbc].nb[2];
  x = paddock_compute_graph_view (graph, xbc, length, heads, tokens, n, length * 4, nb1, nb2);
  b = paddock_compute_graph_view (graph, xbc, state, groups, tokens, n, state * 4, nb1, nb2);
  c = paddock_compute_graph_view (graph, xbc, state, groups, tokens, n, state * 4, nb1, nb2);
  dt = paddock_compute_graph_each (graph, paddock_compute_graph_pack (graph, dt), NONE);

  result = scan (self, x, dt, b, c);
  result = paddock_compute_graph_view (graph, result, length, heads, tokens, n, 0, 0, 0);
  result = paddock_compute_graph_each (graph, result, paddock_compute_graph_each (graph, x, NONE));
  result = paddock_compute_graph_apart (graph, paddock_compute_graph_pack (graph, gate), result);
  if (has (self, layer, "ssm_norm.weight"))
    {
      result = paddock_compute_graph_reshape (graph, result, shape->inner / groups, groups, tokens, n);
      result = paddock_graph_rms_norm (self, result, TRUE);
    }
  result = paddock_compute_graph_reshape (graph, result, shape->inner, self->tokens, 1, 1);
  return weigh (self, layer, "ssm_out.weight", result);
}
