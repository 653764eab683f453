/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-request.h"

G_BEGIN_DECLS

/* What the engine keeps for results: a row of scores of all tokens for each sequence, and embeddings where they are
 * what the model is for. G_MAXUINT64 if that cannot be counted. */
guint64 paddock_memory_output_compute (const PaddockModelShape *shape, const PaddockMemoryRequest *request);

G_END_DECLS
