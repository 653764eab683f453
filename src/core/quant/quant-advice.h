/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quant/quant-tradeoffs.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_QUANT_PREFER_HIGHEST,      /* the best that fits */
  PADDOCK_QUANT_PREFER_BALANCED,     /* the smallest that loses less than a hundredth */
  PADDOCK_QUANT_PREFER_EFFICIENT     /* the smallest that loses less than a twenty-fifth */
} PaddockQuantPreference;

typedef enum
{
  PADDOCK_QUANT_REASON_PREFERRED,    /* it fits, and is what the preference asks for */
  PADDOCK_QUANT_REASON_FITS,         /* the preference asks for more, which does not fit */
  PADDOCK_QUANT_REASON_IS_SOURCE,    /* it fits, and is the file at hand */
  PADDOCK_QUANT_REASON_SOURCE_LIMIT, /* the file at hand: more would fit, but nothing better can be made from it */
  PADDOCK_QUANT_REASON_NONE_FITS,
  PADDOCK_QUANT_REASON_NO_WEIGHTS    /* nobody knows how large the model is */
} PaddockQuantReason;

typedef struct
{
  guint64 weights;                   /* 0 if unknown */
  guint64 memory;                    /* bytes there are for the weights, the cache and the engine */
  PaddockQuantPreference preference;
  const char *source;                /* nullable: the file type at hand, "Q4_K_M"; may be one that nobody knows */
  guint64 source_bytes;              /* of its weights; 0 without a file */
} PaddockQuantRequest;

typedef struct
{
  PaddockQuantReason reason;
  /* What to choose; where none fits the smallest there is; NULL for a source of no known type, or without weights. */
  const PaddockQuantTradeoff *choice;
  guint64 size;                      /* of the choice in bytes: exact for the source, else about */
  guint64 room;                      /* what the reserve leaves for the weights */
  /* What the original weights would allow; NULL where that is no better than the choice. */
  const PaddockQuantTradeoff *better;
  gboolean requantizes;              /* it would be made from weights that are quantized already, and lose more */
} PaddockQuantAdvice;

/* What stays free for the cache and the engine: an eighth, and at least a gibibyte. */
guint64  paddock_quant_advice_get_reserve (guint64 memory);
void     paddock_quant_advice_recommend   (PaddockQuantAdvice        *self,
                                           const PaddockQuantRequest *request);

G_END_DECLS
