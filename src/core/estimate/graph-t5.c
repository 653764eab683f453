/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-builder.h"

#define NONE PADDOCK_COMPUTE_OUTSIDE

/* Weights of the encoder and those of the decoder have the same names, with a word before them. */
typedef struct
{
  PaddockGraphBuilder *builder;
  const char *side;
  guint layer;
} Half;

static const PaddockShapeTensor *
find (const Half *half, const char *name)
{
  g_autofree char *full = g_strdup_printf ("%s.%s.weight", half->side, name);

  return paddock_model_shape_find (half->builder->shape, (int) half->layer, full);
}

static PaddockComputeRef
weigh (const Half *half, const char *name, PaddockComputeRef a)
{
  const PaddockShapeTensor *weight = find (half, name);

  return paddock_compute_graph_weigh (half->builder->graph, weight != NULL ? weight->ne[1] : 0, a);
}

static PaddockComputeRef
product_by_head (const Half *half, const char *name, PaddockComputeRef a)
{
  PaddockGraphBuilder *self = half->builder;
  const PaddockShapeLayer *sizes = &self->shape->layer[0];
  gint64 rows = self->graph->tensors[a].ne[1];

  return paddock_compute_graph_reshape (self->graph, weigh (half, name, a), sizes->key_length, sizes->heads, rows, 1);
}

static PaddockGraphQkv
project (const Half *half, PaddockComputeRef a)
{
  PaddockGraphQkv qkv;

  qkv.q = product_by_head (half, "attn_q", a);
  qkv.k = product_by_head (half, "attn_k", a);
  qkv.v = product_by_head (half, "attn_v", a);
  return qkv;
}

/* A number for each head, for each pair of a token and what it sees, by how far they are apart. */
static PaddockComputeRef
distances (PaddockGraphBuilder *self, PaddockComputeRef buckets)
{
  PaddockComputeGraph *graph = self->graph;
  PaddockComputeTensor shape = graph->tensors[buckets];
  gint64 heads = self->shape->layer[0].heads, pairs = shape.ne[0] * shape.ne[1];
  PaddockComputeRef result = paddock_compute_graph_reshape (graph, buckets, pairs, 1, 1, 1);

  result = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, heads, pairs, 1, 1, result, NONE, NONE);
  result = paddock_compute_graph_reshape (graph, result, heads, shape.ne[0], shape.ne[1], 1);
  return paddock_compute_graph_pack (graph, paddock_compute_graph_permute (graph, result, 2, 0, 1, 3));
}

static PaddockComputeRef
think (const Half *half, PaddockComputeRef a)
{
  PaddockComputeGraph *graph = half->builder->graph;
  PaddockComputeRef cur = paddock_graph_rms_norm (half->builder, a, TRUE);

  if (find (half, "ffn_gate") != NULL)
    cur = paddock_compute_graph_apart (graph, weigh (half, "ffn_gate", cur), weigh (half, "ffn_up", cur));
  else
    cur = paddock_compute_graph_each (graph, weigh (half, "ffn_up", cur), NONE);
  return paddock_compute_graph_each (graph, weigh (half, "ffn_down", cur), a);
}

/* Attention to what the encoder made of the text. */
static PaddockComputeRef
attend_across (const Half *half, PaddockComputeRef a, PaddockComputeRef text, PaddockComputeRef mask)
{
  PaddockGraphBuilder *self = half->builder;
  PaddockComputeGraph *graph = self->graph;
  gint64 length = self->shape->layer[0].value_length, cells = graph->tensors[text].ne[1];
  PaddockGraphQkv qkv;

  qkv.q = product_by_head (half, "cross_attn_q", a);
  qkv.k = product_by_head (half, "cross_attn_k", text);
  qkv.v = product_by_head (half, "cross_attn_v", text);
  paddock_compute_graph_expand (graph, qkv.q);
  paddock_compute_graph_expand (graph, qkv.k);
  paddock_compute_graph_expand (graph, qkv.v);
  qkv.k = paddock_compute_graph_permute (graph, qkv.k, 0, 2, 1, 3);
  qkv.v = paddock_compute_graph_permute (graph, qkv.v, 0, 2, 1, 3);
  self->bias = NONE;
  if (self->flash)
    {
      qkv.k = paddock_graph_halve (self, qkv.k);
      qkv.v = paddock_graph_halve (self, qkv.v);
    }
  else
    qkv.v = paddock_compute_graph_pack (graph, paddock_compute_graph_permute (graph, qkv.v, 1, 0, 2, 3));
  return weigh (half, "cross_attn_o", paddock_graph_attend_to (self, qkv.q, qkv.k, qkv.v, cells, length, 1, mask));
}

/* The engine keeps all outputs of models with an encoder. */
static void
keep_all_rows (PaddockGraphBuilder *self)
{
  self->outputs = self->tokens;
  self->rows = paddock_compute_graph_input (self->graph, PADDOCK_COMPUTE_I32, self->outputs, 1, 1, 1);
}

/**
 * paddock_graph_t5:
 *
 * The decoder of an encoder with a decoder; the encoder's graph is never the larger one.
 */
void
paddock_graph_t5 (PaddockGraphBuilder *self)
{
  PaddockComputeGraph *graph = self->graph;
  guint n_layers = MIN (self->shape->decoder_layers != 0 ? self->shape->decoder_layers : self->shape->layers,
                        self->shape->layers);
  PaddockComputeRef cur = paddock_graph_input_embedding (self), buckets, text, mask;

  keep_all_rows (self);
  paddock_graph_input_caches (self);
  buckets = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_I32, self->full.cells, self->tokens, 1, 1);
  text = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_F32, self->shape->embedding,
                                      self->shape->training_context, 1, 1);
  mask = paddock_compute_graph_input (graph, self->flash ? PADDOCK_COMPUTE_F16 : PADDOCK_COMPUTE_F32,
                                      self->shape->training_context, self->tokens, 1, 1);
  for (guint i = 0; i < n_layers; i++)
    {
      Half half = { self, "dec", i };
      PaddockGraphQkv qkv = project (&half, paddock_graph_rms_norm (self, cur, TRUE));
      PaddockComputeRef sum;

      paddock_graph_builder_enter (self, i);
      self->bias = distances (self, buckets);
      sum = paddock_compute_graph_each (graph, weigh (&half, "attn_o", paddock_graph_attend (self, 0, qkv, NONE)), cur);
      cur = attend_across (&half, paddock_graph_rms_norm (self, sum, TRUE), text, mask);
      if (i + 1 == n_layers)
        {
          cur = paddock_graph_pick_rows (self, cur);
          sum = paddock_graph_pick_rows (self, sum);
        }
      cur = think (&half, paddock_compute_graph_each (graph, cur, sum));
    }
  self->common.of[PADDOCK_WEIGHT_OUTPUT_NORM] = paddock_model_shape_find (self->shape, -1, "dec.output_norm.weight");
  paddock_graph_head (self, cur);
}

/**
 * paddock_graph_t5_encoder:
 *
 * The encoder by itself.
 */
void
paddock_graph_t5_encoder (PaddockGraphBuilder *self)
{
  PaddockComputeGraph *graph = self->graph;
  guint n_layers = self->shape->layers;
  PaddockComputeRef cur = paddock_graph_input_embedding (self), buckets;

  keep_all_rows (self);
  paddock_graph_input_batch_mask (self);
  buckets = paddock_compute_graph_input (graph, PADDOCK_COMPUTE_I32, self->tokens, self->tokens, 1, 1);
  for (guint i = 0; i < n_layers; i++)
    {
      Half half = { self, "enc", i };
      PaddockGraphQkv qkv = project (&half, paddock_graph_rms_norm (self, cur, TRUE));
      PaddockComputeRef attended;

      paddock_graph_builder_enter (self, i);
      self->bias = distances (self, buckets);
      self->bias = paddock_compute_graph_make (graph, 0, PADDOCK_COMPUTE_F32, self->full.cells, self->tokens,
                                               graph->tensors[self->bias].ne[2], 1, self->bias, NONE, NONE);
      attended = weigh (&half, "attn_o", paddock_graph_attend_batch (self, 0, qkv));
      if (i + 1 == n_layers)
        {
          attended = paddock_graph_pick_rows (self, attended);
          cur = paddock_graph_pick_rows (self, cur);
        }
      cur = think (&half, paddock_compute_graph_each (graph, attended, cur));
    }
  self->common.of[PADDOCK_WEIGHT_OUTPUT_NORM] = self->common.of[PADDOCK_WEIGHT_ENC_OUTPUT_NORM];
  paddock_graph_head (self, cur);
}
