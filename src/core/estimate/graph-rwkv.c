/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-states.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/* The last token of each sequence: the next batch goes on from it. */
static PaddockComputeRef
last_of (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  PaddockComputeTensor shape = self->graph->tensors[a];

  return paddock_compute_graph_view (self->graph, a, shape.ne[0], 1, shape.ne[2], 1, shape.nb[1], shape.nb[2], 0);
}

/* Each token's predecessor: the one that was kept, then all but the last. */
static PaddockComputeRef
shift (PaddockGraphBuilder *self, PaddockComputeRef kept, PaddockComputeRef a)
{
  PaddockComputeTensor shape = self->graph->tensors[a];

  a = paddock_compute_graph_view (self->graph, a, shape.ne[0], shape.ne[1] - 1, shape.ne[2], 1, shape.nb[1],
                                  shape.nb[2], 0);
  return paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, shape.ne[0], shape.ne[1], shape.ne[2], 1,
                                     kept, a, NONE);
}

static PaddockComputeRef
norm (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockWeight weight, PaddockWeight bias)
{
  return paddock_graph_norm (self, a, self->weights.of[weight], self->weights.of[bias]);
}

static PaddockComputeRef
keep (PaddockGraphBuilder *self, PaddockComputeRef tokens)
{
  PaddockComputeTensor shape = self->graph->tensors[tokens];
  gint64 n = shape.ne[0] * shape.ne[1] * shape.ne[2];

  paddock_graph_write_states (self, paddock_compute_graph_view (self->graph, tokens, n, 1, 1, 1, 0, 0, 0));
  return tokens;
}

static PaddockComputeRef
mix_tokens (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a, PaddockComputeRef before,
            PaddockComputeRef *first_values)
{
  if (paddock_model_shape_find (self->shape, (int) layer, "time_mix_w0.weight") != NULL)
    return paddock_graph_rwkv7_time_mix (self, layer, a, before, first_values);
  return paddock_graph_rwkv6_time_mix (self, layer, a, before);
}

/* Two tokens are kept, one for each half of the layer. */
static PaddockComputeRef
both_mixed (PaddockGraphBuilder *self, PaddockComputeRef input, guint layer, gboolean last, PaddockComputeRef *first_values)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 embedding = self->shape->embedding;
  PaddockComputeRef kept, attention, forward, cur, sum, before, tail;

  input = paddock_graph_by_sequence (self, input);
  kept = paddock_graph_read_states (self, embedding * 2);
  kept = paddock_compute_graph_reshape (graph, kept, embedding, 2, self->sequences, 1);
  attention = norm (self, input, PADDOCK_WEIGHT_ATTN_NORM, PADDOCK_WEIGHT_ATTN_NORM_BIAS);
  cur = shift (self, last_of (self, kept), attention);
  cur = mix_tokens (self, layer, attention, cur, first_values);
  sum = paddock_compute_graph_each (graph, cur, input);
  forward = norm (self, sum, PADDOCK_WEIGHT_ATTN_NORM_2, PADDOCK_WEIGHT_ATTN_NORM_2_BIAS);
  before = shift (self, last_of (self, kept), forward);
  tail = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, embedding, 2, self->sequences, 1,
                                     last_of (self, attention), last_of (self, forward), NONE);
  keep (self, tail);

  sum = paddock_graph_by_token (self, sum);
  forward = paddock_graph_by_token (self, forward);
  before = paddock_graph_by_token (self, before);
  if (last)
    {
      sum = paddock_graph_pick_rows (self, sum);
      forward = paddock_graph_pick_rows (self, forward);
      before = paddock_graph_pick_rows (self, before);
    }
  cur = paddock_graph_rwkv_channel_mix (self, layer, forward, before);
  cur = paddock_compute_graph_each (graph, cur, sum);
  if (self->shape->rescale_every > 0 && (layer + 1) % self->shape->rescale_every == 0)
    cur = paddock_compute_graph_each (graph, cur, NONE);
  return cur;
}

/* In place of attention in a model that was trained with it: the feed forward part stays. */
static PaddockComputeRef
first_mixed (PaddockGraphBuilder *self, PaddockComputeRef input, guint layer, gboolean last, PaddockComputeRef *first_values)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 embedding = self->shape->embedding;
  PaddockComputeRef kept, attention, cur, sum;

  input = paddock_graph_by_sequence (self, input);
  kept = paddock_graph_read_states (self, embedding);
  kept = paddock_compute_graph_reshape (graph, kept, embedding, 1, self->sequences, 1);
  attention = norm (self, input, PADDOCK_WEIGHT_ATTN_NORM, PADDOCK_WEIGHT_ATTN_NORM_BIAS);
  cur = shift (self, kept, attention);
  cur = mix_tokens (self, layer, attention, cur, first_values);
  keep (self, last_of (self, attention));
  sum = paddock_graph_by_token (self, paddock_compute_graph_each (graph, cur, input));
  if (last)
    sum = paddock_graph_pick_rows (self, sum);
  cur = norm (self, sum, PADDOCK_WEIGHT_FFN_NORM, PADDOCK_WEIGHT_FFN_NORM_BIAS);
  return paddock_compute_graph_each (graph, paddock_graph_feed_forward (self, cur), sum);
}

/**
 * paddock_graph_rwkv:
 *
 * Layers that look at the token before, and at a state.
 */
void
paddock_graph_rwkv (PaddockGraphBuilder *self)
{
  PaddockComputeRef cur = paddock_graph_input_embedding (self), first_values = NONE;

  if (self->common.of[PADDOCK_WEIGHT_TOKEN_EMBD_NORM] != NULL)
    cur = paddock_graph_norm (self, cur, self->common.of[PADDOCK_WEIGHT_TOKEN_EMBD_NORM],
                              self->common.of[PADDOCK_WEIGHT_TOKEN_EMBD_NORM_BIAS]);
  paddock_graph_input_states (self);
  for (guint i = 0; i < self->shape->layers; i++)
    {
      gboolean last = i + 1 == self->shape->layers;

      paddock_graph_builder_enter (self, i);
      cur = paddock_graph_builder_has (self, PADDOCK_WEIGHT_ATTN_NORM_2) ? both_mixed (self, cur, i, last, &first_values)
                                                                         : first_mixed (self, cur, i, last, &first_values);
    }
  paddock_graph_head (self, cur);
}
