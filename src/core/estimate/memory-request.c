/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-request.h"

#include <string.h>

#include "estimate/estimate-error.h"
#include "estimate/shape-keys.h"

/* What llama-server does when nobody says anything. */
#define DEFAULT_BATCH 2048
#define DEFAULT_UBATCH 512
#define DEFAULT_PARALLEL 4

/* The types that llama-server takes for its cache. */
static const char *const cache_types[] = { "F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "IQ4_NL", "Q5_0", "Q5_1" };

/**
 * paddock_memory_request_init:
 * @self: (out caller-allocates): a request
 * @shape: a model
 *
 * Asks for what llama-server does by default: the context that the model has learnt, in one cache for four sequences.
 * A model for embeddings has a row of output for each token.
 */
void
paddock_memory_request_init (PaddockMemoryRequest *self, const PaddockModelShape *shape)
{
  const PaddockQuantType *half = paddock_quant_type_lookup_by_name ("F16");

  *self = (PaddockMemoryRequest) {
    .context = shape->training_context,
    .batch = DEFAULT_BATCH,
    .ubatch = DEFAULT_UBATCH,
    .parallel = DEFAULT_PARALLEL,
    .cache_k = half,
    .cache_v = half,
    .unified = TRUE,
    .mmap = TRUE,
    .outputs = shape->causal ? DEFAULT_PARALLEL : 0,
    .repack = g_intern_static_string ("auto"),
  };
}

/**
 * paddock_memory_request_uses_flash_attention:
 * @self: a request
 * @shape: a model
 *
 * Returns: whether the engine computes attention without keeping its scores
 */
gboolean
paddock_memory_request_uses_flash_attention (const PaddockMemoryRequest *self, const PaddockModelShape *shape)
{
  return self->flash_attention != PADDOCK_FLASH_ATTENTION_OFF && strcmp (shape->architecture, "grok") != 0;
}

static gboolean
check_context (const PaddockMemoryRequest *self, const PaddockModelShape *shape, GError **error)
{
  if (self->context == 0)
    g_set_error_literal (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_CONTEXT, "a context of 0 holds nothing");
  else if (self->context > (self->as_engine ? PADDOCK_MODEL_MAX_CONTEXT : shape->training_context))
    g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_CONTEXT,
                 "a context of %u is beyond the %u tokens that the model has learnt", self->context,
                 shape->training_context);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_parallel (const PaddockMemoryRequest *self, GError **error)
{
  if (self->parallel == 0)
    g_set_error_literal (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_PARALLEL,
                         "0 sequences at a time are none");
  else if (self->parallel > PADDOCK_MEMORY_MAX_PARALLEL)
    g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_PARALLEL,
                 "%u sequences at a time are more than the %d that llama.cpp takes", self->parallel,
                 PADDOCK_MEMORY_MAX_PARALLEL);
  else if (self->parallel > self->context)
    g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_PARALLEL,
                 "%u sequences cannot share a context of %u", self->parallel, self->context);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_batch (const PaddockMemoryRequest *self, GError **error)
{
  if (self->batch == 0 || self->ubatch == 0)
    g_set_error_literal (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_BATCH, "a batch of 0 moves nothing");
  else if (self->batch < self->ubatch)
    g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_BATCH,
                 "a batch of %u is smaller than the %u that are computed at once", self->batch, self->ubatch);
  else if (self->outputs > self->batch)
    g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_OUTPUTS,
                 "%u rows of output are more than a batch of %u has", self->outputs, self->batch);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_cache_type (const PaddockQuantType *type, const char *what, GError **error)
{
  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (cache_types); i++)
    {
      if (strcmp (type->name, cache_types[i]) == 0)
        return TRUE;
    }
  g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_CACHE_TYPE,
               "%s cannot be kept as %s: F32, F16, BF16, Q8_0, Q5_0, Q5_1, Q4_0, Q4_1 and IQ4_NL can", what,
               type != NULL ? type->name : "nothing");
  return FALSE;
}

/* Attention reads the cache head by head, so each head has to be whole blocks. */
static gboolean
check_blocks (const PaddockQuantType *type, const char *what, guint32 length, guint position, GError **error)
{
  if (length % type->block == 0)
    return TRUE;
  g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_CACHE_TYPE,
               "%s of layer %u have %u numbers, which are no whole blocks of %u in %s", what, position, length,
               type->block, type->name);
  return FALSE;
}

static gboolean
check_cache (const PaddockMemoryRequest *self, const PaddockModelShape *shape, GError **error)
{
  if (!check_cache_type (self->cache_k, "keys", error) || !check_cache_type (self->cache_v, "values", error))
    return FALSE;
  for (guint i = 0; i < shape->layers; i++)
    {
      const PaddockShapeLayer *layer = &shape->layer[i];

      if (!layer->has_cache)
        continue;
      if (self->cache_v->quantized && shape->key_length_mla == 0 &&
          !paddock_memory_request_uses_flash_attention (self, shape))
        {
          g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_ATTENTION,
                       "values can be kept as %s only with flash attention", self->cache_v->name);
          return FALSE;
        }
      if (shape->key_length_mla != 0 && self->cache_k != self->cache_v)
        {
          g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_CACHE_TYPE,
                       "this model makes values from its keys, so they cannot be kept as %s beside %s",
                       self->cache_v->name, self->cache_k->name);
          return FALSE;
        }
      if (!check_blocks (self->cache_k, "keys", layer->key_length, i, error) ||
          (shape->key_length_mla == 0 && !check_blocks (self->cache_v, "values", layer->value_length, i, error)))
        return FALSE;
    }
  return TRUE;
}

/**
 * paddock_memory_request_check:
 * @self: a request
 * @shape: the model that it is for
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * Beyond the context that it has learnt a model talks nonsense, though the engine makes room for it; to be compared with
 * the engine, a request may ask for that all the same.
 *
 * Returns: whether the model can be run like that; the error says why not
 */
gboolean
paddock_memory_request_check (const PaddockMemoryRequest *self, const PaddockModelShape *shape, GError **error)
{
  return check_context (self, shape, error) && check_parallel (self, error) && check_batch (self, error) &&
         check_cache (self, shape, error);
}
