/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-states.h"

#include <string.h>

#define NONE PADDOCK_COMPUTE_OUTSIDE

static gboolean
is (const PaddockGraphBuilder *self, const char *architecture)
{
  return strcmp (self->traits->id, architecture) == 0;
}

static gboolean
residual_first (const PaddockGraphBuilder *self)
{
  return (self->traits->habits & PADDOCK_GRAPH_RESIDUAL_FIRST) != 0;
}

static PaddockComputeRef
norm_if (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockWeight weight)
{
  return paddock_graph_builder_has (self, weight) ? paddock_graph_norm (self, a, self->weights.of[weight], NULL) : a;
}

static PaddockComputeRef
attend (PaddockGraphBuilder *self, PaddockComputeRef a, guint layer)
{
  return paddock_graph_attend (self, layer, paddock_graph_project (self, layer, a), NONE);
}

static gboolean
has (const PaddockGraphBuilder *self, guint layer, const char *name)
{
  return paddock_model_shape_find (self->shape, (int) layer, name) != NULL;
}

/* Then the product for queries is twice as wide. */
static gboolean
gates_attention (const PaddockGraphBuilder *self, guint layer)
{
  const PaddockShapeLayer *sizes = &self->shape->layer[layer];

  return paddock_graph_builder_width (self, PADDOCK_WEIGHT_ATTN_Q) == (gint64) sizes->heads * sizes->key_length * 2;
}

/* What mixes the tokens of a layer: attention where there are heads for keys, else what its weights tell. */
static PaddockComputeRef
mix (PaddockGraphBuilder *self, PaddockComputeRef a, guint layer)
{
  if (!self->shape->layer[layer].recurrent && self->shape->kv_lora > 0)
    return paddock_graph_attend_latent (self, layer, a);
  if (!self->shape->layer[layer].recurrent)
    return gates_attention (self, layer) ? paddock_graph_attend_gated (self, layer, a) : attend (self, a, layer);
  if (has (self, layer, "ssm_f_a.weight"))
    return paddock_graph_kda_block (self, layer, a);
  if (has (self, layer, "ssm_ba.weight") || has (self, layer, "ssm_beta.weight"))
    return paddock_graph_delta_net_block (self, layer, a);
  if (has (self, layer, "shortconv.conv.weight"))
    return paddock_graph_short_conv_block (self, layer, a);
  if (has (self, layer, "ssm_dt_norm"))
    return paddock_graph_mamba_by_head_block (self, layer, a);
  if (has (self, layer, "ssm_x.weight"))
    return paddock_graph_mamba_block (self, layer, a);
  return paddock_graph_mamba2_block (self, layer, a);
}

static PaddockComputeRef
think (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  return paddock_graph_builder_has (self, PADDOCK_WEIGHT_FFN_GATE_INP) ? paddock_graph_experts (self, a)
                                                                       : paddock_graph_feed_forward (self, a);
}

static PaddockComputeRef
add_to (PaddockGraphBuilder *self, PaddockComputeRef residual, PaddockComputeRef a)
{
  if (self->shape->residual_scale != 0)
    a = paddock_compute_graph_each (self->graph, a, NONE);
  return residual_first (self) ? paddock_compute_graph_each (self->graph, residual, a)
                               : paddock_compute_graph_each (self->graph, a, residual);
}

/* Falcon H1 asks attention and a state space side by side. */
static PaddockComputeRef
both_at_once (PaddockGraphBuilder *self, PaddockComputeRef input, guint layer, gboolean last)
{
  PaddockComputeGraph *graph = self->graph;
  const PaddockShapeTensor *norm = self->weights.of[PADDOCK_WEIGHT_ATTN_NORM];
  PaddockComputeRef attention, state, cur, sum;

  attention = attend (self, paddock_graph_norm (self, input, norm, NULL), layer);
  state = paddock_graph_mamba2_block (self, layer, paddock_graph_norm (self, input, norm, NULL));
  cur = paddock_compute_graph_each (graph, attention, state);
  sum = paddock_compute_graph_each (graph, cur, input);
  if (last)
    sum = paddock_graph_pick_rows (self, sum);
  cur = think (self, paddock_graph_rms_norm (self, sum, TRUE));
  return paddock_compute_graph_each (graph, cur, sum);
}

/* Nemotron H's layers do one thing each. */
static PaddockComputeRef
one_of_three (PaddockGraphBuilder *self, PaddockComputeRef input, guint layer, gboolean last)
{
  const PaddockShapeLayer *sizes = &self->shape->layer[layer];
  PaddockComputeRef cur = norm_if (self, input, PADDOCK_WEIGHT_ATTN_NORM);

  if (sizes->recurrent)
    cur = paddock_graph_mamba2_block (self, layer, cur);
  else if (sizes->feed_forward == 0)
    cur = attend (self, cur, layer);
  else
    cur = think (self, cur);
  if (last)
    {
      cur = paddock_graph_pick_rows (self, cur);
      input = paddock_graph_pick_rows (self, input);
    }
  return paddock_compute_graph_each (self->graph, cur, input);
}

/* PLaMo 2 norms what goes into each half and what comes out of it. */
static PaddockComputeRef
norms_around (PaddockGraphBuilder *self, PaddockComputeRef input, guint layer, gboolean last)
{
  PaddockComputeRef cur = mix (self, norm_if (self, input, PADDOCK_WEIGHT_ATTN_NORM), layer), sum;

  if (last)
    {
      cur = paddock_graph_pick_rows (self, cur);
      input = paddock_graph_pick_rows (self, input);
    }
  sum = add_to (self, input, norm_if (self, cur, PADDOCK_WEIGHT_POST_ATTENTION_NORM));
  cur = think (self, norm_if (self, sum, PADDOCK_WEIGHT_FFN_NORM));
  return add_to (self, sum, norm_if (self, cur, PADDOCK_WEIGHT_POST_FFW_NORM));
}

static PaddockComputeRef
one_by_one (PaddockGraphBuilder *self, PaddockComputeRef input, guint layer, gboolean last)
{
  PaddockComputeRef cur = mix (self, norm_if (self, input, PADDOCK_WEIGHT_ATTN_NORM), layer), sum;
  PaddockWeight norm;

  if (last)
    {
      cur = paddock_graph_pick_rows (self, cur);
      input = paddock_graph_pick_rows (self, input);
    }
  sum = add_to (self, input, cur);
  norm = paddock_graph_builder_has (self, PADDOCK_WEIGHT_FFN_NORM) ? PADDOCK_WEIGHT_FFN_NORM
                                                                   : PADDOCK_WEIGHT_POST_ATTENTION_NORM;
  cur = think (self, norm_if (self, sum, norm));
  return add_to (self, sum, cur);
}

/**
 * paddock_graph_hybrid:
 *
 * Some layers with attention over a cache, others with a state.
 */
void
paddock_graph_hybrid (PaddockGraphBuilder *self)
{
  PaddockComputeRef cur = paddock_graph_input_embedding (self);
  guint n_layers = self->shape->layers - self->shape->nextn_layers;

  if (self->shape->embedding_scale != 0)
    cur = paddock_compute_graph_each (self->graph, cur, NONE);
  paddock_graph_input_caches (self);
  paddock_graph_input_states (self);
  for (guint i = 0; i < n_layers; i++)
    {
      gboolean last = i + 1 == n_layers;

      paddock_graph_builder_enter (self, i);
      if (is (self, "falcon-h1"))
        cur = both_at_once (self, cur, i, last);
      else if (is (self, "nemotron_h") || is (self, "nemotron_h_moe"))
        cur = one_of_three (self, cur, i, last);
      else if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_POST_FFW_NORM))
        cur = norms_around (self, cur, i, last);
      else
        cur = one_by_one (self, cur, i, last);
    }
  /* LFM2 calls its last norm by the name of one after the embedding. */
  if (self->common.of[PADDOCK_WEIGHT_OUTPUT_NORM] == NULL)
    self->common.of[PADDOCK_WEIGHT_OUTPUT_NORM] = self->common.of[PADDOCK_WEIGHT_TOKEN_EMBD_NORM];
  paddock_graph_head (self, cur);
}
