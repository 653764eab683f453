/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-strategy.h"

#include <string.h>

#include "estimate/placement-verdict.h"

static const PaddockPlacementStrategy *const strategies[] = {
  &paddock_placement_gpu_first,
  &paddock_placement_balanced,
  &paddock_placement_cpu_only,
};

const PaddockPlacementStrategy *
paddock_placement_strategy_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (strategies); i++)
    {
      if (strcmp (strategies[i]->id, id) == 0)
        return strategies[i];
    }
  return NULL;
}

static PaddockPlacement *
place (const PaddockPlacementStrategy *self, GPtrArray *devices, const PaddockPlacementLoad *load, guint wanted)
{
  PaddockPlacement *placement = paddock_placement_new (devices, load);

  placement->wanted = wanted;
  while (!self->place (placement, load) && self->next != NULL)
    self = self->next;
  placement->strategy = self->id;
  return placement;
}

/**
 * paddock_placement_strategy_run:
 * @self: a way to place
 * @devices: (element-type PaddockPlacementDevice): the processor and the others
 * @load: what is placed
 *
 * Returns: (transfer full): a placement with its verdict, by this strategy or by the first after it that finds one
 */
PaddockPlacement *
paddock_placement_strategy_run (const PaddockPlacementStrategy *self, GPtrArray *devices,
                                const PaddockPlacementLoad *load)
{
  PaddockPlacement *placement = place (self, devices, load, PADDOCK_PLACEMENT_ANY);

  paddock_placement_judge (placement, load);
  return placement;
}

/**
 * paddock_placement_strategy_run_layers:
 * @self: a way to place
 * @devices: (element-type PaddockPlacementDevice): the processor and the others
 * @load: what is placed
 * @gpu_layers: layers that are to be on devices, with the output
 *
 * Returns: (transfer full): a placement with so many layers; if they do not fit it is refused, and as it would be
 *   without them
 */
PaddockPlacement *
paddock_placement_strategy_run_layers (const PaddockPlacementStrategy *self, GPtrArray *devices,
                                       const PaddockPlacementLoad *load, guint gpu_layers)
{
  PaddockPlacement *placement = place (gpu_layers > 0 ? self : &paddock_placement_cpu_only, devices, load, gpu_layers);

  if (placement->gpu_layers != gpu_layers)
    {
      paddock_placement_free (placement);
      placement = place (self, devices, load, PADDOCK_PLACEMENT_ANY);
      placement->wanted = gpu_layers;
      placement->refused = TRUE;
    }
  paddock_placement_judge (placement, load);
  return placement;
}
