/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-states.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

typedef struct
{
  gint64 length;                     /* of a head, for keys and values alike */
  gint64 key_heads, value_heads, share; /* so many value heads for each key head */
  gint64 channels;                   /* queries, keys and values side by side */
  gint64 tokens, n;
} Sizes;

static Sizes
measure (const PaddockGraphBuilder *self)
{
  const PaddockModelShape *shape = self->shape;
  Sizes sizes = { 0 };

  sizes.length = shape->state;
  sizes.key_heads = MAX ((gint64) shape->groups, 1);
  sizes.value_heads = shape->time_step_rank;
  sizes.share = sizes.value_heads / sizes.key_heads;
  sizes.channels = sizes.length * (2 * sizes.key_heads + sizes.value_heads);
  sizes.tokens = self->tokens / self->sequences;
  sizes.n = self->sequences;
  return sizes;
}

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

/* Some elements of each key head's part of a product, packed. */
static PaddockComputeRef
cut_out (PaddockGraphBuilder *self, const Sizes *sizes, PaddockComputeRef a, gint64 length)
{
  PaddockComputeTensor shape = self->graph->tensors[a];
  PaddockComputeRef cut = paddock_compute_graph_view (self->graph, a, length, sizes->key_heads, sizes->tokens,
                                                      sizes->n, shape.nb[1], shape.nb[2], shape.nb[3]);

  return paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, length * sizes->key_heads, sizes->tokens,
                                     sizes->n, 1, cut, NONE, NONE);
}

static PaddockComputeRef
join (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef b)
{
  PaddockComputeTensor first = self->graph->tensors[a], second = self->graph->tensors[b];

  return paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, first.ne[0] + second.ne[0], first.ne[1],
                                     first.ne[2], 1, a, b, NONE);
}

/* Older files have one product, by key heads, out of which queries, keys, values and the gate have to be gathered. */
static PaddockComputeRef
gather_mixed (PaddockGraphBuilder *self, const Sizes *sizes, guint layer, PaddockComputeRef a, PaddockComputeRef *all)
{
  gint64 values = sizes->length * sizes->share;
  PaddockComputeRef q, k, v;

  *all = paddock_compute_graph_reshape (self->graph, weigh (self, layer, "ssm_in.weight", a),
                                        2 * (sizes->length + values), sizes->key_heads, sizes->tokens, sizes->n);
  q = cut_out (self, sizes, *all, sizes->length);
  k = cut_out (self, sizes, *all, sizes->length);
  v = cut_out (self, sizes, *all, values);
  return join (self, join (self, q, k), v);
}

static PaddockComputeRef
heads_of (PaddockGraphBuilder *self, const Sizes *sizes, PaddockComputeRef a, gint64 heads)
{
  return paddock_compute_graph_view (self->graph, a, sizes->length, heads, sizes->tokens, sizes->n, sizes->length * 4,
                                     self->graph->tensors[a].nb[1], self->graph->tensors[a].nb[2]);
}

/* Normed, and repeated for each value head where the operation wants that. */
static PaddockComputeRef
prepare (PaddockGraphBuilder *self, const Sizes *sizes, PaddockComputeRef a, gboolean repeat)
{
  PaddockComputeGraph *graph = self->graph;

  a = heads_of (self, sizes, a, sizes->key_heads);
  a = paddock_compute_graph_each (graph, paddock_compute_graph_each (graph, a, NONE), NONE);
  if (!repeat || sizes->share <= 1)
    return a;
  a = paddock_compute_graph_reshape (graph, a, sizes->length, 1, sizes->key_heads, self->tokens);
  a = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, sizes->length, sizes->share, sizes->key_heads,
                                  self->tokens, a, NONE, NONE);
  return paddock_compute_graph_reshape (graph, a, sizes->length, sizes->value_heads, sizes->tokens, sizes->n);
}

static PaddockComputeRef
decay (PaddockGraphBuilder *self, const Sizes *sizes, PaddockComputeRef a)
{
  for (guint i = 0; i < 3; i++)
    a = paddock_compute_graph_each (self->graph, a, NONE);
  return paddock_compute_graph_reshape (self->graph, a, 1, sizes->value_heads, sizes->tokens, sizes->n);
}

/* How much of the state is kept and how much is written, out of one product or of two. */
static void
make_gates (PaddockGraphBuilder *self, const Sizes *sizes, guint layer, PaddockComputeRef a, PaddockComputeRef *keep,
            PaddockComputeRef *write)
{
  PaddockComputeGraph *graph = self->graph;

  if (find (self, layer, "ssm_ba.weight") != NULL)
    {
      PaddockComputeRef both = paddock_compute_graph_reshape (graph, weigh (self, layer, "ssm_ba.weight", a),
                                                              2 * sizes->share, sizes->key_heads, sizes->tokens,
                                                              sizes->n);
      PaddockComputeTensor shape = graph->tensors[both];

      *keep = paddock_compute_graph_view (graph, both, sizes->share, sizes->key_heads, sizes->tokens, sizes->n,
                                          shape.nb[1], shape.nb[2], shape.nb[3]);
      *keep = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, sizes->value_heads, sizes->tokens, sizes->n,
                                          1, *keep, NONE, NONE);
      *write = paddock_compute_graph_view (graph, both, sizes->share, sizes->key_heads, sizes->tokens, sizes->n,
                                           shape.nb[1], shape.nb[2], shape.nb[3]);
      *write = paddock_compute_graph_each (graph, *write, NONE);
      *write = paddock_compute_graph_reshape (graph, *write, 1, sizes->value_heads, sizes->tokens, sizes->n);
    }
  else
    {
      *write = weigh (self, layer, "ssm_beta.weight", a);
      *write = paddock_compute_graph_reshape (graph, *write, 1, sizes->value_heads, sizes->tokens, sizes->n);
      *write = paddock_compute_graph_each (graph, *write, NONE);
      *keep = weigh (self, layer, "ssm_alpha.weight", a);
      *keep = paddock_compute_graph_reshape (graph, *keep, sizes->value_heads, sizes->tokens, sizes->n, 1);
    }
  *keep = decay (self, sizes, *keep);
}

/**
 * paddock_graph_delta_net_block:
 *
 * Linear attention whose state is corrected by each token instead of added to.
 */
PaddockComputeRef
paddock_graph_delta_net_block (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  PaddockComputeGraph *graph = self->graph;
  Sizes sizes = measure (self);
  gint64 kept = MAX ((gint64) self->shape->conv, 1) - 1, inner = sizes.length * sizes.value_heads;
  gint64 state_size = sizes.length * inner;
  PaddockComputeRef conv, mixed, gate, state, q, k, v, keep, write, result, end;
  gboolean separate = find (self, layer, "attn_qkv.weight") != NULL;
  gboolean repeat = find (self, layer, "ssm_ba.weight") != NULL;

  paddock_compute_graph_expand (graph, a);
  conv = paddock_graph_read_states (self, kept * sizes.channels);
  conv = paddock_compute_graph_reshape (graph, conv, kept, sizes.channels, sizes.n, 1);
  if (separate)
    {
      mixed = paddock_graph_by_sequence (self, weigh (self, layer, "attn_qkv.weight", a));
      gate = weigh (self, layer, "attn_gate.weight", a);
    }
  else
    mixed = gather_mixed (self, &sizes, layer, a, &gate);
  mixed = paddock_graph_convolve (self, conv, mixed);
  state = paddock_graph_read_states (self, state_size);
  mixed = paddock_compute_graph_each (graph, mixed, NONE);

  q = prepare (self, &sizes, mixed, repeat);
  k = prepare (self, &sizes, mixed, repeat);
  v = heads_of (self, &sizes, mixed, sizes.value_heads);
  make_gates (self, &sizes, layer, a, &keep, &write);
  state = paddock_compute_graph_reshape (graph, state, sizes.length, sizes.length, sizes.value_heads, sizes.n);
  result = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, inner, self->tokens + sizes.length * sizes.n, 1,
                                       1, q, k, v);
  paddock_compute_graph_read (graph, result, keep);
  paddock_compute_graph_read (graph, result, write);
  paddock_compute_graph_read (graph, result, state);
  end = paddock_compute_graph_view (graph, result, sizes.length, sizes.length, sizes.value_heads, sizes.n, 0, 0, 0);
  paddock_graph_write_states (self, end);

  result = paddock_compute_graph_view (graph, result, sizes.length, sizes.value_heads, sizes.tokens, sizes.n, 0, 0, 0);
  result = paddock_graph_rms_norm (self, result, TRUE);
  if (!separate)
    {
      PaddockComputeTensor shape = graph->tensors[gate];
      gint64 values = sizes.length * sizes.share;

      gate = paddock_compute_graph_view (graph, gate, values, sizes.key_heads, sizes.tokens, sizes.n, shape.nb[1],
                                         shape.nb[2], shape.nb[3]);
      gate = paddock_compute_graph_pack (graph, gate);
    }
  gate = paddock_compute_graph_reshape (graph, gate, sizes.length, sizes.value_heads, sizes.tokens, sizes.n);
  result = paddock_compute_graph_each (graph, result, paddock_compute_graph_each (graph, gate, NONE));
  result = paddock_compute_graph_reshape (graph, result, inner, sizes.tokens, sizes.n, 1);
  return paddock_graph_by_token (self, weigh (self, layer, "ssm_out.weight", result));
}
