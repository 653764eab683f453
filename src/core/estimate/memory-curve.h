/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-estimate.h"

G_BEGIN_DECLS

/**
 * PaddockMemoryPoint:
 *
 * What a model needs with one context.
 */
typedef struct
{
  guint32 context;
  guint64 bytes[PADDOCK_MEMORY_N_KINDS];
  guint64 total;
} PaddockMemoryPoint;

/* From a small context to all that the model has learnt; (element-type PaddockMemoryPoint). */
GArray *paddock_memory_curve_compute (const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                                      guint n_points, GError **error);

G_END_DECLS
