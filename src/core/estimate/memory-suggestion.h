/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-estimate.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_SUGGEST_CACHE_TYPE,
  PADDOCK_SUGGEST_CONTEXT,
  PADDOCK_SUGGEST_PARALLEL,
  PADDOCK_SUGGEST_FLASH_ATTENTION,
  PADDOCK_SUGGEST_UBATCH,
  PADDOCK_SUGGEST_SLIDING_WINDOW,    /* no full cache for layers that see a window only */
  PADDOCK_SUGGEST_UNIFIED,           /* one cache for all sequences */
  PADDOCK_SUGGEST_NO_REPACK,
  PADDOCK_SUGGEST_QUANTIZATION,
  PADDOCK_SUGGEST_N_KINDS
} PaddockMemorySuggestionKind;

/**
 * PaddockMemorySuggestion:
 *
 * One change that saves memory, and how much.
 */
typedef struct
{
  PaddockMemorySuggestionKind kind;
  guint64 saves;                     /* bytes of the total */
  guint32 number;                    /* the new context, ubatch, number of sequences */
  const char *type;                  /* the new type of the cache or of the file */
} PaddockMemorySuggestion;

/* The most helpful first; nothing that saves less than a hundredth. (element-type PaddockMemorySuggestion) */
GArray     *paddock_memory_suggestion_list     (const PaddockModelShape *shape, const PaddockMemoryRequest *request);
const char *paddock_memory_suggestion_get_code (const PaddockMemorySuggestion *self);   /* "cache-type" */
char       *paddock_memory_suggestion_dup_text (const PaddockMemorySuggestion *self);   /* translated */

G_END_DECLS
