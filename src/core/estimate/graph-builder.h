/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/compute-graph.h"
#include "estimate/graph-traits.h"
#include "estimate/graph-weights.h"
#include "estimate/memory-request.h"

G_BEGIN_DECLS

/* What attention reads besides its tokens: one of these for the layers that see everything, one for those that slide. */
typedef struct
{
  gint64 cells;                      /* of one stream */
  PaddockComputeRef mask;
  PaddockComputeRef key_places;      /* where in the cache the keys of the batch go */
  PaddockComputeRef value_places;
  PaddockComputeRef key_turn;        /* quantized caches keep rotated rows: the matrix for that, or none */
  PaddockComputeRef value_turn;
} PaddockGraphCache;

/**
 * PaddockGraphBuilder:
 *
 * What all parts of a graph have in common while it is built: the model, how it is to be run, and the inputs.
 */
typedef struct _PaddockGraphBuilder PaddockGraphBuilder;
struct _PaddockGraphBuilder
{
  PaddockComputeGraph *graph;
  const PaddockModelShape *shape;
  const PaddockMemoryRequest *request;
  const PaddockGraphTraits *traits;
  PaddockGraphWeights weights;       /* of the layer that is being built */
  PaddockGraphWeights common;        /* outside of layers */

  gint64 tokens;                     /* of the largest batch */
  gint64 outputs;                    /* rows that go through the head */
  gint64 sequences, streams;
  gboolean flash;

  PaddockGraphCache full, sliding, index;
  PaddockComputeRef positions;
  PaddockComputeRef rows;            /* which tokens have an output */
  PaddockComputeRef wide;            /* the input with the layers of an image behind it; or none */
  PaddockComputeRef bias;            /* added to scores of attention, which is not fused then; or none */
  PaddockComputeRef factors;         /* one for each token, by which queries are scaled; or none */
  PaddockComputeRef states;          /* which state each sequence goes on from, or none */
  PaddockComputeRef batch_states, other_states; /* those of sequences in the batch, and of all but the first */
  int weights_of;                    /* the layer of these; for the builder alone */
};

gboolean paddock_graph_builder_begin (PaddockGraphBuilder *self, PaddockComputeGraph *graph,
                                      const PaddockModelShape *shape, const PaddockMemoryRequest *request);
/* Makes a layer's weights the current ones. */
void     paddock_graph_builder_enter (PaddockGraphBuilder *self, guint layer);

static inline gboolean
paddock_graph_builder_has (const PaddockGraphBuilder *self, PaddockWeight weight)
{
  return weight < PADDOCK_N_WEIGHTS && self->weights.of[weight] != NULL;
}

static inline gint64
paddock_graph_builder_width (const PaddockGraphBuilder *self, PaddockWeight weight)
{
  return self->weights.of[weight] != NULL ? self->weights.of[weight]->ne[1] : 0;
}

/* Inputs */
PaddockComputeRef paddock_graph_input_embedding (PaddockGraphBuilder *self);
PaddockComputeRef paddock_graph_input_scaled     (PaddockGraphBuilder *self, PaddockComputeRef a);
void              paddock_graph_input_caches    (PaddockGraphBuilder *self);
void              paddock_graph_input_batch_mask (PaddockGraphBuilder *self);

/* Blocks that architectures share. */
PaddockComputeRef paddock_graph_norm      (PaddockGraphBuilder *self, PaddockComputeRef a, const PaddockShapeTensor *weight,
                                           const PaddockShapeTensor *bias);
PaddockComputeRef paddock_graph_mean_norm (PaddockGraphBuilder *self, PaddockComputeRef a, gboolean weight, gboolean bias);
PaddockComputeRef paddock_graph_rms_norm  (PaddockGraphBuilder *self, PaddockComputeRef a, gboolean weight);
PaddockComputeRef paddock_graph_bias      (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockWeight bias);
PaddockComputeRef paddock_graph_pick_rows (PaddockGraphBuilder *self, PaddockComputeRef a);
void              paddock_graph_head      (PaddockGraphBuilder *self, PaddockComputeRef a);

/* Queries, keys and values of a batch. */
typedef struct
{
  PaddockComputeRef q, k, v;
} PaddockGraphQkv;

PaddockGraphQkv   paddock_graph_project   (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a);
PaddockComputeRef paddock_graph_attend (PaddockGraphBuilder *self, guint layer, PaddockGraphQkv qkv,
                                        PaddockComputeRef gate);
PaddockComputeRef paddock_graph_attend_output (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef gate);
PaddockComputeRef paddock_graph_attend_batch (PaddockGraphBuilder *self, guint layer, PaddockGraphQkv qkv);
PaddockComputeRef paddock_graph_attend_to (PaddockGraphBuilder *self, PaddockComputeRef q, PaddockComputeRef k,
                                           PaddockComputeRef v, gint64 cells, gint64 value_length, gint64 streams,
                                           PaddockComputeRef mask);
PaddockComputeRef paddock_graph_attend_gated (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a);
PaddockComputeRef paddock_graph_attend_latent (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a);
PaddockComputeRef paddock_graph_halve     (PaddockGraphBuilder *self, PaddockComputeRef a);
PaddockComputeRef paddock_graph_turn      (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef matrix);

PaddockComputeRef paddock_graph_feed_forward (PaddockGraphBuilder *self, PaddockComputeRef a);
PaddockComputeRef paddock_graph_experts      (PaddockGraphBuilder *self, PaddockComputeRef a);
PaddockComputeRef paddock_graph_experts_chosen (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef logits);

/* Whole graphs, a family of architectures each. */
void paddock_graph_decoder (PaddockGraphBuilder *self);
void paddock_graph_encoder (PaddockGraphBuilder *self);
void paddock_graph_gemma3n (PaddockGraphBuilder *self);
void paddock_graph_gemma4  (PaddockGraphBuilder *self);
void paddock_graph_hybrid  (PaddockGraphBuilder *self);
void paddock_graph_mamba   (PaddockGraphBuilder *self);
void paddock_graph_rwkv    (PaddockGraphBuilder *self);
void paddock_graph_t5      (PaddockGraphBuilder *self);
void paddock_graph_t5_encoder (PaddockGraphBuilder *self);

G_END_DECLS
