/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-pack.h"
#include "estimate/placement-strategy.h"

static gboolean
place (PaddockPlacement *placement, const PaddockPlacementLoad *load)
{
  placement->projector = placement->draft = PADDOCK_PLACEMENT_HOST;
  return paddock_placement_pack (placement, load, 0, 0, 1.0);
}

const PaddockPlacementStrategy paddock_placement_cpu_only = {
  .id = "cpu-only",
  .place = place,
};
