/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-gemma.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/* Of all models of the family, and not in their headers. */
#define INPUTS 4
#define SPARSE_LAYERS 10

static PaddockComputeRef
each (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef b)
{
  return paddock_compute_graph_each (self->graph, a, b);
}

static PaddockComputeRef
weigh (PaddockGraphBuilder *self, guint layer, const char *name, PaddockComputeRef a)
{
  const PaddockShapeTensor *weight = paddock_model_shape_find (self->shape, (int) layer, name);

  return paddock_compute_graph_weigh (self->graph, weight != NULL ? weight->ne[1] : 0, a);
}

/* A number for each row. */
static PaddockComputeRef
sum_rows (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  PaddockComputeTensor shape = self->graph->tensors[a];

  return paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, 1, shape.ne[1], shape.ne[2], 1, a, NONE, NONE);
}

static PaddockComputeRef
magnitude (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  return each (self, sum_rows (self, each (self, a, NONE)), NONE);
}

static PaddockComputeRef
repeat (PaddockGraphBuilder *self, PaddockComputeRef a, gint64 times)
{
  PaddockComputeTensor shape = self->graph->tensors[a];

  return paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, shape.ne[0], shape.ne[1], times, 1, a, NONE,
                                     NONE);
}

/* Puts all but the first behind it. */
static PaddockComputeRef
stack (PaddockGraphBuilder *self, PaddockComputeRef first, PaddockComputeRef rest)
{
  PaddockComputeTensor shape = self->graph->tensors[rest];

  return paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, shape.ne[0], shape.ne[1], shape.ne[2] + 1, 1,
                                     first, rest, NONE);
}

static PaddockComputeRef
rest_of (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  PaddockComputeTensor shape = self->graph->tensors[a];

  return paddock_compute_graph_view (self->graph, a, shape.ne[0], shape.ne[1], shape.ne[2] - 1, 1, 0, 0, 0);
}

/* A product, brought to the magnitude of what it is put beside. */
static PaddockComputeRef
project (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef target)
{
  PaddockComputeRef result = paddock_compute_graph_weigh (self->graph, self->shape->embedding, a), scaled;

  scaled = each (self, result, magnitude (self, target));
  return each (self, scaled, magnitude (self, result));
}

/* How much each of the inputs counts for a token. */
static PaddockComputeRef
route (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  a = each (self, paddock_graph_rms_norm (self, a, TRUE), NONE);
  return each (self, paddock_compute_graph_weigh (self->graph, INPUTS, a), NONE);
}

static PaddockComputeRef
predict (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef packed = paddock_compute_graph_pack (graph, paddock_compute_graph_permute (graph, a, 1, 2, 0, 3));
  PaddockComputeRef factors = route (self, paddock_graph_gemma_slice (self, a)), result;

  factors = paddock_compute_graph_weigh (graph, INPUTS * INPUTS, factors);
  factors = paddock_compute_graph_reshape (graph, factors, INPUTS, INPUTS, self->tokens, 1);
  result = paddock_compute_graph_multiply (graph, packed, factors);
  result = paddock_compute_graph_pack (graph, paddock_compute_graph_permute (graph, result, 0, 2, 1, 3));
  return each (self, result, a);
}

static PaddockComputeRef
correct (PaddockGraphBuilder *self, PaddockComputeRef predictions, PaddockComputeRef a)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeRef difference = each (self, a, paddock_graph_gemma_slice (self, predictions)), factors;

  factors = paddock_compute_graph_weigh (graph, INPUTS, route (self, a));
  factors = paddock_compute_graph_permute (graph, each (self, factors, NONE), 1, 0, 2, 3);
  factors = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, 1, self->tokens, INPUTS, 1, factors, NONE, NONE);
  return each (self, each (self, repeat (self, difference, INPUTS), factors), predictions);
}

/* Leaves only the few largest numbers of each row. */
static PaddockComputeRef
thin_out (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  PaddockComputeRef mean = sum_rows (self, a), deviation;

  deviation = each (self, each (self, a, mean), NONE);
  deviation = sum_rows (self, deviation);
  for (guint i = 0; i < 3; i++)
    deviation = each (self, deviation, NONE);
  return each (self, each (self, a, each (self, mean, deviation)), NONE);
}

static PaddockComputeRef
think (PaddockGraphBuilder *self, PaddockComputeRef a, guint layer)
{
  PaddockComputeRef up = weigh (self, layer, "ffn_up.weight", a), gate = weigh (self, layer, "ffn_gate.weight", a);

  if (layer < SPARSE_LAYERS)
    gate = thin_out (self, gate);
  return weigh (self, layer, "ffn_down.weight", each (self, up, each (self, gate, NONE)));
}

/* A way around attention through a narrow product. */
static PaddockComputeRef
shortcut (PaddockGraphBuilder *self, PaddockComputeRef a, guint layer)
{
  PaddockComputeRef result = weigh (self, layer, "laurel_r.weight", weigh (self, layer, "laurel_l.weight", a));

  return each (self, paddock_graph_rms_norm (self, result, TRUE), a);
}

static PaddockComputeRef
build_layer (PaddockGraphBuilder *self, PaddockComputeRef input, PaddockComputeRef extra, guint layer)
{
  PaddockComputeRef predictions = predict (self, input), active = paddock_graph_gemma_slice (self, predictions);
  PaddockComputeRef norm = paddock_graph_rms_norm (self, active, TRUE), around = shortcut (self, norm, layer);
  PaddockComputeRef cur = paddock_graph_gemma_attend (self, layer, norm), first, rest;

  cur = each (self, paddock_graph_rms_norm (self, cur, TRUE), active);
  active = each (self, each (self, cur, around), NONE);
  cur = think (self, paddock_graph_rms_norm (self, active, TRUE), layer);
  cur = correct (self, predictions, each (self, paddock_graph_rms_norm (self, cur, TRUE), active));

  /* What the layer reads besides is added to all but the first. */
  first = paddock_graph_gemma_slice (self, cur);
  rest = rest_of (self, cur);
  cur = each (self, paddock_graph_gemma_slice (self, cur), NONE);
  cur = paddock_graph_gemma_mix (self, cur, paddock_graph_gemma_slice (self, extra));
  return stack (self, first, each (self, rest, cur));
}

/* The mean of all. */
static PaddockComputeRef
merge (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  PaddockComputeRef result = paddock_graph_gemma_slice (self, a), others;

  others = project (self, rest_of (self, a), paddock_graph_gemma_slice (self, a));
  for (guint i = 1; i < INPUTS; i++)
    result = each (self, result, paddock_graph_gemma_slice (self, others));
  return each (self, result, NONE);
}

/**
 * paddock_graph_gemma3n:
 *
 * A decoder that carries several versions of what it reads along, of which each layer works with one and corrects the
 * others by it.
 */
void
paddock_graph_gemma3n (PaddockGraphBuilder *self)
{
  PaddockComputeRef cur = paddock_graph_input_scaled (self, paddock_graph_input_embedding (self)), extra, more;

  extra = paddock_graph_gemma_spread (self, cur, paddock_graph_gemma_tokens (self, TRUE));
  paddock_graph_input_caches (self);
  more = project (self, repeat (self, cur, INPUTS - 1), cur);
  cur = stack (self, cur, more);
  for (guint i = 0; i < self->shape->layers; i++)
    {
      paddock_graph_builder_enter (self, i);
      cur = build_layer (self, cur, extra, i);
    }
  paddock_graph_head (self, paddock_graph_pick_rows (self, merge (self, cur)));
}
