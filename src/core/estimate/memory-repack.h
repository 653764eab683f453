/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/engine-variant.h"
#include "estimate/model-shape.h"

G_BEGIN_DECLS

/**
 * PaddockMemoryRepack:
 *
 * What the engine copies into another order, which its processor multiplies faster. The copies are no part of the mapped
 * file; without a mapping the originals are not kept.
 */
typedef struct
{
  guint64 stored;                    /* the originals, as the engine would have kept them */
  guint64 copies;
} PaddockMemoryRepack;

/* "auto" is what this processor has; FALSE: no such variant. variant is NULL where nothing is repacked. */
gboolean paddock_memory_repack_resolve (const char *name, const PaddockEngineVariant **variant);
void     paddock_memory_repack_compute (PaddockMemoryRepack *self, const PaddockModelShape *shape,
                                        const PaddockEngineVariant *variant);
/* Bytes of the copy of one tensor; 0 where it stays as it is. */
guint64  paddock_memory_repack_measure (const PaddockShapeTensor *tensor, const PaddockEngineVariant *variant);
/* Of the table of tokens where it is the output, too: a copy beside the table, which stays. */
guint64  paddock_memory_repack_measure_tied (const PaddockModelShape *shape, const PaddockEngineVariant *variant);

G_END_DECLS
