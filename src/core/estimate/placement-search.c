/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-search.h"

#include "estimate/placement-pack.h"

/* The last layers that have their experts along: as many as there is room for beside so many layers. */
static gboolean
search_experts (PaddockPlacement *self, const PaddockPlacementLoad *load, guint gpu_layers, guint *expert_layers)
{
  guint low = 0, high = MIN (gpu_layers - 1, load->n_layers);

  while (low < high && load->has_experts)
    {
      guint middle = low + (high - low + 1) / 2;

      if (paddock_placement_pack (self, load, gpu_layers, middle, 1.0))
        low = middle;
      else
        high = middle - 1;
    }
  *expert_layers = load->has_experts ? low : high;
  return paddock_placement_pack (self, load, gpu_layers, *expert_layers, 1.0);
}

static guint
search_layers (PaddockPlacement *self, const PaddockPlacementLoad *load)
{
  guint low = 0, high = load->n_layers + 1;

  if (self->wanted != PADDOCK_PLACEMENT_ANY)
    return paddock_placement_pack (self, load, self->wanted, 0, 1.0) ? self->wanted : 0;
  while (low < high)
    {
      guint middle = low + (high - low + 1) / 2;

      if (paddock_placement_pack (self, load, middle, 0, 1.0))
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

/* Once nothing is left to the processor, nothing has to be carried to the devices any more: that may need less room. */
static gboolean
try_whole (PaddockPlacement *self, const PaddockPlacementLoad *load, guint *gpu_layers, guint *expert_layers)
{
  *gpu_layers = load->n_layers + 1;
  *expert_layers = load->n_layers;
  return self->wanted >= *gpu_layers && paddock_placement_pack (self, load, *gpu_layers, *expert_layers, 1.0);
}

/* The engine asks for one device of its own computer, by name, or takes the first in its order. */
static guint
choose_device (const PaddockPlacement *self, guint64 bytes)
{
  const gboolean named = paddock_placement_can_name_devices (self);
  guint chosen = PADDOCK_PLACEMENT_HOST;

  for (guint i = 1; i < self->devices->len; i++)
    {
      const PaddockPlacementDevice *device = g_ptr_array_index (self->devices, i);

      if (device->kind == PADDOCK_DEVICE_REMOTE || (named && chosen != PADDOCK_PLACEMENT_HOST))
        continue;
      chosen = device->own + device->borrow > bytes ? i : PADDOCK_PLACEMENT_HOST;
    }
  return chosen;
}

/* What stands beside the model goes to devices, as the engine does it, then less of it: TRUE while there is a next way. */
static gboolean
choose_companions (PaddockPlacement *self, const PaddockPlacementLoad *load, guint way)
{
  const guint projector = load->projector > 0 ? choose_device (self, load->projector) : PADDOCK_PLACEMENT_HOST;
  guint draft = PADDOCK_PLACEMENT_HOST;

  /* A draft model would be divided among devices that cannot be named. */
  if (load->draft > 0 && (paddock_placement_can_name_devices (self) || self->devices->len == 2))
    draft = choose_device (self, load->draft);
  self->projector = way < 2 ? projector : PADDOCK_PLACEMENT_HOST;
  self->draft = way < 1 ? draft : PADDOCK_PLACEMENT_HOST;
  return way < 2 && (load->projector > 0 || load->draft > 0);
}

static gboolean
search_whole (PaddockPlacement *self, const PaddockPlacementLoad *load, guint *gpu_layers, guint *expert_layers)
{
  gboolean more = TRUE;

  for (guint way = 0; more; way++)
    {
      more = choose_companions (self, load, way);
      if (try_whole (self, load, gpu_layers, expert_layers))
        return TRUE;
    }
  return FALSE;
}

/**
 * paddock_placement_search_whole:
 * @self: a placement
 * @load: what is placed
 *
 * The first half of paddock_placement_search().
 *
 * Returns: whether all layers find room on devices
 */
gboolean
paddock_placement_search_whole (PaddockPlacement *self, const PaddockPlacementLoad *load)
{
  guint gpu_layers, expert_layers;

  return search_whole (self, load, &gpu_layers, &expert_layers);
}

/**
 * paddock_placement_search:
 * @self: a placement
 * @load: what is placed
 * @gpu_layers: (out): layers on devices, with the output
 * @expert_layers: (out): the last layers, that have their experts along
 *
 * More layers never need less room, so that both numbers can be halved for. What stands beside the model gives way only
 * where all of the model then finds room, or else where not one layer does.
 *
 * Returns: %FALSE if nothing fits on any device, or not as many layers as are wanted
 */
gboolean
paddock_placement_search (PaddockPlacement *self, const PaddockPlacementLoad *load, guint *gpu_layers,
                          guint *expert_layers)
{
  gboolean more = TRUE;

  if (search_whole (self, load, gpu_layers, expert_layers))
    return TRUE;
  for (guint way = 0; more; way++)
    {
      more = choose_companions (self, load, way);
      *gpu_layers = search_layers (self, load);
      if (*gpu_layers > 0)
        return search_experts (self, load, *gpu_layers, expert_layers);
    }
  return FALSE;
}
