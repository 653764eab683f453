/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-estimate.h"
#include "estimate/placement-load.h"

G_BEGIN_DECLS

/* Adds what an estimate has of a projector and of a draft model: each of them goes to one device as a whole. */
void     paddock_placement_load_add_companions (PaddockPlacementLoad *self, const PaddockMemoryEstimate *estimate);
/* Adds an adapter, layer by layer; FALSE: it has more bytes than can be counted, and nothing was added. */
gboolean paddock_placement_load_add_adapter    (PaddockPlacementLoad *self, PaddockGgufShards *adapter, GError **error);

G_END_DECLS
