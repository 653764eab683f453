/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"

G_BEGIN_DECLS

/**
 * PaddockModelParameters:
 *
 * How many numbers a model has learnt, and what they weigh. -1 where it cannot be told.
 */
typedef struct
{
  gint64 total;
  gint64 active;                     /* used for one token by a mixture of experts; -1 for any other model */
  gint64 expert;                     /* of one expert, in all layers */
  guint64 tensor_bytes;
  double bits_per_weight;            /* 0 if unknown */
} PaddockModelParameters;

void  paddock_model_parameters_count        (PaddockModelParameters *self, PaddockGgufShards *shards, gint64 experts,
                                             gint64 experts_used);
/* "7B", "8x7B", "30B-A3B"; NULL if the parameters are unknown */
char *paddock_model_parameters_format_label (const PaddockModelParameters *self, gint64 experts);

/* Whether a model of these parameters may be called that; FALSE for NULL. */
gboolean paddock_model_parameters_fit_label (const PaddockModelParameters *self, gint64 experts, const char *label);

G_END_DECLS
