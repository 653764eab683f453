/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/placement.h"

G_BEGIN_DECLS

/* The most layers on devices, and of those the most with their experts; FALSE: not even one. */
gboolean paddock_placement_search (PaddockPlacement *self, const PaddockPlacementLoad *load, guint *gpu_layers,
                                   guint *expert_layers);

/* All layers on devices, and what stands beside the model there as well, as far as there is room for both; FALSE: they do not
   fit, and what stands beside the model is left to the processor. */
gboolean paddock_placement_search_whole (PaddockPlacement *self, const PaddockPlacementLoad *load);

G_END_DECLS
