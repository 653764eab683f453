/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-states.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/* The five things that a token's input is mixed for: decay, keys, values, receptance and gate. */
#define MIXES 5

static const PaddockShapeTensor *
find (const PaddockGraphBuilder *self, guint layer, const char *name)
{
  return paddock_model_shape_find (self->shape, (int) layer, name);
}

static PaddockComputeRef
weigh (PaddockGraphBuilder *self, guint layer, const char *name, PaddockComputeRef a)
{
  const PaddockShapeTensor *weight = find (self, layer, name);

  return paddock_compute_graph_weigh (self->graph, weight != NULL ? weight->ne[1] : 0, a);
}

static PaddockComputeRef
bias_if (PaddockGraphBuilder *self, guint layer, const char *name, PaddockComputeRef a)
{
  return find (self, layer, name) != NULL ? paddock_compute_graph_each (self->graph, a, NONE) : a;
}

/* A token, the difference to the one before it, and a mixture of both. */
static PaddockComputeRef
mix_in (PaddockGraphBuilder *self, PaddockComputeRef difference, PaddockComputeRef a)
{
  return paddock_compute_graph_each (self->graph, paddock_compute_graph_each (self->graph, difference, NONE), a);
}

static void
mix_inputs (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a, PaddockComputeRef before,
            PaddockComputeRef mixes[MIXES])
{
  PaddockComputeGraph *graph = self->graph;
  const PaddockShapeTensor *first = find (self, layer, "time_mix_w1.weight");
  gint64 embedding = graph->tensors[a].ne[0], rank = first != NULL ? first->ne[1] / MIXES : 0;
  PaddockComputeRef difference, all;

  difference = paddock_graph_by_token (self, paddock_compute_graph_each (graph, before, a));
  a = paddock_graph_by_token (self, a);
  all = weigh (self, layer, "time_mix_w1.weight", mix_in (self, difference, a));
  all = paddock_compute_graph_each (graph, all, NONE);
  all = paddock_compute_graph_reshape (graph, all, rank, 1, MIXES, self->tokens);
  all = paddock_compute_graph_pack (graph, paddock_compute_graph_permute (graph, all, 0, 1, 3, 2));
  all = paddock_compute_graph_weigh (graph, embedding, all);
  if (find (self, layer, "time_mix_lerp_fused.weight") != NULL)
    {
      all = paddock_compute_graph_each (graph, all, NONE);
      difference = paddock_compute_graph_reshape (graph, difference, embedding, 1, self->tokens, 1);
      a = paddock_compute_graph_reshape (graph, a, embedding, 1, self->tokens, 1);
      all = paddock_compute_graph_each (graph, paddock_compute_graph_each (graph, all, difference), a);
      for (guint i = 0; i < MIXES; i++)
        mixes[i] = paddock_compute_graph_view (graph, all, embedding, self->tokens, 1, 1, 0, 0, 0);
      return;
    }
  for (guint i = 0; i < MIXES; i++)
    {
      mixes[i] = paddock_compute_graph_view (graph, all, embedding, self->tokens, 1, 1, 0, 0, 0);
      mixes[i] = paddock_compute_graph_each (graph, mixes[i], NONE);
      mixes[i] = paddock_compute_graph_each (graph, paddock_compute_graph_each (graph, mixes[i], difference), a);
    }
}

/* Keys and values may have fewer heads than there are queries. */
static PaddockComputeRef
by_head (PaddockGraphBuilder *self, PaddockComputeRef a, gint64 length, gint64 heads)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 own = graph->tensors[a].ne[0] / length;

  if (own != heads && own > 0)
    {
      a = paddock_compute_graph_reshape (graph, a, length, 1, own, self->tokens);
      a = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, length, heads / own, own, self->tokens, a, NONE,
                                      NONE);
    }
  return paddock_compute_graph_reshape (graph, a, length, heads, self->tokens, 1);
}

static PaddockComputeRef
decay (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a, gint64 length, gint64 heads)
{
  PaddockComputeGraph *graph = self->graph;

  a = paddock_compute_graph_each (graph, weigh (self, layer, "time_mix_decay_w1.weight", a), NONE);
  a = weigh (self, layer, "time_mix_decay_w2.weight", a);
  for (guint i = 0; i < 4; i++)
    a = paddock_compute_graph_each (graph, a, NONE);
  return paddock_compute_graph_reshape (graph, a, length, heads, self->tokens, 1);
}

/* What heads say, followed in the same tensor by the states they end in. */
static PaddockComputeRef
run (PaddockGraphBuilder *self, PaddockComputeRef k, PaddockComputeRef v, PaddockComputeRef r, PaddockComputeRef w,
     gint64 length, gint64 heads)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 embedding = length * heads;
  PaddockComputeRef state = paddock_graph_read_states (self, length * embedding), result, end;

  result = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, embedding, self->tokens + length * self->sequences,
                                       1, 1, k, v, r);
  paddock_compute_graph_read (graph, result, w);
  paddock_compute_graph_read (graph, result, state);
  end = paddock_compute_graph_view (graph, result, embedding * length * self->sequences, 1, 1, 1, 0, 0, 0);
  paddock_graph_write_states (self, end);
  return paddock_compute_graph_view (graph, result, embedding * self->tokens, 1, 1, 1, 0, 0, 0);
}

/**
 * paddock_graph_rwkv6_time_mix:
 * @before: the token before each one
 *
 * Linear attention with a decay of its own for each channel and token.
 */
PaddockComputeRef
paddock_graph_rwkv6_time_mix (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a, PaddockComputeRef before)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 embedding = self->shape->embedding, length = MAX ((gint64) self->shape->wkv_head_size, 1);
  gint64 heads = embedding / length;
  gboolean first = find (self, layer, "time_mix_first.weight") != NULL;
  PaddockComputeRef mixes[MIXES], r, k, v, g, w, result;

  mix_inputs (self, layer, a, before, mixes);
  r = bias_if (self, layer, "time_mix_receptance.bias", weigh (self, layer, "time_mix_receptance.weight", mixes[3]));
  k = bias_if (self, layer, "time_mix_key.bias", weigh (self, layer, "time_mix_key.weight", mixes[1]));
  v = bias_if (self, layer, "time_mix_value.bias", weigh (self, layer, "time_mix_value.weight", mixes[2]));
  g = paddock_compute_graph_each (graph, weigh (self, layer, "time_mix_gate.weight", mixes[4]), NONE);
  k = by_head (self, k, length, heads);
  v = by_head (self, v, length, heads);
  r = by_head (self, r, length, heads);
  w = decay (self, layer, mixes[0], length, heads);
  if (!first)
    k = paddock_compute_graph_each (graph, k, paddock_compute_graph_each (graph, k, w));

  result = run (self, k, v, r, w, length, heads);
  if (first)
    {
      result = paddock_compute_graph_reshape (graph, result, length, heads, self->tokens, 1);
      result = paddock_compute_graph_apart (graph, result, NONE);
      result = paddock_compute_graph_reshape (graph, result, embedding, self->tokens, 1, 1);
      result = mix_in (self, result, NONE);
    }
  else
    result = paddock_compute_graph_reshape (graph, result, embedding, self->tokens, 1, 1);
  result = paddock_compute_graph_each (graph, result, g);
  return paddock_graph_by_sequence (self, weigh (self, layer, "time_mix_output.weight", result));
}

/**
 * paddock_graph_rwkv_channel_mix:
 *
 * What is a feed forward part elsewhere, with the token before mixed in.
 */
PaddockComputeRef
paddock_graph_rwkv_channel_mix (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a, PaddockComputeRef before)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef difference = paddock_compute_graph_each (graph, before, a), r = NONE, k;

  if (find (self, layer, "channel_mix_receptance.weight") != NULL)
    {
      r = weigh (self, layer, "channel_mix_receptance.weight", mix_in (self, difference, a));
      r = paddock_compute_graph_each (graph, r, NONE);
    }
  k = weigh (self, layer, "channel_mix_key.weight", mix_in (self, difference, a));
  k = paddock_compute_graph_each (graph, paddock_compute_graph_each (graph, k, NONE), NONE);
  k = weigh (self, layer, "channel_mix_value.weight", k);
  return r != NONE ? paddock_compute_graph_each (graph, r, k) : k;
}
