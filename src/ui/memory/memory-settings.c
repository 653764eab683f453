/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/memory-settings.h"

#include "estimate/fit-judge.h"

/**
 * paddock_memory_settings_init:
 * @self: (out caller-allocates): settings
 * @shape: a model
 *
 * Takes what llama-server does by default, but a context that most people get along with: lists of models are judged
 * with the same one.
 */
void
paddock_memory_settings_init (PaddockMemorySettings *self, const PaddockModelShape *shape)
{
  *self = (PaddockMemorySettings) { .layers_automatic = TRUE };
  paddock_memory_request_init (&self->request, shape);
  self->request.context = MIN (self->request.context, PADDOCK_FIT_CONTEXT);
}

void
paddock_memory_settings_reset (PaddockMemorySettings *self, const PaddockModelShape *shape)
{
  PaddockCompanionFile *projector = self->projector;
  PaddockCompanionFile *draft = self->draft;

  paddock_memory_settings_init (self, shape);
  self->projector = projector;
  self->draft = draft;
}

void
paddock_memory_settings_ref_files (PaddockMemorySettings *self)
{
  if (self->projector != NULL)
    paddock_companion_file_ref (self->projector);
  if (self->draft != NULL)
    paddock_companion_file_ref (self->draft);
}

void
paddock_memory_settings_unref_files (PaddockMemorySettings *self)
{
  g_clear_pointer (&self->projector, paddock_companion_file_unref);
  g_clear_pointer (&self->draft, paddock_companion_file_unref);
}

/**
 * paddock_memory_settings_set_file:
 * @self: settings
 * @kind: what the file is for
 * @file: (nullable): the file, or %NULL for none
 */
void
paddock_memory_settings_set_file (PaddockMemorySettings *self, PaddockCompanionKind kind, PaddockCompanionFile *file)
{
  PaddockCompanionFile **place = kind == PADDOCK_COMPANION_PROJECTOR ? &self->projector : &self->draft;

  if (file != NULL)
    paddock_companion_file_ref (file);
  g_clear_pointer (place, paddock_companion_file_unref);
  *place = file;
}

gboolean
paddock_memory_settings_equal (const PaddockMemorySettings *self, const PaddockMemorySettings *other)
{
  const PaddockMemoryRequest *a = &self->request;
  const PaddockMemoryRequest *b = &other->request;

  return self->layers_automatic == other->layers_automatic &&
         (self->layers_automatic || self->gpu_layers == other->gpu_layers) && a->context == b->context &&
         a->batch == b->batch && a->ubatch == b->ubatch && a->parallel == b->parallel && a->cache_k == b->cache_k &&
         a->cache_v == b->cache_v && a->flash_attention == b->flash_attention && a->unified == b->unified &&
         a->swa_full == b->swa_full && a->mmap == b->mmap && g_strcmp0 (a->repack, b->repack) == 0;
}

/**
 * paddock_memory_settings_get_request:
 * @self: settings
 * @shape: the model that they are for
 *
 * Returns: what is asked of the engine, which has a row of output for each request that is answered at a time
 */
PaddockMemoryRequest
paddock_memory_settings_get_request (const PaddockMemorySettings *self, const PaddockModelShape *shape)
{
  PaddockMemoryRequest request = self->request;

  if (shape->causal)
    request.outputs = MAX (1, MIN (request.parallel, request.batch));
  return request;
}

gboolean
paddock_memory_settings_can_apply (const PaddockMemorySuggestion *suggestion)
{
  return suggestion->kind != PADDOCK_SUGGEST_QUANTIZATION;
}

/**
 * paddock_memory_settings_apply:
 * @self: settings
 * @suggestion: what would save memory; one for another file changes nothing
 */
void
paddock_memory_settings_apply (PaddockMemorySettings *self, const PaddockMemorySuggestion *suggestion)
{
  PaddockMemoryRequest *request = &self->request;

  switch (suggestion->kind)
    {
    case PADDOCK_SUGGEST_CACHE_TYPE:
      request->cache_k = request->cache_v = paddock_quant_type_lookup_by_name (suggestion->type);
      if (request->flash_attention == PADDOCK_FLASH_ATTENTION_OFF)
        request->flash_attention = PADDOCK_FLASH_ATTENTION_AUTO;
      break;
    case PADDOCK_SUGGEST_CONTEXT:
      request->context = suggestion->number;
      break;
    case PADDOCK_SUGGEST_PARALLEL:
      request->parallel = suggestion->number;
      break;
    case PADDOCK_SUGGEST_FLASH_ATTENTION:
      request->flash_attention = PADDOCK_FLASH_ATTENTION_ON;
      break;
    case PADDOCK_SUGGEST_UBATCH:
      request->ubatch = suggestion->number;
      break;
    case PADDOCK_SUGGEST_SLIDING_WINDOW:
      request->swa_full = FALSE;
      break;
    case PADDOCK_SUGGEST_UNIFIED:
      request->unified = TRUE;
      break;
    case PADDOCK_SUGGEST_NO_REPACK:
      request->repack = g_intern_static_string ("off");
      break;
    case PADDOCK_SUGGEST_QUANTIZATION:
    case PADDOCK_SUGGEST_N_KINDS:
    default:
      break;
    }
}
