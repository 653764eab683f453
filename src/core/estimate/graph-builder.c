/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-builder.h"

#include "estimate/memory-cache.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/* A batch is spread over the streams evenly. */
static gint64
round_up (gint64 n, gint64 multiple)
{
  return (n + multiple - 1) / multiple * multiple;
}

static gboolean
keeps_states (const PaddockModelShape *shape)
{
  for (guint i = 0; i < shape->layers; i++)
    if (shape->layer[i].recurrent)
      return TRUE;
  return FALSE;
}

/**
 * paddock_graph_builder_begin:
 *
 * Returns: %FALSE if there is no graph for the architecture
 */
gboolean
paddock_graph_builder_begin (PaddockGraphBuilder *self, PaddockComputeGraph *graph, const PaddockModelShape *shape,
                             const PaddockMemoryRequest *request)
{
  gint64 places = shape->rope_sections[0] + shape->rope_sections[1] > 0 ? 4 : 1; /* time, height, width and one more */
  gint64 streams = paddock_memory_cache_get_streams (request), sequences = streams, context, batch;

  self->graph = graph;
  self->shape = shape;
  self->request = request;
  self->traits = paddock_graph_traits_lookup (shape->architecture);
  if (self->traits == NULL)
    return FALSE;
  paddock_graph_weights_find (&self->common, shape, -1);
  self->weights_of = -1;

  /* A cache can be shared, a state cannot: there is one for each sequence in any case. */
  if (keeps_states (shape))
    sequences = MAX (request->parallel, 1);
  context = (gint64) paddock_memory_cache_get_cells (shape, request, FALSE) * streams;
  /* The context cuts batches short before it is rounded up itself. */
  batch = MIN (MIN (request->ubatch, request->batch), request->context);
  self->tokens = round_up (MIN (context, batch), sequences);
  self->outputs = request->outputs > 0 ? MIN (request->outputs, self->tokens) : self->tokens;
  self->sequences = sequences;
  self->streams = streams;
  self->flash = paddock_memory_request_uses_flash_attention (request, shape);

  paddock_compute_graph_clear (graph);
  self->positions = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_I32, self->tokens * places, 1, 1, 1);
  self->rows = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_I32, self->outputs, 1, 1, 1);
  self->bias = self->factors = self->wide = NONE;
  self->states = self->batch_states = self->other_states = NONE;
  if (shape->temperature_scale != 0 || (self->traits->habits & PADDOCK_GRAPH_SCALED_UNTURNED) != 0)
    self->factors = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_F32, 1, 1, self->tokens, 1);
  return TRUE;
}

/**
 * paddock_graph_builder_enter:
 *
 * Layers that are alike have the same weights: they are looked up once.
 */
void
paddock_graph_builder_enter (PaddockGraphBuilder *self, guint layer)
{
  int alike = (int) self->shape->layer[layer].alike;

  if (self->weights_of == alike)
    return;
  paddock_graph_weights_find (&self->weights, self->shape, (int) layer);
  self->weights_of = alike;
}
