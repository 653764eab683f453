/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-indexer.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/* Latent attention: keys and values of a token come out of one short vector, and so do its queries in large models. A
 * part of each is rotated by position, the rest is not. */

static PaddockComputeRef
weigh (PaddockGraphBuilder *self, guint layer, const char *name, PaddockComputeRef a)
{
  const PaddockShapeTensor *weight = paddock_model_shape_find (self->shape, (int) layer, name);

  return paddock_compute_graph_weigh (self->graph, weight != NULL ? weight->ne[1] : 0, a);
}

static gboolean
has (const PaddockGraphBuilder *self, guint layer, const char *name)
{
  return paddock_model_shape_find (self->shape, (int) layer, name) != NULL;
}

static PaddockComputeRef
rotate (PaddockGraphBuilder *self, PaddockComputeRef a)
{
  if ((self->traits->habits & PADDOCK_GRAPH_NO_ROTATION) != 0)
    return a;
  return paddock_compute_graph_each (self->graph, a, self->positions);
}

static PaddockComputeRef
join (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef b)
{
  PaddockComputeTensor first = self->graph->tensors[a], second = self->graph->tensors[b];

  return paddock_compute_graph_make (self->graph, 0, PADDOCK_COMPUTE_F32, first.ne[0] + second.ne[0], first.ne[1],
                                     first.ne[2], first.ne[3], a, b, NONE);
}

/* Some elements of each head. */
static PaddockComputeRef
part (PaddockGraphBuilder *self, PaddockComputeRef a, gint64 length)
{
  PaddockComputeTensor shape = self->graph->tensors[a];

  return paddock_compute_graph_view (self->graph, a, length, shape.ne[1], shape.ne[2], 1, shape.nb[1], shape.nb[2], 0);
}

/* @narrow: (out): what they are made of, which the indexer reads as well */
static PaddockComputeRef
queries (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a, gint64 length, gint64 heads,
         PaddockComputeRef *narrow)
{
  PaddockComputeRef q;

  *narrow = a;
  if (has (self, layer, "attn_q_a.weight"))
    {
      q = weigh (self, layer, "attn_q_a.weight", a);
      q = *narrow = paddock_graph_rms_norm (self, q, TRUE);
      q = weigh (self, layer, "attn_q_b.weight", q);
    }
  else
    q = weigh (self, layer, "attn_q.weight", a);
  return paddock_compute_graph_reshape (self->graph, q, length, heads, self->tokens, 1);
}

/* Keys and values are made anew out of the short vectors, and the cache holds them in full. */
static PaddockComputeRef
attend_in_full (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  const PaddockShapeLayer *sizes = &self->shape->layer[layer];
  PaddockComputeGraph *graph = self->graph;
  gint64 heads = sizes->heads, turned = self->shape->rope_dimensions, plain = sizes->key_length - turned;
  gint64 value_length = sizes->value_length, both = (plain + value_length) * 4, latent = self->shape->kv_lora;
  PaddockComputeRef packed, shared, all, plain_keys, narrow;
  PaddockComputeTensor shape;
  PaddockGraphQkv qkv;

  qkv.q = rotate (self, queries (self, layer, a, sizes->key_length, heads, &narrow));
  packed = weigh (self, layer, "attn_kv_a_mqa.weight", a);
  shape = graph->tensors[packed];
  shared = paddock_compute_graph_view (graph, packed, turned, 1, self->tokens, 1, shape.nb[1], shape.nb[1], 0);
  all = paddock_compute_graph_view (graph, packed, latent, self->tokens, 1, 1, shape.nb[1], 0, 0);
  all = weigh (self, layer, "attn_kv_b.weight", paddock_graph_rms_norm (self, all, TRUE));
  qkv.v = paddock_compute_graph_view (graph, all, value_length, heads, self->tokens, 1, both, both * heads, 0);
  qkv.v = paddock_compute_graph_pack (graph, qkv.v);
  plain_keys = paddock_compute_graph_view (graph, all, plain, heads, self->tokens, 1, both, both * heads, 0);
  shared = rotate (self, shared);
  shared = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, turned, heads, self->tokens, 1, shared, NONE,
                                       NONE);
  qkv.k = join (self, plain_keys, shared);
  return paddock_graph_attend (self, layer, qkv, NONE);
}

/* From the compressed values that heads attended to back to their own. */
static PaddockComputeRef
unfold (PaddockGraphBuilder *self, PaddockComputeRef a, gint64 value_length)
{
  PaddockComputeGraph *graph = self->graph;
  gint64 tokens = graph->tensors[a].ne[1], heads = graph->tensors[a].ne[2], streams = graph->tensors[a].ne[3];
  PaddockComputeRef result = paddock_compute_graph_weigh (graph, value_length, a);

  result = paddock_compute_graph_permute (graph, result, 0, 2, 1, 3);
  if (!self->flash)
    return paddock_compute_graph_pack_2d (graph, result, value_length * heads, tokens * streams);
  result = paddock_compute_graph_pack (graph, result);
  return paddock_compute_graph_reshape (graph, result, value_length * heads, tokens * streams, 1, 1);
}

/* Over the cache of compressed keys, a part of which serves as values. */
static PaddockComputeRef
attend_to_latent (PaddockGraphBuilder *self, PaddockComputeRef q, gint64 latent, gint64 value_length,
                  PaddockComputeRef mask)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeTensor shape = graph->tensors[q];
  gint64 heads = shape.ne[1], streams = self->streams, tokens = self->tokens / streams, cells = self->full.cells;
  PaddockComputeRef result;

  q = paddock_compute_graph_view (graph, q, shape.ne[0], heads, tokens, streams, shape.nb[1], shape.nb[2],
                                  shape.nb[3] / streams);
  q = paddock_compute_graph_permute (graph, q, 0, 2, 1, 3);
  if (self->flash)
    {
      const PaddockQuantType *type = self->request->cache_k;
      PaddockComputeRef keys = paddock_graph_halve_rows (self, type, shape.ne[0], cells, 1);
      PaddockComputeRef values = paddock_graph_halve_rows (self, type, latent, cells, 1);

      result = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, latent, heads, tokens, streams, q, keys,
                                           values);
      paddock_compute_graph_read (graph, result, mask);
      result = paddock_compute_graph_permute (graph, result, 0, 2, 1, 3);
    }
  else
    {
      PaddockComputeRef values = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F16, cells, latent, 1, streams,
                                                             NONE, NONE, NONE);
      PaddockComputeRef scores = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, cells, tokens, heads,
                                                             streams, q, NONE, NONE);

      scores = paddock_compute_graph_each (graph, scores, mask);
      result = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, latent, tokens, heads, streams, values,
                                           scores, NONE);
    }
  result = unfold (self, result, value_length);
  paddock_compute_graph_expand (graph, result);
  return result;
}

static PaddockComputeRef
attend_compressed (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  const PaddockModelShape *model = self->shape;
  PaddockComputeGraph *graph = self->graph;
  gint64 heads = model->layer[layer].heads, turned = model->rope_dimensions, latent = model->kv_lora;
  gint64 length = model->key_length_mla, plain = length - turned;
  PaddockComputeRef q, plain_queries, turned_queries, packed, k, v, turned_keys;
  PaddockComputeRef narrow, mask = self->full.mask;
  PaddockComputeTensor shape;

  q = queries (self, layer, a, length, heads, &narrow);
  plain_queries = part (self, q, plain);
  plain_queries = paddock_compute_graph_permute (graph, plain_queries, 0, 2, 1, 3);
  plain_queries = paddock_compute_graph_weigh (graph, latent, plain_queries);
  plain_queries = paddock_compute_graph_permute (graph, plain_queries, 0, 2, 1, 3);
  turned_queries = rotate (self, part (self, q, turned));
  q = join (self, plain_queries, turned_queries);
  if (self->factors != NONE)
    q = paddock_compute_graph_each (graph, q, self->factors);

  packed = weigh (self, layer, "attn_kv_a_mqa.weight", a);
  shape = graph->tensors[packed];
  v = paddock_compute_graph_view (graph, packed, latent, self->tokens, 1, 1, shape.nb[1], 0, 0);
  v = paddock_graph_rms_norm (self, v, TRUE);
  v = paddock_compute_graph_reshape (graph, v, latent, 1, self->tokens, 1);
  turned_keys = paddock_compute_graph_view (graph, packed, turned, 1, self->tokens, 1, shape.nb[1], shape.nb[1], 0);
  k = join (self, v, rotate (self, turned_keys));

  if (paddock_graph_is_indexed (self, layer))
    mask = paddock_graph_index (self, layer, a, narrow);
  paddock_compute_graph_expand (graph, q);
  paddock_compute_graph_expand (graph, v);
  paddock_compute_graph_expand (graph, k);
  k = paddock_compute_graph_view (graph, k, latent + turned, self->tokens, 1, 1, 0, 0, 0);
  paddock_compute_graph_expand (graph, paddock_compute_graph_store (graph, k, self->full.key_places));
  a = attend_to_latent (self, q, latent, model->value_length_mla, mask);
  return weigh (self, layer, "attn_output.weight", a);
}

/**
 * paddock_graph_attend_latent:
 *
 * In newer files the cache holds the short vectors, and the weights are cut up for that.
 */
PaddockComputeRef
paddock_graph_attend_latent (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a)
{
  return self->shape->key_length_mla > 0 && self->shape->value_length_mla > 0 ? attend_compressed (self, layer, a)
                                                                              : attend_in_full (self, layer, a);
}
