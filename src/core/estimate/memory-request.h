/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/model-shape.h"

G_BEGIN_DECLS

/* As many sequences as llama.cpp takes. */
#define PADDOCK_MEMORY_MAX_PARALLEL 256

typedef enum
{
  PADDOCK_FLASH_ATTENTION_AUTO,
  PADDOCK_FLASH_ATTENTION_ON,
  PADDOCK_FLASH_ATTENTION_OFF
} PaddockFlashAttention;

/**
 * PaddockMemoryRequest:
 *
 * How somebody wants to run a model, as far as it decides about memory.
 */
typedef struct
{
  guint32 context;                   /* tokens, of all sequences together */
  guint32 batch, ubatch, parallel;
  const PaddockQuantType *cache_k;
  const PaddockQuantType *cache_v;
  PaddockFlashAttention flash_attention;
  gboolean unified;                  /* one cache for all sequences */
  gboolean swa_full;                 /* the whole context in sliding layers, too */
  gboolean mmap;
  guint32 outputs;                   /* rows with logits that are reserved; 0: the whole batch */
  gboolean as_engine;                /* take what the engine takes, useful or not: see paddock_memory_request_check() */
  const char *repack;                /* interned: "auto", "off" or a variant of the engine for processors: "haswell" */
} PaddockMemoryRequest;

void     paddock_memory_request_init  (PaddockMemoryRequest *self, const PaddockModelShape *shape);
gboolean paddock_memory_request_check (const PaddockMemoryRequest *self, const PaddockModelShape *shape,
                                       GError **error);

/* What "auto" comes to for this model. */
gboolean paddock_memory_request_uses_flash_attention (const PaddockMemoryRequest *self,
                                                      const PaddockModelShape    *shape);

G_END_DECLS
