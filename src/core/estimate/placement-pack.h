/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/placement.h"

G_BEGIN_DECLS

/*
 * Puts so many layers on devices, the output first and then from the last one on; the experts of fewer of them go with
 * them. Filling is the part of each device that may be used. FALSE: they do not fit, and the placement is worth nothing.
 */
gboolean paddock_placement_pack   (PaddockPlacement *self, const PaddockPlacementLoad *load, guint gpu_layers,
                                   guint expert_layers, double filling);

/* Adds single stacks of experts of the last layer that has none with it, as far as there is room. */
void     paddock_placement_top_up (PaddockPlacement *self, const PaddockPlacementLoad *load);

G_END_DECLS
