/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"
#include "model/arch-table.h"

G_BEGIN_DECLS

#define PADDOCK_SHAPE_MAX_LAYERS 512   /* llama.cpp takes no more */

typedef enum
{
  PADDOCK_SHAPE_WINDOW_NONE,
  PADDOCK_SHAPE_WINDOW_SLIDING,      /* the last tokens */
  PADDOCK_SHAPE_WINDOW_CHUNKED,      /* those of the same chunk */
  PADDOCK_SHAPE_WINDOW_SYMMETRIC     /* as many before as behind */
} PaddockShapeWindow;

/* How the scores of experts become weights, by the numbers of expert_gating_func. */
typedef enum
{
  PADDOCK_SHAPE_GATING_NONE,
  PADDOCK_SHAPE_GATING_SOFTMAX,
  PADDOCK_SHAPE_GATING_SIGMOID,
  PADDOCK_SHAPE_GATING_SOFTMAX_WEIGHT,
  PADDOCK_SHAPE_GATING_SQUARE_ROOT_SOFTPLUS
} PaddockShapeGating;

typedef struct
{
  const char *name;                  /* "attn_q.weight" without its block, "enc.attn_q.weight"; else the whole name */
  const PaddockQuantType *type;      /* NULL: a type that nobody knows */
  gint64 ne[4];
  guint64 bytes;                     /* as stored, without padding; 0 if it is not sized */
  gboolean sized;
  int layer;                         /* -1 outside of blocks */
} PaddockShapeTensor;

typedef struct
{
  guint32 heads;                     /* 0: no attention here */
  guint32 kv_heads;
  guint32 key_length;                /* of one head, in this layer */
  guint32 value_length;
  guint32 feed_forward;
  guint32 alike;                     /* the first layer with the same tensors, shapes, types and settings */
  gboolean recurrent;                /* has a state (in few models besides a cache) */
  gboolean sliding;                  /* sees only the window */
  gboolean has_cache;                /* FALSE where it shares another layer's, and where nothing is kept */
} PaddockShapeLayer;

/**
 * PaddockModelShape:
 *
 * All of a header that an estimate needs: numbers of the architecture and tensors by layer. Numbers that the header
 * does not tell have the engine's default, else 0. Reference counted and immutable; the fields are read only.
 */
typedef struct _PaddockModelShape PaddockModelShape;
struct _PaddockModelShape
{
  const PaddockArch *arch;           /* NULL: one that nobody knows */
  char *architecture;
  PaddockQuantDialect dialect;

  guint32 layers, nextn_layers;      /* the latter are the last of the former: they guess ahead */
  guint32 decoder_layers;            /* of an encoder with a decoder */
  guint32 embedding, embedding_out, embedding_per_layer;
  guint32 vocabulary, training_context, classes;

  guint32 heads, kv_heads;           /* the most of any layer */
  guint32 key_length, value_length, key_length_sliding, value_length_sliding;
  guint32 rope_dimensions, rope_dimensions_sliding, rope_sections[4];
  guint32 window;
  PaddockShapeWindow window_kind;
  guint32 relative_buckets, deepstack_layers;
  gboolean causal, parallel_residual, alibi;
  int pooling;                       /* as in pooling_type; -1: none is told */
  double max_alibi_bias, clamp_kqv, attention_softcap, router_softcap, final_softcap;
  double attention_scale, embedding_scale, residual_scale, logit_scale, temperature_scale;
  guint32 temperature_length;

  /* Latent attention: with key_length_mla, keys are kept compressed and values not at all. */
  guint32 q_lora, kv_lora, key_length_mla, value_length_mla;
  guint32 indexer_heads, indexer_key_length, indexer_top;

  guint32 experts, experts_used, experts_shared, expert_groups, expert_groups_used, group_experts;
  guint32 expert_feed_forward, expert_shared_feed_forward, expert_chunk_feed_forward, expert_latent;
  guint32 leading_dense, expert_layer_step;
  PaddockShapeGating gating;
  gboolean expert_weights_norm;
  double expert_weights_scale;

  guint32 conv, inner, state, time_step_rank, groups, kda_head_length;
  guint32 wkv_head_size, token_shift, time_mix_extra, time_decay_extra, rescale_every;
  guint32 decay_lora, iclr_lora, value_residual_lora, gate_lora;
  guint32 shortconv_l_cache, altup_inputs, altup_active, no_rope_step, full_attention_interval;

  PaddockShapeLayer *layer;          /* [layers] */
  PaddockShapeTensor *tensors;       /* those outside of blocks first, then layer by layer, by name */
  guint n_tensors;

  /*< private >*/
  guint *first;                      /* [layers + 2]: where the tensors of a layer begin, from layer -1 on */
  char *names;
  gint references;
};

PaddockModelShape *paddock_model_shape_new   (PaddockGgufShards *shards, GError **error);
PaddockModelShape *paddock_model_shape_ref   (PaddockModelShape *self);
void               paddock_model_shape_unref (PaddockModelShape *self);

/* layer is -1 outside of blocks; NULL: there is none */
const PaddockShapeTensor *paddock_model_shape_find (const PaddockModelShape *self, int layer, const char *name);
/* The tensors of one layer, or of none with -1. */
const PaddockShapeTensor *paddock_model_shape_list (const PaddockModelShape *self, int layer, guint *n_tensors);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockModelShape, paddock_model_shape_unref)

G_END_DECLS
