/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-pack.h"
#include "estimate/placement-search.h"
#include "estimate/placement-strategy.h"

/* The fastest device is filled before the next one is touched: each border between two costs time. */
static gboolean
place (PaddockPlacement *placement, const PaddockPlacementLoad *load)
{
  guint gpu_layers = 0, expert_layers = 0;

  if (!paddock_placement_search (placement, load, &gpu_layers, &expert_layers))
    return FALSE;
  paddock_placement_top_up (placement, load);
  return TRUE;
}

const PaddockPlacementStrategy paddock_placement_gpu_first = {
  .id = "gpu-first",
  .place = place,
  .next = &paddock_placement_cpu_only,
};
