/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/shape-keys.h"

#include <math.h>
#include <string.h>

#include "estimate/estimate-error.h"
#include "gguf/gguf-array.h"

/* Far above what any model has, and so low that a product of three fits 64 bits. */
#define MAX_LENGTH (1 << 20)
#define MAX_WIDE (1 << 24)
#define MAX_EXPERTS (1 << 14)

/* The longest suffix, the longest name of an architecture that is looked at, and the point between them. */
#define MAX_KEY 256

typedef struct
{
  const char *suffix;
  gsize offset;
  guint32 maximum;
  gboolean required;                 /* and not zero */
} NumberKey;

typedef struct
{
  const char *suffix;
  gsize offset;
} PlainKey;

#define NUMBER(suffix, field, maximum) { suffix, G_STRUCT_OFFSET (PaddockModelShape, field), maximum, FALSE }
#define REQUIRED(suffix, field, maximum) { suffix, G_STRUCT_OFFSET (PaddockModelShape, field), maximum, TRUE }
#define PLAIN(suffix, field) { suffix, G_STRUCT_OFFSET (PaddockModelShape, field) }

static const NumberKey numbers[] = {
  REQUIRED ("block_count", layers, PADDOCK_SHAPE_MAX_LAYERS),
  REQUIRED ("embedding_length", embedding, MAX_LENGTH),
  REQUIRED ("context_length", training_context, PADDOCK_MODEL_MAX_CONTEXT),
  NUMBER ("nextn_predict_layers", nextn_layers, PADDOCK_SHAPE_MAX_LAYERS),
  NUMBER ("decoder_block_count", decoder_layers, PADDOCK_SHAPE_MAX_LAYERS),
  NUMBER ("embedding_length_out", embedding_out, MAX_LENGTH),
  NUMBER ("embedding_length_per_layer_input", embedding_per_layer, MAX_LENGTH),
  NUMBER ("vocab_size", vocabulary, MAX_WIDE),
  NUMBER ("attention.key_length", key_length, MAX_LENGTH),
  NUMBER ("attention.value_length", value_length, MAX_LENGTH),
  NUMBER ("attention.key_length_swa", key_length_sliding, MAX_LENGTH),
  NUMBER ("attention.value_length_swa", value_length_sliding, MAX_LENGTH),
  NUMBER ("rope.dimension_count", rope_dimensions, MAX_LENGTH),
  NUMBER ("rope.dimension_count_swa", rope_dimensions_sliding, MAX_LENGTH),
  NUMBER ("attention.sliding_window", window, PADDOCK_MODEL_MAX_CONTEXT),
  NUMBER ("attention.relative_buckets_count", relative_buckets, MAX_LENGTH),
  NUMBER ("n_deepstack_layers", deepstack_layers, 64),
  NUMBER ("attention.temperature_length", temperature_length, PADDOCK_MODEL_MAX_CONTEXT),
  NUMBER ("attention.q_lora_rank", q_lora, MAX_LENGTH),
  NUMBER ("attention.kv_lora_rank", kv_lora, MAX_LENGTH),
  NUMBER ("attention.key_length_mla", key_length_mla, MAX_LENGTH),
  NUMBER ("attention.value_length_mla", value_length_mla, MAX_LENGTH),
  NUMBER ("attention.indexer.head_count", indexer_heads, MAX_LENGTH),
  NUMBER ("attention.indexer.key_length", indexer_key_length, MAX_LENGTH),
  NUMBER ("attention.indexer.top_k", indexer_top, PADDOCK_MODEL_MAX_CONTEXT),
  NUMBER ("expert_count", experts, MAX_EXPERTS),
  NUMBER ("expert_used_count", experts_used, MAX_EXPERTS),
  NUMBER ("expert_shared_count", experts_shared, MAX_EXPERTS),
  NUMBER ("expert_group_count", expert_groups, MAX_EXPERTS),
  NUMBER ("expert_group_used_count", expert_groups_used, MAX_EXPERTS),
  NUMBER ("experts_per_group", group_experts, MAX_EXPERTS),
  NUMBER ("expert_feed_forward_length", expert_feed_forward, MAX_WIDE),
  NUMBER ("expert_shared_feed_forward_length", expert_shared_feed_forward, MAX_WIDE),
  NUMBER ("expert_chunk_feed_forward_length", expert_chunk_feed_forward, MAX_WIDE),
  NUMBER ("moe_latent_size", expert_latent, MAX_WIDE),
  NUMBER ("leading_dense_block_count", leading_dense, PADDOCK_SHAPE_MAX_LAYERS),
  NUMBER ("interleave_moe_layer_step", expert_layer_step, PADDOCK_SHAPE_MAX_LAYERS),
  NUMBER ("moe_every_n_layers", expert_layer_step, PADDOCK_SHAPE_MAX_LAYERS),
  NUMBER ("ssm.conv_kernel", conv, 1 << 16),
  NUMBER ("ssm.inner_size", inner, MAX_WIDE),
  NUMBER ("ssm.state_size", state, MAX_LENGTH),
  NUMBER ("ssm.time_step_rank", time_step_rank, MAX_WIDE),
  NUMBER ("ssm.group_count", groups, 1 << 16),
  NUMBER ("kda.head_dim", kda_head_length, 1 << 16),
  NUMBER ("wkv.head_size", wkv_head_size, 1 << 16),
  NUMBER ("token_shift_count", token_shift, 1 << 8),
  NUMBER ("time_mix_extra_dim", time_mix_extra, MAX_LENGTH),
  NUMBER ("time_decay_extra_dim", time_decay_extra, MAX_LENGTH),
  NUMBER ("rescale_every_n_layers", rescale_every, MAX_LENGTH),
  NUMBER ("attention.decay_lora_rank", decay_lora, MAX_LENGTH),
  NUMBER ("attention.iclr_lora_rank", iclr_lora, MAX_LENGTH),
  NUMBER ("attention.value_residual_mix_lora_rank", value_residual_lora, MAX_LENGTH),
  NUMBER ("attention.gate_lora_rank", gate_lora, MAX_LENGTH),
  NUMBER ("shortconv.l_cache", shortconv_l_cache, 1 << 16),
  NUMBER ("altup.num_inputs", altup_inputs, 1 << 8),
  NUMBER ("altup.active_idx", altup_active, 1 << 8),
  NUMBER ("full_attention_interval", full_attention_interval, PADDOCK_SHAPE_MAX_LAYERS),
};

static const PlainKey reals[] = {
  PLAIN ("attention.max_alibi_bias", max_alibi_bias), PLAIN ("attention.clamp_kqv", clamp_kqv),
  PLAIN ("attn_logit_softcapping", attention_softcap), PLAIN ("router_logit_softcapping", router_softcap),
  PLAIN ("final_logit_softcapping", final_softcap),   PLAIN ("attention.scale", attention_scale),
  PLAIN ("embedding_scale", embedding_scale),         PLAIN ("residual_scale", residual_scale),
  PLAIN ("logit_scale", logit_scale),                 PLAIN ("attention.temperature_scale", temperature_scale),
  PLAIN ("expert_weights_scale", expert_weights_scale),
};

static const PlainKey switches[] = {
  PLAIN ("attention.causal", causal),
  PLAIN ("use_parallel_residual", parallel_residual),
  PLAIN ("expert_weights_norm", expert_weights_norm),
};

static const PaddockGgufEntry *
find_key (const PaddockModelShape *shape, const PaddockGgufMetadata *metadata, const char *suffix, char key[MAX_KEY])
{
  g_snprintf (key, MAX_KEY, "%s.%s", shape->architecture, suffix);
  return paddock_gguf_metadata_find (metadata, key);
}

static gboolean
set_absurd (GError **error, const char *key, guint64 maximum)
{
  g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_HEADER,
               "%s is not a number from 0 to %" G_GUINT64_FORMAT, key, maximum);
  return FALSE;
}

static gboolean
read_number (PaddockModelShape *shape, const PaddockGgufMetadata *metadata, const NumberKey *rule, GError **error)
{
  char key[MAX_KEY];
  const PaddockGgufEntry *entry = find_key (shape, metadata, rule->suffix, key);
  guint64 value = 0;

  if (entry != NULL && entry->type == PADDOCK_GGUF_ARRAY && !rule->required)
    return TRUE;   /* one for each layer: not a number of the model */
  if (entry != NULL && (!paddock_gguf_metadata_read_uint (metadata, entry, &value) || value > rule->maximum))
    return set_absurd (error, key, rule->maximum);
  if (rule->required && value == 0)
    {
      g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_HEADER, "%s is %s", key,
                   entry == NULL ? "missing" : "0");
      return FALSE;
    }
  if (entry != NULL)
    G_STRUCT_MEMBER (guint32, shape, rule->offset) = (guint32) value;
  return TRUE;
}

static void
read_plain (PaddockModelShape *shape, const PaddockGgufMetadata *metadata)
{
  char key[MAX_KEY];

  for (gsize i = 0; i < G_N_ELEMENTS (reals); i++)
    {
      const PaddockGgufEntry *entry = find_key (shape, metadata, reals[i].suffix, key);
      double value = 0;

      if (entry != NULL && paddock_gguf_metadata_read_double (metadata, entry, &value) && isfinite (value))
        G_STRUCT_MEMBER (double, shape, reals[i].offset) = value;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      gboolean value = FALSE;

      g_snprintf (key, sizeof key, "%s.%s", shape->architecture, switches[i].suffix);
      if (paddock_gguf_metadata_get_bool (metadata, key, &value))
        G_STRUCT_MEMBER (gboolean, shape, switches[i].offset) = value;
    }
}

/* Numbers that choose among a few. */
static void
read_choices (PaddockModelShape *shape, const PaddockGgufMetadata *metadata)
{
  char key[MAX_KEY];
  const PaddockGgufEntry *entry = find_key (shape, metadata, "expert_gating_func", key);
  guint64 value = 0;

  if (entry != NULL && paddock_gguf_metadata_read_uint (metadata, entry, &value) &&
      value <= PADDOCK_SHAPE_GATING_SQUARE_ROOT_SOFTPLUS)
    shape->gating = (PaddockShapeGating) value;
  entry = find_key (shape, metadata, "pooling_type", key);
  shape->pooling = entry != NULL && paddock_gguf_metadata_read_uint (metadata, entry, &value) && value <= 8
                     ? (int) value
                     : -1;
}

static void
read_sections (PaddockModelShape *shape, const PaddockGgufMetadata *metadata)
{
  char key[MAX_KEY];
  const PaddockGgufEntry *entry = find_key (shape, metadata, "rope.dimension_sections", key);
  g_autoptr(PaddockGgufArray) array = entry != NULL ? paddock_gguf_array_new (metadata, entry) : NULL;

  for (guint i = 0; array != NULL && i < G_N_ELEMENTS (shape->rope_sections); i++)
    {
      guint64 value = 0;

      if (paddock_gguf_array_read_uint (array, i, &value) && value <= MAX_LENGTH)
        shape->rope_sections[i] = (guint32) value;
    }
}

static void
read_classes (PaddockModelShape *shape, const PaddockGgufMetadata *metadata)
{
  char key[MAX_KEY];
  const PaddockGgufEntry *entry = find_key (shape, metadata, "classifier.output_labels", key);

  if (entry != NULL && entry->type == PADDOCK_GGUF_ARRAY)
    shape->classes = (guint32) MIN (entry->length, (guint64) MAX_WIDE);
}

gboolean
paddock_shape_keys_read (PaddockModelShape *shape, const PaddockGgufMetadata *metadata, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (!read_number (shape, metadata, &numbers[i], error))
        return FALSE;
    }
  read_plain (shape, metadata);
  read_choices (shape, metadata);
  read_sections (shape, metadata);
  read_classes (shape, metadata);
  return TRUE;
}

/* A number, or a switch as 0 and 1. */
static gboolean
read_element (PaddockGgufArray *array, guint64 position, guint64 *value)
{
  gboolean on = FALSE;

  if (paddock_gguf_array_read_uint (array, position, value))
    return TRUE;
  if (!paddock_gguf_array_read_bool (array, position, &on))
    return FALSE;
  *value = on ? 1 : 0;
  return TRUE;
}

/* Some files leave out the layers that guess ahead. */
static gboolean
check_length (const PaddockModelShape *shape, const char *key, guint64 length, GError **error)
{
  if (length == shape->layers || length == shape->layers - shape->nextn_layers)
    return TRUE;
  g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_HEADER,
               "%s has %" G_GUINT64_FORMAT " numbers for %u layers", key, length, shape->layers);
  return FALSE;
}

gboolean
paddock_shape_keys_read_layers (const PaddockModelShape *shape, const PaddockGgufMetadata *metadata, const char *suffix,
                                guint64 maximum, guint32 *values, gboolean *present, GError **error)
{
  char key[MAX_KEY];
  const PaddockGgufEntry *entry = find_key (shape, metadata, suffix, key);
  g_autoptr(PaddockGgufArray) array = NULL;
  guint64 value = 0, length;

  if (present != NULL)
    *present = entry != NULL;
  if (entry == NULL)
    return TRUE;
  if (entry->type == PADDOCK_GGUF_ARRAY)
    array = paddock_gguf_array_new (metadata, entry);
  else if (!paddock_gguf_metadata_read_uint (metadata, entry, &value) || value > maximum)
    return set_absurd (error, key, maximum);
  length = array != NULL ? paddock_gguf_array_get_length (array) : shape->layers;
  if (!check_length (shape, key, length, error))
    return FALSE;
  for (guint i = 0; i < length; i++)
    {
      if (array != NULL && (!read_element (array, i, &value) || value > maximum))
        return set_absurd (error, key, maximum);
      values[i] = (guint32) value;
    }
  return TRUE;
}
