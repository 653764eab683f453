/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/placement-load.h"

G_BEGIN_DECLS

/* Fills in what computing needs on one device: by the engine's graph, or, if quick or without one, by a bound. */
void paddock_placement_compute_bound (PaddockPlacementLoad *load, const PaddockModelShape *shape,
                                      const PaddockMemoryRequest *request, gboolean quick);

G_END_DECLS
