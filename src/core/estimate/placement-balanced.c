/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-pack.h"
#include "estimate/placement-search.h"
#include "estimate/placement-strategy.h"

/* Halvings until the level of all devices is known to a thousandth. */
#define STEPS 10

/*
 * As many layers as the first strategy finds room for, with the devices as evenly full as layers allow: each keeps
 * room for other programs, and several users' prompts keep all of them at work.
 */
static gboolean
place (PaddockPlacement *placement, const PaddockPlacementLoad *load)
{
  guint gpu_layers = 0, expert_layers = 0;
  double low = 0.0, high = 1.0;

  if (!paddock_placement_search (placement, load, &gpu_layers, &expert_layers))
    return FALSE;
  for (guint i = 0; i < STEPS; i++)
    {
      double middle = (low + high) / 2;

      if (paddock_placement_pack (placement, load, gpu_layers, expert_layers, middle))
        high = middle;
      else
        low = middle;
    }
  paddock_placement_pack (placement, load, gpu_layers, expert_layers, high);
  paddock_placement_top_up (placement, load);
  return TRUE;
}

const PaddockPlacementStrategy paddock_placement_balanced = {
  .id = "balanced",
  .place = place,
  .next = &paddock_placement_cpu_only,
};
