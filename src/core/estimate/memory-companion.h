/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-estimate.h"

G_BEGIN_DECLS

/* Adds to an estimate what is loaded beside the model. FALSE: the file is something else, or says nonsense. */
gboolean paddock_memory_companion_add_projector (PaddockMemoryEstimate *estimate, PaddockGgufShards *projector,
                                                 GError **error);
gboolean paddock_memory_companion_add_adapter   (PaddockMemoryEstimate *estimate, PaddockGgufShards *adapter,
                                                 GError **error);
/* A draft model guesses ahead for the model that request is for, which decides about its context. */
gboolean paddock_memory_companion_add_draft     (PaddockMemoryEstimate *estimate, const PaddockModelShape *draft,
                                                 const PaddockMemoryRequest *request, GError **error);

G_END_DECLS
