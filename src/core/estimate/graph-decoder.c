/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-builder.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

static gboolean
has_habit (const PaddockGraphBuilder *self, guint habit)
{
  return (self->traits->habits & habit) != 0;
}

static PaddockComputeRef
enter (PaddockGraphBuilder *self)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef input = paddock_graph_input_embedding (self);

  if (has_habit (self, PADDOCK_GRAPH_SCALED_ROWS))
    input = paddock_graph_input_scaled (self, input);
  if (has_habit (self, PADDOCK_GRAPH_SCALED_INPUT) || self->shape->embedding_scale != 0)
    input = paddock_compute_graph_each (graph, input, NONE);
  if (self->common.of[PADDOCK_WEIGHT_POSITION_EMBD] != NULL)
    {
      PaddockComputeTensor shape = graph->tensors[input];
      PaddockComputeRef places = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, shape.ne[0], shape.ne[1], 1,
                                                             1, self->positions, NONE, NONE);

      input = paddock_compute_graph_each (graph, input, places);
    }
  if (self->common.of[PADDOCK_WEIGHT_TOKEN_EMBD_NORM] != NULL)
    input = paddock_graph_norm (self, input, self->common.of[PADDOCK_WEIGHT_TOKEN_EMBD_NORM],
                                self->common.of[PADDOCK_WEIGHT_TOKEN_EMBD_NORM_BIAS]);
  return input;
}

static PaddockComputeRef
norm_by (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockWeight weight, PaddockWeight bias)
{
  return paddock_graph_norm (self, a, self->weights.of[weight], self->weights.of[bias]);
}

/* Without a norm of its own, the feed forward part reads that of attention (StableLM 2 12B). */
static gboolean
shares_norm (PaddockGraphBuilder *self)
{
  return self->shape->parallel_residual && !paddock_graph_builder_has (self, PADDOCK_WEIGHT_FFN_NORM);
}

static PaddockComputeRef
norm_if (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockWeight weight)
{
  return paddock_graph_builder_has (self, weight) ? paddock_graph_norm (self, a, self->weights.of[weight], NULL) : a;
}

static PaddockComputeRef
attend (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  PaddockComputeRef gate = NONE;
  PaddockGraphQkv qkv;

  if (self->shape->kv_lora > 0)
    return paddock_graph_attend_latent (self, layer, a);
  qkv = paddock_graph_project (self, layer, a);
  if (has_habit (self, PADDOCK_GRAPH_NO_CACHE))
    return paddock_graph_attend_batch (self, layer, qkv);
  if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_ATTN_GATE))
    gate = paddock_compute_graph_weigh (self->graph, paddock_graph_builder_width (self, PADDOCK_WEIGHT_ATTN_GATE), a);
  return paddock_graph_attend (self, layer, qkv, gate);
}

/* The first layers each add a layer of what the eyes saw. */
static PaddockComputeRef
add_deep_layer (PaddockGraphBuilder *self, PaddockComputeRef a, guint layer)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 embedding = self->shape->embedding;
  PaddockComputeRef slice;

  if (self->wide == NONE || layer >= self->shape->deepstack_layers)
    return a;
  slice = paddock_compute_graph_view (graph, self->wide, embedding, graph->tensors[a].ne[1], 1, 1,
                                      graph->tensors[self->wide].nb[1], 0, 0);
  return paddock_compute_graph_each (graph, a, slice);
}

/* @logits: those by which experts are chosen, if that is not @a */
static PaddockComputeRef
think (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef logits)
{
  if (logits != NONE)
    return paddock_graph_experts_chosen (self, a, logits);
  return paddock_graph_builder_has (self, PADDOCK_WEIGHT_FFN_GATE_INP) ? paddock_graph_experts (self, a)
                                                                       : paddock_graph_feed_forward (self, a);
}

static PaddockComputeRef
scale_residual (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  return self->shape->residual_scale != 0 ? paddock_compute_graph_each (self->graph, a, NONE) : a;
}

static PaddockComputeRef
add_up (PaddockGraphBuilder *self, PaddockComputeRef attention, PaddockComputeRef input)
{
  if (has_habit (self, PADDOCK_GRAPH_INPUT_FIRST))
    return paddock_compute_graph_each (self->graph, input, attention);
  return paddock_compute_graph_each (self->graph, attention, input);
}

/* A dense part on top of attention, and experts that read what attention read. */
static PaddockComputeRef
beside_experts (PaddockGraphBuilder *self, PaddockComputeRef sum, PaddockComputeRef residual)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef dense = norm_by (self, sum, PADDOCK_WEIGHT_FFN_NORM, PADDOCK_WEIGHT_FFN_NORM_BIAS);

  dense = paddock_compute_graph_each (graph, paddock_graph_feed_forward (self, dense), sum);
  residual = paddock_graph_norm (self, residual, self->weights.of[PADDOCK_WEIGHT_FFN_NORM_EXPS], NULL);
  return paddock_compute_graph_each (graph, paddock_graph_experts (self, residual), dense);
}

/* Attention first, then the feed forward part on top of it. Each may be normed before, behind, or on both sides. */
static PaddockComputeRef
one_by_one (PaddockGraphBuilder *self, PaddockComputeRef input, guint layer, gboolean last)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef cur = input, sum, residual = input, logits = NONE;
  gboolean bare = has_habit (self, PADDOCK_GRAPH_BARE_NORMS);
  PaddockWeight between = PADDOCK_WEIGHT_FFN_NORM, behind = PADDOCK_WEIGHT_POST_ATTENTION_NORM;

  if (!paddock_graph_builder_has (self, between) && !paddock_graph_builder_has (self, PADDOCK_WEIGHT_POST_FFW_NORM))
    {
      between = paddock_graph_builder_has (self, behind) ? behind : PADDOCK_WEIGHT_ATTN_OUTPUT_NORM;
      behind = PADDOCK_N_WEIGHTS;
    }
  if (bare || paddock_graph_builder_has (self, PADDOCK_WEIGHT_ATTN_NORM))
    cur = norm_by (self, cur, PADDOCK_WEIGHT_ATTN_NORM, PADDOCK_WEIGHT_ATTN_NORM_BIAS);
  if (self->shape->layer[layer].heads > 0)
    cur = attend (self, layer, cur);
  if (has_habit (self, PADDOCK_GRAPH_EARLY_CHOICE))
    logits = paddock_compute_graph_weigh (graph, paddock_graph_builder_width (self, PADDOCK_WEIGHT_FFN_GATE_INP), input);
  if (has_habit (self, PADDOCK_GRAPH_LATE_PICK))
    {
      cur = norm_if (self, cur, behind);
      behind = PADDOCK_N_WEIGHTS;
    }
  if (last)
    {
      cur = paddock_graph_pick_rows (self, cur);
      residual = paddock_graph_pick_rows (self, residual);
      if (logits != NONE)
        logits = paddock_graph_pick_rows (self, logits);
    }
  cur = sum = self->shape->layer[layer].heads > 0
                ? add_up (self, scale_residual (self, norm_if (self, cur, behind)), residual)
                : residual;
  if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_FFN_NORM_EXPS))
    return beside_experts (self, sum, residual);
  if (bare || paddock_graph_builder_has (self, between))
    cur = norm_by (self, cur, between, PADDOCK_WEIGHT_FFN_NORM_BIAS);
  cur = scale_residual (self, norm_if (self, think (self, cur, logits), PADDOCK_WEIGHT_POST_FFW_NORM));
  return has_habit (self, PADDOCK_GRAPH_RESIDUAL_FIRST) ? paddock_compute_graph_each (graph, sum, cur)
                                                        : paddock_compute_graph_each (graph, cur, sum);
}

/* Both halves read the same norm; a second one, where there is, is for attention. */
static PaddockComputeRef
shared_norm (PaddockGraphBuilder *self, PaddockComputeRef input, guint layer, gboolean last)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef norm = norm_by (self, input, PADDOCK_WEIGHT_ATTN_NORM, PADDOCK_WEIGHT_ATTN_NORM_BIAS), cur = norm;
  PaddockComputeRef thought;

  if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_ATTN_NORM_2))
    cur = norm_by (self, input, PADDOCK_WEIGHT_ATTN_NORM_2, PADDOCK_WEIGHT_ATTN_NORM_2_BIAS);
  cur = attend (self, layer, cur);
  if (last)
    {
      cur = paddock_graph_pick_rows (self, cur);
      input = paddock_graph_pick_rows (self, input);
      norm = paddock_graph_pick_rows (self, norm);
    }
  thought = think (self, norm, NONE);
  if (shares_norm (self))
    return paddock_compute_graph_each (graph, thought, paddock_compute_graph_each (graph, cur, input));
  if (has_habit (self, PADDOCK_GRAPH_INPUT_BETWEEN))
    return paddock_compute_graph_each (graph, paddock_compute_graph_each (graph, thought, input), cur);
  if (has_habit (self, PADDOCK_GRAPH_ATTENTION_FIRST))
    return paddock_compute_graph_each (graph, paddock_compute_graph_each (graph, cur, thought), input);
  return paddock_compute_graph_each (graph, paddock_compute_graph_each (graph, thought, cur), input);
}

/* Both halves read the input, each through its norm. */
static PaddockComputeRef
both_norms (PaddockGraphBuilder *self, PaddockComputeRef input, guint layer, gboolean last)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef cur = norm_by (self, input, PADDOCK_WEIGHT_ATTN_NORM, PADDOCK_WEIGHT_ATTN_NORM_BIAS), sum;

  cur = attend (self, layer, cur);
  if (last)
    {
      cur = paddock_graph_pick_rows (self, cur);
      input = paddock_graph_pick_rows (self, input);
    }
  sum = think (self, norm_by (self, input, PADDOCK_WEIGHT_FFN_NORM, PADDOCK_WEIGHT_FFN_NORM_BIAS), NONE);
  return paddock_compute_graph_each (graph, paddock_compute_graph_each (graph, sum, input), cur);
}

/**
 * paddock_graph_decoder:
 *
 * The graph of everything that is built like Llama: attention over a cache, a feed forward part or experts, a head.
 */
void
paddock_graph_decoder (PaddockGraphBuilder *self)
{
  PaddockComputeRef cur = enter (self);
  guint n_layers = self->shape->layers - self->shape->nextn_layers;

  if (has_habit (self, PADDOCK_GRAPH_NO_CACHE))
    paddock_graph_input_batch_mask (self);
  else
    paddock_graph_input_caches (self);
  for (guint i = 0; i < n_layers; i++)
    {
      gboolean last = i + 1 == n_layers;

      paddock_graph_builder_enter (self, i);
      if (self->traits->block == PADDOCK_GRAPH_SHARED_NORM || shares_norm (self))
        cur = shared_norm (self, cur, i, last);
      else if (self->shape->parallel_residual)
        cur = both_norms (self, cur, i, last);
      else
        cur = one_by_one (self, cur, i, last);
      cur = add_deep_layer (self, cur, i);
    }
  if (has_habit (self, PADDOCK_GRAPH_KEEPS_LAST))
    paddock_compute_graph_keep (self->graph, cur);
  paddock_graph_head (self, cur);
}
