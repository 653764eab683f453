/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-indexer.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/* A small attention beside the real one, whose scores choose the cells that the latter sees. */

static PaddockComputeRef
weigh (PaddockGraphBuilder *self, guint layer, const char *name, PaddockComputeRef a)
{
  const PaddockShapeTensor *weight = paddock_model_shape_find (self->shape, (int) layer, name);

  return paddock_compute_graph_weigh (self->graph, weight != NULL ? weight->ne[1] : 0, a);
}

gboolean
paddock_graph_is_indexed (const PaddockGraphBuilder *self, guint layer)
{
  return self->shape->indexer_key_length > 0
         && paddock_model_shape_find (self->shape, (int) layer, "indexer.attn_q_b.weight") != NULL;
}

static void
store_keys (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 length = self->shape->indexer_key_length;
  PaddockComputeRef k = weigh (self, layer, "indexer.attn_k.weight", a);

  k = paddock_graph_mean_norm (self, k, TRUE, TRUE);
  k = paddock_compute_graph_reshape (graph, k, length, 1, self->tokens, 1);
  k = paddock_compute_graph_each (graph, k, self->positions);
  k = paddock_compute_graph_multiply (graph, self->index.key_turn, k);
  k = paddock_compute_graph_view (graph, k, length, self->tokens, 1, 1, 0, 0, 0);
  paddock_compute_graph_expand (graph, paddock_compute_graph_store (graph, k, self->index.key_places));
}

/* For each token, the numbers of the best cells. */
static PaddockComputeRef
choose (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a, PaddockComputeRef narrow, gint64 best)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 length = self->shape->indexer_key_length, heads = self->shape->indexer_heads;
  gint64 streams = self->streams, tokens = self->tokens / streams;
  PaddockComputeRef q, weights, scores, choice;

  q = weigh (self, layer, "indexer.attn_q_b.weight", narrow);
  q = paddock_compute_graph_reshape (graph, q, length, heads, self->tokens, 1);
  q = paddock_compute_graph_each (graph, q, self->positions);
  q = paddock_compute_graph_multiply (graph, self->index.key_turn, q);
  q = paddock_compute_graph_view (graph, q, length, heads, tokens, streams, 0, 0, 0);
  weights = weigh (self, layer, "indexer.proj.weight", a);
  weights = paddock_compute_graph_view (graph, weights, heads, tokens, 1, streams, 0, 0, 0);
  weights = paddock_compute_graph_each (graph, weights, NONE);
  scores = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, self->index.cells, tokens, 1, streams, q, weights,
                                       self->index.mask);
  choice = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_I32, best, tokens, 1, streams, scores, NONE, NONE);
  choice = paddock_compute_graph_pack (graph, choice);
  return paddock_compute_graph_view (graph, choice, best, tokens, streams, 1, 0, 0, 0);
}

/**
 * paddock_graph_index:
 * @a: the normed input
 * @narrow: what queries are made of
 *
 * Returns: the mask of the layer, in which only the chosen cells are open
 */
PaddockComputeRef
paddock_graph_index (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a, PaddockComputeRef narrow)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 cells = self->full.cells, best = MIN (cells, (gint64) self->shape->indexer_top);
  gint64 streams = self->streams, tokens = self->tokens / streams;
  PaddockComputeRef zeros, choice, closed, rows, opened;

  store_keys (self, layer, a);
  zeros = paddock_compute_graph_leaf (graph, PADDOCK_COMPUTE_F32, 1, best, tokens, streams);
  zeros = paddock_compute_graph_each (graph, zeros, NONE);
  choice = choose (self, layer, a, narrow, best);
  closed = paddock_compute_graph_each (graph, self->full.mask, NONE);
  rows = paddock_compute_graph_view (graph, closed, 1, cells, tokens, streams, 0, 0, 0);
  opened = paddock_compute_graph_view (graph, rows, 1, cells, tokens, streams, 0, 0, 0);
  graph->tensors[opened].sources[0] = zeros;
  paddock_compute_graph_read (graph, opened, choice);
  paddock_compute_graph_read (graph, opened, rows);
  opened = paddock_compute_graph_view (graph, opened, cells, tokens, 1, streams, 0, 0, 0);
  return paddock_compute_graph_each (graph, opened, self->full.mask);
}
