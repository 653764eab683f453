/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-compute.h"

#include "estimate/memory-cache.h"
#include "estimate/memory-compute.h"

/* Kernels of devices take a little beside the graph; where the graph is unknown, the formula may be that far off. */
#define BAND_OF_GRAPH 0.05
#define BAND_OF_BOUND 0.25

static guint64
count_mask (const PaddockModelShape *shape, const PaddockMemoryRequest *request, guint64 tokens)
{
  guint64 cells = paddock_memory_cache_get_cells (shape, request, FALSE);
  guint64 size = paddock_memory_request_uses_flash_attention (request, shape) ? 2 : 4;

  if (shape->window > 0)
    cells += paddock_memory_cache_get_cells (shape, request, TRUE);
  return cells * tokens * size;
}

/* The widest that a layer's feed-forward part gets, in numbers for each token. */
static guint64
count_feed_forward (const PaddockModelShape *shape)
{
  guint64 widest = 0, experts;

  for (guint i = 0; i < shape->layers; i++)
    widest = MAX (widest, shape->layer[i].feed_forward);
  experts = (guint64) shape->experts_used * (3 * (guint64) shape->expert_feed_forward + shape->embedding) +
            3 * (guint64) shape->expert_shared_feed_forward + 2 * (guint64) shape->experts;
  return MAX (3 * widest, shape->experts > 0 ? experts : 0);
}

static guint64
count_attention (const PaddockModelShape *shape, const PaddockMemoryRequest *request, guint64 tokens)
{
  guint64 cells = paddock_memory_cache_get_cells (shape, request, FALSE);
  guint64 wide = (guint64) shape->heads * (2 * (guint64) MAX (shape->key_length, shape->key_length_mla) +
                                           2 * (guint64) MAX (shape->value_length, shape->value_length_mla) +
                                           shape->kv_lora);
  guint64 scores = paddock_memory_request_uses_flash_attention (request, shape) ? 0 : cells * shape->heads;

  return 4 * tokens * (wide + scores);
}

static guint64
count_state (const PaddockModelShape *shape, const PaddockMemoryRequest *request, guint64 tokens)
{
  guint64 wide = 8 * (guint64) shape->inner + 2 * (guint64) shape->groups * shape->state;
  guint64 state = (guint64) shape->state * shape->inner * request->parallel;

  return 4 * (tokens * wide + 2 * state);
}

static void
bound_by_formula (PaddockPlacementLoad *load, const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                  guint64 tokens, guint64 mask)
{
  guint64 outputs = request->outputs == 0 ? tokens : MIN (request->outputs, tokens);

  load->compute_inner = 4 * tokens * (count_feed_forward (shape) + 6 * (guint64) shape->embedding) + mask +
                        count_attention (shape, request, tokens) + count_state (shape, request, tokens);
  load->compute = load->compute_inner + 4 * (guint64) shape->vocabulary * outputs;
  load->band = BAND_OF_BOUND;
}

static gboolean
bound_by_graph (PaddockPlacementLoad *load, const PaddockModelShape *shape, const PaddockMemoryRequest *request)
{
  PaddockMemoryRequest inner = *request;

  inner.outputs = 1;
  load->band = BAND_OF_GRAPH;
  return paddock_memory_compute_simulate (shape, request, &load->compute) &&
         paddock_memory_compute_simulate (shape, &inner, &load->compute_inner);
}

void
paddock_placement_compute_bound (PaddockPlacementLoad *load, const PaddockModelShape *shape,
                                 const PaddockMemoryRequest *request, gboolean quick)
{
  guint64 tokens = MIN (request->ubatch, request->context);
  guint64 mask = count_mask (shape, request, tokens);

  /* Beside what they work on, each device has the masks and the layer's input, and a few numbers for each token. */
  load->inputs += mask + 4 * tokens * ((guint64) shape->embedding + 16);
  if (quick || !bound_by_graph (load, shape, request))
    bound_by_formula (load, shape, request, tokens, mask);
}
