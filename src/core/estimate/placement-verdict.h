/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/placement.h"

G_BEGIN_DECLS

/* Says how a placement fits, and what others would have to give up for a better one. */
void paddock_placement_judge (PaddockPlacement *self, const PaddockPlacementLoad *load);

G_END_DECLS
