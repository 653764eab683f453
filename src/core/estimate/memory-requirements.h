/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-estimate.h"

G_BEGIN_DECLS

/**
 * PaddockMemoryRequirements:
 *
 * What to tell somebody who asks which computer a model needs, in bytes.
 */
typedef struct
{
  guint64 minimum_memory;            /* to run it without a graphics processor, and nothing else beside it */
  guint64 recommended_memory;        /* the same, with room for a desktop and for the file while it is loaded */
  guint64 minimum_gpu_memory;        /* from here on a graphics processor helps much: all but the experts, or half the layers */
  guint64 recommended_gpu_memory;    /* to have all of it there */
  guint64 swap;                      /* with that much, the minimum does for what else is running */
} PaddockMemoryRequirements;

void paddock_memory_requirements_compute (PaddockMemoryRequirements *self, const PaddockModelShape *shape,
                                          const PaddockMemoryEstimate *estimate);

G_END_DECLS
