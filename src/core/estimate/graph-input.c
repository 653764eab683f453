/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-builder.h"
#include "estimate/memory-cache.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/**
 * paddock_graph_input_embedding:
 *
 * The engine reserves three ways for a batch to come in, side by side: as tokens, as vectors, and as some of both. What
 * is not used in the end has its memory all the same.
 */
PaddockComputeRef
paddock_graph_input_embedding (PaddockGraphBuilder *self)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 tokens = self->tokens, embedding = self->shape->embedding;
  gint64 width = embedding * (1 + self->shape->deepstack_layers);
  PaddockComputeRef names, mixed, vectors, slots, some, picked, copied;

  names = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_I32, tokens, 1, 1, 1);
  mixed = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_I32, tokens, 1, 1, 1);
  vectors = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_F32, width, tokens, 1, 1);
  slots = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_I64, tokens, 1, 1, 1);
  some = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_F32, width, tokens, 1, 1);

  names = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, embedding, tokens, 1, 1, names, NONE, NONE);
  paddock_compute_graph_expand (graph, names);
  picked = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, embedding, tokens, 1, 1, mixed, NONE, NONE);
  paddock_compute_graph_expand (graph, picked);
  if (width != embedding)
    {
      names = self->wide = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, width, tokens, 1, 1, names, NONE,
                                                       NONE);
      paddock_compute_graph_expand (graph, names);
      picked = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, width, tokens, 1, 1, picked, NONE, NONE);
    }
  paddock_compute_graph_expand (graph, vectors);
  copied = paddock_compute_graph_apart (graph, some, NONE);
  mixed = paddock_compute_graph_view (graph, copied, width, tokens, 1, 1, 0, 0, 0);
  graph->tensors[mixed].sources[0] = picked;
  paddock_compute_graph_read (graph, mixed, slots);
  paddock_compute_graph_read (graph, mixed, copied);
  paddock_compute_graph_expand (graph, mixed);
  if (width != embedding)
    names = paddock_compute_graph_view (graph, names, embedding, tokens, 1, 1, width * 4, 0, 0);
  return names;
}

/**
 * paddock_graph_input_scaled:
 *
 * Tokens are scaled, vectors are not: there is a factor for each row.
 */
PaddockComputeRef
paddock_graph_input_scaled (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  PaddockComputeRef factors
    = paddock_compute_graph_input (self->graph, PADDOCK_COMPUTE_F32, 1, self->tokens, 1, 1);

  a = paddock_compute_graph_each (self->graph, a, factors);
  paddock_compute_graph_expand (self->graph, a);
  return a;
}

/* Keys are turned by the largest power of two that divides their length, values by 64. */
static PaddockComputeRef
make_turn (PaddockGraphBuilder *self, const PaddockQuantType *type, gint64 length, gboolean largest)
{
  gint64 size = 64;

  if (length <= 0 || length % 64 != 0 || type == NULL || !type->quantized)
    return NONE;
  while (largest && length % (size * 2) == 0)
    size *= 2;
  return paddock_compute_graph_input (self->graph, PADDOCK_COMPUTE_F32, size, size, 1, 1);
}

/* Values are transposed without flash attention: then each of their elements has a place of its own. */
static gint64
widest_values (const PaddockModelShape *shape)
{
  gint64 widest = 0;

  for (guint i = 0; i < shape->layers; i++)
    widest = MAX (widest, (gint64) shape->layer[i].kv_heads * shape->layer[i].value_length);
  return widest;
}

static void
make_cache (PaddockGraphBuilder *self, PaddockGraphCache *cache, gboolean sliding, gint64 key_length, gint64 value_length)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 cells = (gint64) paddock_memory_cache_get_cells (self->shape, self->request, sliding);
  gint64 tokens = self->tokens, places = self->flash ? tokens : tokens * widest_values (self->shape);

  cache->cells = cells;
  cache->key_places = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_I64, tokens, 1, 1, 1);
  cache->value_places = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_I64, places, 1, 1, 1);
  cache->mask = paddock_compute_graph_input (graph, self->flash ? PADDOCK_COMPUTE_F16 : PADDOCK_COMPUTE_F32, cells,
                                             tokens / self->streams, 1, self->streams);
  cache->key_turn = make_turn (self, self->request->cache_k, key_length, TRUE);
  cache->value_turn = make_turn (self, self->request->cache_v, value_length, FALSE);
}

/* Beside the keys, small ones by which the indexer chooses are kept: always turned, and with a mask of their own. */
static void
make_index (PaddockGraphBuilder *self)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 length = self->shape->indexer_key_length, size = 64;

  while (length % (size * 2) == 0)
    size *= 2;
  self->index.cells = self->full.cells;
  self->index.key_places = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_I64, self->tokens, 1, 1, 1);
  self->index.mask = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_F16, self->full.cells,
                                                  self->tokens / self->streams, 1, self->streams);
  self->index.key_turn = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_F32, size, size, 1, 1);
}

void
paddock_graph_input_caches (PaddockGraphBuilder *self)
{
  const PaddockModelShape *shape = self->shape;

  make_cache (self, &self->full, FALSE, shape->key_length, shape->value_length);
  if (shape->indexer_key_length > 0)
    make_index (self);
  if (shape->window_kind != PADDOCK_SHAPE_WINDOW_NONE)
    make_cache (self, &self->sliding, TRUE, shape->key_length_sliding, shape->value_length_sliding);
}
