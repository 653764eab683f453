/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-indexer.h"

#include <string.h>

#define NONE PADDOCK_COMPUTE_OUTSIDE

/* One head after the other in each token, out of a product that has queries, keys and values side by side. */
static PaddockComputeRef
cut_out (PaddockGraphBuilder *self, PaddockComputeRef a, gint64 length, gint64 heads)
{
  return paddock_compute_graph_view (self->graph, a, length, heads, self->tokens, 1, length * 4,
                                     self->graph->tensors[a].nb[1], 0);
}

static PaddockComputeRef
product (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockWeight weight, PaddockWeight bias)
{
  PaddockComputeRef result = paddock_compute_graph_weigh (self->graph, paddock_graph_builder_width (self, weight), a);

  return paddock_graph_bias (self, result, bias);
}

static PaddockComputeRef
norm_heads (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockWeight weight, PaddockWeight bias)
{
  if (!paddock_graph_builder_has (self, weight))
    return a;
  return paddock_graph_norm (self, a, self->weights.of[weight], self->weights.of[bias]);
}

static gboolean
has_habit (const PaddockGraphBuilder *self, guint habit)
{
  return (self->traits->habits & habit) != 0;
}

/* Some models leave the positions out in every so many layers, or in those without a window. */
static gboolean
is_rotated (const PaddockGraphBuilder *self, guint layer)
{
  guint step = has_habit (self, PADDOCK_GRAPH_FOURTH_UNTURNED) ? 4 : self->shape->no_rope_step;

  if (has_habit (self, PADDOCK_GRAPH_WINDOW_ROTATION) && self->shape->window_kind != PADDOCK_SHAPE_WINDOW_NONE)
    return self->shape->layer[layer].sliding;
  return !has_habit (self, PADDOCK_GRAPH_NO_ROTATION) && (step == 0 || (layer + 1) % step != 0);
}

static void
rotate (PaddockGraphBuilder *self, PaddockGraphQkv *qkv, guint layer)
{
  if (!is_rotated (self, layer))
    return;
  qkv->q = paddock_compute_graph_each (self->graph, qkv->q, self->positions);
  qkv->k = paddock_compute_graph_each (self->graph, qkv->k, self->positions);
}

static PaddockComputeRef
scale_query (PaddockGraphBuilder *self, PaddockComputeRef q, guint layer)
{
  if (self->factors != NONE && !(has_habit (self, PADDOCK_GRAPH_SCALED_UNTURNED) && is_rotated (self, layer)))
    q = paddock_compute_graph_each (self->graph, q, self->factors);
  return has_habit (self, PADDOCK_GRAPH_SCALED_QUERY) ? paddock_compute_graph_each (self->graph, q, NONE) : q;
}

/* Llama 4 norms what it rotated, except in its model of 128 experts. */
static gboolean
norms_without_weights (const PaddockGraphBuilder *self, guint layer)
{
  return has_habit (self, PADDOCK_GRAPH_SCALED_UNTURNED) && is_rotated (self, layer) && self->shape->experts != 128;
}

/* A norm over all heads at once comes before they are told apart. */
static gboolean
norms_whole (PaddockGraphBuilder *self, PaddockWeight norm, gint64 length)
{
  return paddock_graph_builder_has (self, norm) && self->weights.of[norm]->ne[0] != length;
}

static PaddockComputeRef
product_by_head (PaddockGraphBuilder *self, PaddockComputeRef a, const PaddockWeight weights[4], gint64 length,
                 gint64 heads, gboolean whole)
{
  PaddockComputeRef result = product (self, a, weights[0], weights[1]);

  if (whole)
    result = norm_heads (self, result, weights[2], weights[3]);
  return paddock_compute_graph_reshape (self->graph, result, length, heads, self->tokens, 1);
}

/**
 * paddock_graph_project:
 *
 * Makes queries, keys and values of a normed input, with biases, norms and rotation as the model has them.
 */
PaddockGraphQkv
paddock_graph_project (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  static const PaddockWeight query[] = { PADDOCK_WEIGHT_ATTN_Q, PADDOCK_WEIGHT_ATTN_Q_BIAS, PADDOCK_WEIGHT_ATTN_Q_NORM,
                                         PADDOCK_WEIGHT_ATTN_Q_NORM_BIAS };
  static const PaddockWeight key[] = { PADDOCK_WEIGHT_ATTN_K, PADDOCK_WEIGHT_ATTN_K_BIAS, PADDOCK_WEIGHT_ATTN_K_NORM,
                                       PADDOCK_WEIGHT_ATTN_K_NORM_BIAS };
  const PaddockShapeLayer *sizes = &self->shape->layer[layer];
  gboolean whole_q = norms_whole (self, PADDOCK_WEIGHT_ATTN_Q_NORM, sizes->key_length);
  gboolean whole_k = norms_whole (self, PADDOCK_WEIGHT_ATTN_K_NORM, sizes->key_length);
  PaddockGraphQkv qkv;
  gboolean late;

  if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_ATTN_QKV))
    {
      PaddockComputeRef all = product (self, a, PADDOCK_WEIGHT_ATTN_QKV, PADDOCK_WEIGHT_ATTN_QKV_BIAS);

      if (self->shape->clamp_kqv > 0)
        all = paddock_compute_graph_each (self->graph, all, NONE);
      qkv.q = cut_out (self, all, sizes->key_length, sizes->heads);
      qkv.k = cut_out (self, all, sizes->key_length, sizes->kv_heads);
      qkv.v = cut_out (self, all, sizes->value_length, sizes->kv_heads);
    }
  else
    {
      qkv.q = product_by_head (self, a, query, sizes->key_length, sizes->heads, whole_q);
      qkv.k = product_by_head (self, a, key, sizes->key_length, sizes->kv_heads, whole_k);
      qkv.v = product (self, a, PADDOCK_WEIGHT_ATTN_V, PADDOCK_WEIGHT_ATTN_V_BIAS);
      qkv.v = paddock_compute_graph_reshape (self->graph, qkv.v, sizes->value_length, sizes->kv_heads, self->tokens, 1);
    }
  late = has_habit (self, PADDOCK_GRAPH_LATE_NORM);
  if (late)
    rotate (self, &qkv, layer);
  if (!whole_q)
    qkv.q = norm_heads (self, qkv.q, PADDOCK_WEIGHT_ATTN_Q_NORM, PADDOCK_WEIGHT_ATTN_Q_NORM_BIAS);
  if (!whole_k)
    qkv.k = norm_heads (self, qkv.k, PADDOCK_WEIGHT_ATTN_K_NORM, PADDOCK_WEIGHT_ATTN_K_NORM_BIAS);
  if (!late)
    rotate (self, &qkv, layer);
  else if (norms_without_weights (self, layer))
    {
      qkv.q = paddock_graph_rms_norm (self, qkv.q, FALSE);
      qkv.k = paddock_graph_rms_norm (self, qkv.k, FALSE);
    }
  qkv.q = scale_query (self, qkv.q, layer);
  return qkv;
}

static gboolean
is_packed (const PaddockComputeTensor *tensor)
{
  return tensor->nb[1] == tensor->nb[0] * tensor->ne[0] && tensor->nb[2] == tensor->nb[1] * tensor->ne[1]
         && tensor->nb[3] == tensor->nb[2] * tensor->ne[2];
}

/**
 * paddock_graph_turn:
 *
 * Multiplies with a rotation in pieces of the matrix's size.
 */
PaddockComputeRef
paddock_graph_turn (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef matrix)
{
  PaddockComputeTensor shape = self->graph->tensors[a];
  gint64 size = matrix == NONE ? 1 : self->graph->tensors[matrix].ne[0];
  gint64 rows = shape.ne[0] * shape.ne[1] * shape.ne[2] * shape.ne[3] / size;
  PaddockComputeRef flat;

  if (matrix == NONE)
    return a;
  flat = is_packed (&shape) ? paddock_compute_graph_reshape (self->graph, a, size, rows, 1, 1)
                            : paddock_compute_graph_pack_2d (self->graph, a, size, rows);
  flat = paddock_compute_graph_multiply (self->graph, matrix, flat);
  return paddock_compute_graph_reshape (self->graph, flat, shape.ne[0], shape.ne[1], shape.ne[2], shape.ne[3]);
}

static void
store_keys (PaddockGraphBuilder *self, const PaddockGraphCache *cache, PaddockComputeRef k)
{
  PaddockComputeTensor shape = self->graph->tensors[k];
  PaddockComputeRef rows = paddock_compute_graph_view (self->graph, k, shape.ne[0] * shape.ne[1], self->tokens, 1, 1,
                                                       shape.nb[2], 0, 0);

  paddock_compute_graph_expand (self->graph, paddock_compute_graph_store (self->graph, rows, cache->key_places));
}

static void
store_values (PaddockGraphBuilder *self, const PaddockGraphCache *cache, PaddockComputeRef v)
{
  PaddockComputeTensor shape = self->graph->tensors[v];
  gint64 width = shape.ne[0] * shape.ne[1];
  gint64 widest = self->graph->tensors[cache->value_places].ne[0] / MAX (self->tokens, 1);
  PaddockComputeRef rows;

  if (self->flash)
    rows = paddock_compute_graph_view (self->graph, v, width, self->tokens, 1, 1, shape.nb[2], 0, 0);
  else
    {
      rows = shape.nb[2] == width * 4 ? paddock_compute_graph_reshape (self->graph, v, width, self->tokens, 1, 1)
                                      : paddock_compute_graph_pack_2d (self->graph, v, width, self->tokens);
      /* Layers with fewer values than others fill their rows up. */
      if (width < widest)
        rows = paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, widest, self->tokens, 1, 1, rows, NONE,
                                           NONE);
      rows = paddock_compute_graph_reshape (self->graph, rows, 1, MAX (width, widest) * self->tokens, 1, 1);
    }
  paddock_compute_graph_expand (self->graph, paddock_compute_graph_store (self->graph, rows, cache->value_places));
}

/* Softly capped scores are scaled, bent and scaled back. */
static PaddockComputeRef
cap_scores (PaddockGraphBuilder *self, PaddockComputeRef scores)
{
  if (self->shape->attention_softcap > 0)
    for (guint i = 0; i < 3; i++)
      scores = paddock_compute_graph_each (self->graph, scores, NONE);
  return scores;
}

/**
 * paddock_graph_attend_to:
 * @k: keys by head and cell, or outside for those of a cache
 * @v: values in the same way
 *
 * The heart of attention, over a cache or over the batch itself.
 */
PaddockComputeRef
paddock_graph_attend_to (PaddockGraphBuilder *self, PaddockComputeRef q, PaddockComputeRef k, PaddockComputeRef v,
                         gint64 cells, gint64 value_length, gint64 streams, PaddockComputeRef mask)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeTensor shape = graph->tensors[q];
  gint64 heads = shape.ne[1], tokens = shape.ne[2] / streams;
  PaddockComputeRef result;

  q = paddock_compute_graph_view (graph, q, shape.ne[0], heads, tokens, streams, shape.nb[1], shape.nb[2],
                                  shape.nb[3] / streams);
  q = paddock_compute_graph_permute (graph, q, 0, 2, 1, 3);
  if (self->flash && self->bias == NONE)
    {
      result = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, value_length, heads, tokens, streams, q, k, v);
      paddock_compute_graph_read (graph, result, mask);
      result = paddock_compute_graph_reshape (graph, result, value_length * heads, tokens * streams, 1, 1);
    }
  else
    {
      PaddockComputeRef scores = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, cells, tokens, heads,
                                                             streams, k, q, NONE);

      scores = cap_scores (self, scores);
      if (self->bias != NONE)
        scores = paddock_compute_graph_each (graph, scores, self->bias);
      scores = paddock_compute_graph_each (graph, scores, mask);
      result = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, value_length, tokens, heads, streams, v,
                                           scores, NONE);
      result = paddock_compute_graph_permute (graph, result, 0, 2, 1, 3);
      result = paddock_compute_graph_pack_2d (graph, result, value_length * heads, tokens * streams);
    }
  paddock_compute_graph_expand (graph, result);
  return result;
}

/* A gate has a number for each element of the result, or one for each head. */
static PaddockComputeRef
let_through (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef gate)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeTensor shape = graph->tensors[a];
  gint64 heads = graph->tensors[gate].ne[0];

  if (heads == shape.ne[0] || heads <= 0)
    return paddock_compute_graph_each (graph, a, gate);
  a = paddock_compute_graph_reshape (graph, a, shape.ne[0] / heads, heads, shape.ne[1], 1);
  gate = paddock_compute_graph_reshape (graph, gate, 1, heads, shape.ne[1], 1);
  a = paddock_compute_graph_each (graph, a, gate);
  return paddock_compute_graph_reshape (graph, a, shape.ne[0], shape.ne[1], 1, 1);
}

/**
 * paddock_graph_attend_output:
 * @gate: what the result is multiplied with; or outside, for nothing
 *
 * Puts the heads together again.
 */
PaddockComputeRef
paddock_graph_attend_output (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef gate)
{
  if (gate != NONE)
    a = let_through (self, a, paddock_compute_graph_each (self->graph, gate, NONE));
  if (paddock_graph_builder_has (self, PADDOCK_WEIGHT_ATTN_SUB_NORM))
    a = paddock_graph_norm (self, a, self->weights.of[PADDOCK_WEIGHT_ATTN_SUB_NORM], NULL);
  if (!paddock_graph_builder_has (self, PADDOCK_WEIGHT_ATTN_OUTPUT))
    return a;
  return product (self, a, PADDOCK_WEIGHT_ATTN_OUTPUT, PADDOCK_WEIGHT_ATTN_OUTPUT_BIAS);
}

/* Values that were put into the cache for flash attention are turned round where it is not used after all. */
static PaddockComputeRef
transpose_values (PaddockGraphBuilder *self, const PaddockShapeLayer *sizes, gint64 cells)
{
  const guint64 row[4] = { (guint64) cells, 1, 1, 1 };
  guint64 bytes = 0;

  if (self->request->cache_v == NULL || !paddock_quant_type_compute_size (self->request->cache_v, row, &bytes))
    return NONE;
  return paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F16, (gint64) bytes / 2, sizes->value_length,
                                     sizes->kv_heads, self->streams, NONE, NONE, NONE);
}

/**
 * paddock_graph_halve_rows:
 *
 * Flash attention reads half precision: of a cache in full precision it makes a copy, which names itself as a source.
 */
PaddockComputeRef
paddock_graph_halve_rows (PaddockGraphBuilder *self, const PaddockQuantType *type, gint64 length, gint64 cells,
                          gint64 heads)
{
  PaddockComputeRef copy;

  if (!self->flash || type == NULL || strcmp (type->name, "F32") != 0)
    return NONE;
  copy = paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F16, length, cells, heads, self->streams, NONE,
                                     NONE, NONE);
  paddock_compute_graph_read (self->graph, copy, copy);
  return copy;
}

/**
 * paddock_graph_attend:
 *
 * Writes keys and values of a batch into the cache, if this layer makes some, and attends to all that is in it.
 */
PaddockComputeRef
paddock_graph_attend (PaddockGraphBuilder *self, guint layer, PaddockGraphQkv qkv, PaddockComputeRef gate)
{
  const PaddockShapeLayer *sizes = &self->shape->layer[layer];
  gboolean windows = self->shape->window_kind != PADDOCK_SHAPE_WINDOW_NONE;
  const PaddockGraphCache *cache = windows && sizes->sliding ? &self->sliding : &self->full;
  PaddockComputeRef result, keys = NONE, values = NONE;

  qkv.q = paddock_graph_turn (self, qkv.q, cache->key_turn);
  if (qkv.k != NONE)
    {
      qkv.k = paddock_graph_turn (self, qkv.k, cache->key_turn);
      qkv.v = paddock_graph_turn (self, qkv.v, cache->value_turn);
    }
  paddock_compute_graph_expand (self->graph, qkv.q);
  if (qkv.k != NONE)
    {
      paddock_compute_graph_expand (self->graph, windows ? qkv.k : qkv.v);
      paddock_compute_graph_expand (self->graph, windows ? qkv.v : qkv.k);
      store_keys (self, cache, qkv.k);
      store_values (self, cache, qkv.v);
    }
  if (self->flash && self->bias != NONE)
    values = transpose_values (self, sizes, cache->cells);
  else
    {
      keys = paddock_graph_halve_rows (self, self->request->cache_k, sizes->key_length, cache->cells, sizes->kv_heads);
      values =
        paddock_graph_halve_rows (self, self->request->cache_v, sizes->value_length, cache->cells, sizes->kv_heads);
    }
  result = paddock_graph_attend_to (self, qkv.q, keys, values, cache->cells, sizes->value_length, self->streams,
                                    cache->mask);
  result = paddock_graph_turn (self, result, cache->value_turn);
  return paddock_graph_attend_output (self, result, gate);
}
