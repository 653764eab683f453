/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-estimate.h"
#include "gguf/gguf-shards.h"
#include "json-writer.h"

G_BEGIN_DECLS

/**
 * PaddockEstimateEngine:
 *
 * What the installed engine says to the same question, beside our own answer.
 */
typedef struct _PaddockEstimateEngine PaddockEstimateEngine;

PaddockEstimateEngine *paddock_estimate_engine_ask  (const char *path, PaddockGgufShards *shards,
                                                     const PaddockModelShape *shape, const PaddockMemoryRequest *request);
void                   paddock_estimate_engine_free (PaddockEstimateEngine *self);

void paddock_estimate_engine_write_json (const PaddockEstimateEngine *self, PaddockJsonWriter *writer);
void paddock_estimate_engine_print      (const PaddockEstimateEngine *self);
/* How the command ends; what went wrong is complained of here. */
int  paddock_estimate_engine_conclude   (const PaddockEstimateEngine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockEstimateEngine, paddock_estimate_engine_free)

G_END_DECLS
