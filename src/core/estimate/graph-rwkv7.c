/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-states.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/* What a token's input is mixed for; the gate only where there is one. */
enum
{
  RECEPTANCE,
  DECAY,
  KEY,
  VALUE,
  RATE,
  GATE,
  N_MIXES
};

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

static PaddockComputeRef
each (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef b)
{
  return paddock_compute_graph_each (self->graph, a, b);
}

static void
mix_inputs (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef before, guint n_mixes,
            PaddockComputeRef mixes[N_MIXES])
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeTensor shape = graph->tensors[a];
  PaddockComputeRef all = each (self, before, a);

  all = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, shape.ne[0], shape.ne[1], shape.ne[2], n_mixes, all,
                                    NONE, NONE);
  all = each (self, each (self, all, NONE), a);
  for (guint i = 0; i < n_mixes; i++)
    mixes[i] = paddock_compute_graph_view (graph, all, shape.ne[0], self->tokens, 1, 1, 0, 0, 0);
}

/* A product by two thin matrices, and a bias. */
static PaddockComputeRef
squeeze (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a, const char *down, const char *up,
         gboolean bent_between)
{
  a = weigh (self, layer, down, a);
  if (bent_between)
    a = each (self, a, NONE);
  return weigh (self, layer, up, a);
}

/* Later layers take a share of the first one's values. */
static PaddockComputeRef
blend_values (PaddockGraphBuilder *self, guint layer, PaddockComputeRef v, PaddockComputeRef mix,
              PaddockComputeRef *first_values)
{
  PaddockComputeRef share, difference;

  if (*first_values == NONE)
    {
      *first_values = v;
      return v;
    }
  difference = each (self, *first_values, v);
  share = squeeze (self, layer, mix, "time_mix_v1.weight", "time_mix_v2.weight", FALSE);
  share = each (self, each (self, share, NONE), NONE);
  return each (self, v, each (self, difference, share));
}

/* The operation that reads and writes the state of each head. */
static PaddockComputeRef
run (PaddockGraphBuilder *self, const PaddockComputeRef sources[6], gint64 length)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 embedding = self->shape->embedding;
  PaddockComputeRef state = paddock_graph_read_states (self, length * embedding), result, end;

  result = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, embedding,
                                       self->tokens + length * self->sequences, 1, 1, NONE, NONE, NONE);
  for (guint i = 0; i < 6; i++)
    paddock_compute_graph_read (graph, result, sources[i]);
  paddock_compute_graph_read (graph, result, state);
  end = paddock_compute_graph_view (graph, result, embedding * length * self->sequences, 1, 1, 1, 0, 0, 0);
  paddock_graph_write_states (self, end);
  return paddock_compute_graph_view (graph, result, embedding * self->tokens, 1, 1, 1, 0, 0, 0);
}

/**
 * paddock_graph_rwkv7_time_mix:
 * @before: the token before each one
 * @first_values: (inout): the values of the first layer, or outside as long as there are none
 *
 * Linear attention that can also take back what it wrote.
 */
PaddockComputeRef
paddock_graph_rwkv7_time_mix (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a, PaddockComputeRef before,
                              PaddockComputeRef *first_values)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 embedding = self->shape->embedding, length = MAX ((gint64) self->shape->wkv_head_size, 1);
  gint64 heads = embedding / length, tokens = self->tokens;
  gboolean gated = has (self, layer, "time_mix_g1.weight");
  PaddockComputeRef mixes[N_MIXES] = { 0 }, r, w, k, v, rate, removed, share, result, sources[6];

  mix_inputs (self, a, before, gated ? N_MIXES : GATE, mixes);
  r = weigh (self, layer, "time_mix_receptance.weight", mixes[RECEPTANCE]);
  w = squeeze (self, layer, mixes[DECAY], "time_mix_w1.weight", "time_mix_w2.weight", TRUE);
  for (guint i = 0; i < 4; i++)
    w = each (self, w, NONE);
  k = weigh (self, layer, "time_mix_key.weight", mixes[KEY]);
  v = weigh (self, layer, "time_mix_value.weight", mixes[VALUE]);
  v = blend_values (self, layer, v, mixes[VALUE], first_values);
  rate = squeeze (self, layer, mixes[RATE], "time_mix_a1.weight", "time_mix_a2.weight", FALSE);
  rate = each (self, each (self, rate, NONE), NONE);
  removed = paddock_compute_graph_reshape (graph, each (self, k, NONE), length, heads, tokens, 1);
  removed = paddock_compute_graph_apart (graph, removed, NONE);
  share = each (self, k, NONE);
  k = each (self, k, each (self, each (self, rate, share), share));

  r = paddock_compute_graph_reshape (graph, r, length, heads, tokens, 1);
  w = paddock_compute_graph_reshape (graph, w, length, heads, tokens, 1);
  k = paddock_compute_graph_reshape (graph, k, length, heads, tokens, 1);
  v = paddock_compute_graph_reshape (graph, v, length, heads, tokens, 1);
  rate = paddock_compute_graph_reshape (graph, rate, length, heads, tokens, 1);
  sources[0] = r;
  sources[1] = w;
  sources[2] = k;
  sources[3] = v;
  sources[4] = each (self, removed, NONE);
  sources[5] = each (self, removed, rate);
  result = run (self, sources, length);

  if (has (self, layer, "time_mix_ln.weight"))
    {
      result = paddock_compute_graph_reshape (graph, result, length, heads, tokens, 1);
      result = paddock_compute_graph_apart (graph, result, NONE);
      result = paddock_compute_graph_reshape (graph, result, embedding, tokens, 1, 1);
      result = each (self, each (self, result, NONE), NONE);
    }
  else
    result = paddock_compute_graph_reshape (graph, result, embedding, tokens, 1, 1);
  share = each (self, each (self, k, r), NONE);
  share = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, 1, heads, tokens, 1, share, NONE, NONE);
  share = paddock_compute_graph_reshape (graph, each (self, v, share), embedding, tokens, 1, 1);
  result = each (self, result, share);
  if (gated)
    result = each (self, result, squeeze (self, layer, mixes[GATE], "time_mix_g1.weight", "time_mix_g2.weight", TRUE));
  return paddock_graph_by_sequence (self, weigh (self, layer, "time_mix_output.weight", result));
}
