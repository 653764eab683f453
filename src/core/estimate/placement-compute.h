/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/placement-load.h"

G_BEGIN_DECLS

/* Fills in a bound of what computing needs on one device, by a formula for all architectures. */
void paddock_placement_compute_bound (PaddockPlacementLoad *load, const PaddockModelShape *shape,
                                      const PaddockMemoryRequest *request);

G_END_DECLS
