/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-builder.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/* The matrices of experts, one behind the other in each tensor. */
typedef struct
{
  PaddockWeight gate_up, gate, gate_bias, up, up_bias, down, down_bias;
} Matrices;

static const Matrices usual = { PADDOCK_WEIGHT_FFN_GATE_UP_EXPS, PADDOCK_WEIGHT_FFN_GATE_EXPS,
                                PADDOCK_WEIGHT_FFN_GATE_EXPS_BIAS, PADDOCK_WEIGHT_FFN_UP_EXPS,
                                PADDOCK_WEIGHT_FFN_UP_EXPS_BIAS, PADDOCK_WEIGHT_FFN_DOWN_EXPS,
                                PADDOCK_WEIGHT_FFN_DOWN_EXPS_BIAS };

/* Of the small experts that several others share, and that read what those say (GroveMoE). */
static const Matrices chunks = { PADDOCK_N_WEIGHTS, PADDOCK_WEIGHT_FFN_GATE_CHEXPS, PADDOCK_N_WEIGHTS,
                                 PADDOCK_WEIGHT_FFN_UP_CHEXPS, PADDOCK_N_WEIGHTS, PADDOCK_WEIGHT_FFN_DOWN_CHEXPS,
                                 PADDOCK_N_WEIGHTS };

static gboolean
has_chunks (const PaddockGraphBuilder *self)
{
  return paddock_graph_builder_has (self, chunks.up);
}

/* The scores of experts, as the gate's kind makes them from its logits. */
static PaddockComputeRef
score (PaddockGraphBuilder *self, PaddockComputeRef logits)
{
  if ((self->traits->habits & PADDOCK_GRAPH_LATE_SOFTMAX) != 0)
    return logits;
  switch (self->shape->gating)
    {
    case PADDOCK_SHAPE_GATING_SOFTMAX_WEIGHT:
      return logits;

    case PADDOCK_SHAPE_GATING_SQUARE_ROOT_SOFTPLUS:
      return paddock_compute_graph_each (self->graph, paddock_compute_graph_each (self->graph, logits, NONE), NONE);

    case PADDOCK_SHAPE_GATING_NONE:
    case PADDOCK_SHAPE_GATING_SOFTMAX:
    case PADDOCK_SHAPE_GATING_SIGMOID:
    default:
      return paddock_compute_graph_each (self->graph, logits, NONE);
    }
}

/* Leaves only the experts of the best groups a chance. */
static PaddockComputeRef
mask_groups (PaddockGraphBuilder *self, PaddockComputeRef scores, gint64 experts, gint64 tokens)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 groups = self->shape->expert_groups, used = self->shape->expert_groups_used, each = experts / groups;
  PaddockComputeRef grouped, order, best, sums, mask;

  grouped = paddock_compute_graph_reshape (graph, scores, each, groups, tokens, 1);
  order = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_I32, each, groups, tokens, 1, grouped, NONE, NONE);
  best = paddock_compute_graph_view (graph, order, 2, groups, tokens, 1, each * 4, each * groups * 4, 0);
  sums = paddock_compute_graph_reshape (graph, grouped, 1, each, groups, tokens);
  sums = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, 1, 2, groups, tokens, sums, best, NONE);
  sums = paddock_compute_graph_reshape (graph, sums, 2, groups, tokens, 1);
  sums = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, 1, groups, tokens, 1, sums, NONE, NONE);
  sums = paddock_compute_graph_reshape (graph, sums, groups, tokens, 1, 1);
  order = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_I32, groups, tokens, 1, 1, sums, NONE, NONE);
  best = paddock_compute_graph_view (graph, order, used, tokens, 1, 1, groups * 4, 0, 0);
  sums = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, each, used, tokens, 1, grouped, best, NONE);
  mask = paddock_compute_graph_each (graph, grouped, NONE);
  scores = paddock_compute_graph_reshape (graph, mask, each, groups, tokens, 1);
  graph->tensors[scores].sources[0] = sums;
  paddock_compute_graph_read (graph, scores, best);
  paddock_compute_graph_read (graph, scores, mask);
  return paddock_compute_graph_reshape (graph, scores, experts, tokens, 1, 1);
}

/* The weights by which the outputs of the chosen experts are summed up. */
static PaddockComputeRef
weigh_choice (PaddockGraphBuilder *self, PaddockComputeRef scores, PaddockComputeRef choice, gint64 used, gint64 tokens)
{
  const PaddockModelShape *shape = self->shape;
  PaddockComputeGraph *graph = self->graph;
  gint64 experts = graph->tensors[scores].ne[0];
  PaddockComputeRef weights, sum;

  weights = paddock_compute_graph_reshape (graph, scores, 1, experts, tokens, 1);
  weights = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, 1, used, tokens, 1, weights, choice, NONE);
  if (shape->gating == PADDOCK_SHAPE_GATING_SOFTMAX_WEIGHT
      || (self->traits->habits & PADDOCK_GRAPH_LATE_SOFTMAX) != 0)
    {
      weights = paddock_compute_graph_reshape (graph, weights, used, tokens, 1, 1);
      weights = paddock_compute_graph_each (graph, weights, NONE);
      weights = paddock_compute_graph_reshape (graph, weights, 1, used, tokens, 1);
    }
  if (shape->expert_weights_norm || (self->traits->habits & PADDOCK_GRAPH_NORMED_CHOICE) != 0)
    {
      weights = paddock_compute_graph_reshape (graph, weights, used, tokens, 1, 1);
      sum = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, 1, tokens, 1, 1, weights, NONE, NONE);
      sum = paddock_compute_graph_each (graph, sum, NONE);
      weights = paddock_compute_graph_each (graph, weights, sum);
      weights = paddock_compute_graph_reshape (graph, weights, 1, used, tokens, 1);
    }
  if (shape->expert_weights_scale != 0 && shape->expert_weights_scale != 1)
    weights = paddock_compute_graph_each (graph, weights, NONE);
  return weights;
}

/* A product with the matrices of the chosen experts. */
static PaddockComputeRef
weigh_by_choice (PaddockGraphBuilder *self, PaddockWeight weight, PaddockWeight bias, PaddockComputeRef a,
                 PaddockComputeRef choice)
{
  const PaddockComputeTensor *chosen = paddock_compute_graph_get (self->graph, choice);
  PaddockComputeRef result
    = paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, paddock_graph_builder_width (self, weight),
                                  chosen->ne[0], chosen->ne[1], 1, a, choice, NONE);

  return paddock_graph_builder_has (self, bias) ? paddock_compute_graph_each (self->graph, result, choice) : result;
}

/* A number for each expert, by which its output is scaled. */
static PaddockComputeRef
scale_by_choice (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef choice)
{
  const PaddockShapeTensor *scale = self->weights.of[PADDOCK_WEIGHT_FFN_DOWN_EXPS_SCALE];
  PaddockComputeTensor chosen = *paddock_compute_graph_get (self->graph, choice);
  PaddockComputeRef scales;

  if (scale == NULL)
    return a;
  scales = paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, 1, scale->ne[0], chosen.ne[1], 1, NONE, NONE,
                                       NONE);
  scales = paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, 1, chosen.ne[0], chosen.ne[1], 1, scales,
                                       choice, NONE);
  return paddock_compute_graph_each (self->graph, a, scales);
}

static PaddockComputeRef
think_of_choice (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef choice, const Matrices *matrices)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef up, gate;

  if (paddock_graph_builder_has (self, matrices->gate_up))
    {
      PaddockComputeTensor shape;

      up = weigh_by_choice (self, matrices->gate_up, PADDOCK_N_WEIGHTS, a, choice);
      shape = graph->tensors[up];
      gate = paddock_compute_graph_view (graph, up, shape.ne[0] / 2, shape.ne[1], shape.ne[2], 1, shape.nb[1],
                                         shape.nb[2], 0);
      up = paddock_compute_graph_view (graph, up, shape.ne[0] / 2, shape.ne[1], shape.ne[2], 1, shape.nb[1],
                                       shape.nb[2], 0);
      return paddock_compute_graph_apart (graph, gate, up);
    }
  up = weigh_by_choice (self, matrices->up, matrices->up_bias, a, choice);
  if (!paddock_graph_builder_has (self, matrices->gate))
    {
      up = paddock_compute_graph_each (graph, up, NONE);
      return self->traits->activation == PADDOCK_GRAPH_RELU_SQUARED ? paddock_compute_graph_each (graph, up, NONE) : up;
    }
  gate = weigh_by_choice (self, matrices->gate, matrices->gate_bias, a, choice);
  return paddock_compute_graph_apart (graph, gate, up);
}

/* Each expert's share is a slice of one tensor; they are added one after the other. */
static PaddockComputeRef
sum_up (PaddockGraphBuilder *self, PaddockComputeRef a, gint64 used, gint64 tokens)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeTensor shape = graph->tensors[a];
  PaddockComputeRef first = (PaddockComputeRef) graph->n_tensors, sum = first;

  for (gint64 i = 0; i < used; i++)
    paddock_compute_graph_expand (
      graph, paddock_compute_graph_view (graph, a, shape.ne[0], tokens, 1, 1, shape.nb[2], 0, 0));
  for (gint64 i = 1; i < used; i++)
    {
      sum = paddock_compute_graph_each (graph, sum, first + (PaddockComputeRef) i);
      paddock_compute_graph_expand (graph, sum);
    }
  return used == 1 ? paddock_compute_graph_pack (graph, sum) : sum;
}

/* Experts that are asked for every token, beside the chosen ones. */
static PaddockComputeRef
add_shared (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef chosen)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef up, gate, gating;

  if (!paddock_graph_builder_has (self, PADDOCK_WEIGHT_FFN_UP_SHEXP))
    return chosen;
  up = paddock_compute_graph_weigh (graph, paddock_graph_builder_width (self, PADDOCK_WEIGHT_FFN_UP_SHEXP), a);
  if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_FFN_GATE_SHEXP))
    {
      gate = paddock_compute_graph_weigh (graph, paddock_graph_builder_width (self, PADDOCK_WEIGHT_FFN_GATE_SHEXP), a);
      up = paddock_compute_graph_apart (graph, gate, up);
    }
  else
    up = paddock_compute_graph_each (graph, up, NONE);
  if (self->traits->activation == PADDOCK_GRAPH_RELU_SQUARED)
    up = paddock_compute_graph_each (graph, up, NONE);
  up = paddock_compute_graph_weigh (graph, paddock_graph_builder_width (self, PADDOCK_WEIGHT_FFN_DOWN_SHEXP), up);
  if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_FFN_GATE_INP_SHEXP))
    {
      gating = paddock_compute_graph_weigh (graph, 1, a);
      if ((self->traits->habits & PADDOCK_GRAPH_QUOTIENT_GATE) != 0)
        gating = paddock_compute_graph_each (graph, paddock_compute_graph_each (graph, gating, NONE), gating);
      else
        gating = paddock_compute_graph_each (graph, gating, NONE);
      up = paddock_compute_graph_each (graph, up, gating);
    }
  return paddock_compute_graph_each (graph, chosen, up);
}

/* Neighbouring experts share a small one: its number is theirs, divided. */
static PaddockComputeRef
choose_shared (PaddockGraphBuilder *self, PaddockComputeRef choice)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeTensor shape = graph->tensors[choice];
  PaddockComputeRef numbers;

  numbers = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, shape.ne[0], shape.ne[1], 1, 1, choice, NONE, NONE);
  paddock_compute_graph_read (graph, numbers, numbers);
  numbers = paddock_compute_graph_each (graph, numbers, NONE);
  choice = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_I32, shape.ne[0], shape.ne[1], 1, 1, numbers, NONE, NONE);
  paddock_compute_graph_read (graph, choice, choice);
  return choice;
}

/* Chooses experts by @logits, asks them, and sums up what they say. */
static PaddockComputeRef
consult (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef logits, const Matrices *matrices, gint64 used)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 experts = graph->tensors[logits].ne[0], tokens = graph->tensors[a].ne[1], embedding = graph->tensors[a].ne[0];
  gboolean early = (self->traits->habits & PADDOCK_GRAPH_EARLY_WEIGHTS) != 0;
  PaddockComputeRef scores = score (self, logits), selection = early ? logits : scores, order, choice, weights, result;

  if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_EXP_PROBS_B))
    selection = paddock_compute_graph_each (graph, scores, NONE);
  if (has_chunks (self))
    selection = paddock_compute_graph_each (graph, logits, NONE);
  if (self->shape->expert_groups > 1)
    selection = mask_groups (self, selection, experts, tokens);
  order = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_I32, experts, tokens, 1, 1, selection, NONE, NONE);
  choice = paddock_compute_graph_view (graph, order, used, tokens, 1, 1, experts * 4, 0, 0);
  if (matrices == &chunks)
    choice = choose_shared (self, choice);
  weights = weigh_choice (self, scores, choice, used, tokens);
  paddock_compute_graph_expand (graph, weights);

  result = paddock_compute_graph_reshape (graph, a, embedding, 1, tokens, 1);
  if (early)
    {
      result = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, embedding, used, tokens, 1, result, NONE, NONE);
      result = paddock_compute_graph_each (graph, result, weights);
    }
  result = think_of_choice (self, result, choice, matrices);
  result = weigh_by_choice (self, matrices->down, matrices->down_bias, result, choice);
  result = scale_by_choice (self, result, choice);
  if (!early)
    result = paddock_compute_graph_each (graph, result, weights);
  paddock_compute_graph_expand (graph, result);
  return sum_up (self, result, used, tokens);
}

/**
 * paddock_graph_experts_chosen:
 * @logits: a score of each expert for each token
 *
 * A mixture of experts: some are chosen for each token, and their outputs are summed up by their scores.
 */
PaddockComputeRef
paddock_graph_experts_chosen (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef logits)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 experts = graph->tensors[logits].ne[0], used = CLAMP ((gint64) self->shape->experts_used, 1, MAX (experts, 1));
  PaddockComputeRef result = consult (self, a, logits, &usual, used), more;

  if (has_chunks (self))
    {
      used = MIN (used, MAX (self->weights.of[chunks.up]->ne[2], 1));
      more = paddock_compute_graph_each (graph, consult (self, result, logits, &chunks, used), NONE);
      result = paddock_compute_graph_each (graph, result, more);
    }
  return add_shared (self, a, result);
}

/**
 * paddock_graph_experts:
 *
 * A mixture of experts, chosen by a gate that reads what they read.
 */
PaddockComputeRef
paddock_graph_experts (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  gint64 experts = paddock_graph_builder_width (self, PADDOCK_WEIGHT_FFN_GATE_INP);
  PaddockComputeRef logits = paddock_compute_graph_weigh (self->graph, experts, a);

  return paddock_graph_experts_chosen (self, a, paddock_graph_bias (self, logits, PADDOCK_WEIGHT_FFN_GATE_INP_BIAS));
}
