/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-verdict.h"

/* Beyond the reserve, so much of the main memory should stay free for a model that is said to fit well. */
#define MARGIN_PART 32

static const PaddockPlacementDevice *
get_device (const PaddockPlacement *self, guint index)
{
  return g_ptr_array_index (self->devices, index);
}

static gboolean
is_all_on_devices (const PaddockPlacement *self)
{
  if (self->gpu_layers <= self->n_layers)
    return FALSE;
  for (guint i = 0; i < self->n_layers; i++)
    {
      if (self->spilled[i] != 0)
        return FALSE;
    }
  return TRUE;
}

static PaddockFit
judge_host (const PaddockPlacement *self, PaddockFit good)
{
  const PaddockPlacementDevice *host = get_device (self, PADDOCK_PLACEMENT_HOST);
  const PaddockPlacementShare *share = &self->shares[PADDOCK_PLACEMENT_HOST];
  const guint64 capacity = paddock_placement_device_get_capacity (host);
  const guint64 need = paddock_placement_get_host_need (self);

  if (!host->known)
    return PADDOCK_FIT_UNKNOWN;
  if (share->used - self->evictable > share->limit)
    return PADDOCK_FIT_TOO_LARGE;
  if (need <= share->limit)
    return share->limit - need < host->total / MARGIN_PART ? PADDOCK_FIT_TIGHT : good;
  /* The file is read again from the disk whenever its pages had to go: bearable only while others might make room. */
  return need + self->borrowed <= capacity ? PADDOCK_FIT_TIGHT : PADDOCK_FIT_TOO_LARGE;
}

/* Bytes with the processor that a device would have, if it had room. */
static guint64
count_left_behind (const PaddockPlacement *self, const PaddockPlacementLoad *load)
{
  guint64 bytes = self->device[self->n_layers] == PADDOCK_PLACEMENT_HOST ? load->output + load->tied : 0;

  for (guint i = 0; i < self->n_layers; i++)
    {
      const PaddockPlacementLayer *layer = &load->layers[i];

      if (self->device[i] == PADDOCK_PLACEMENT_HOST)
        bytes += layer->dense + layer->cache + layer->slack + paddock_placement_layer_get_experts (layer);
      for (guint stack = 0; stack < PADDOCK_EXPERT_N_STACKS && self->device[i] != PADDOCK_PLACEMENT_HOST; stack++)
        bytes += (self->spilled[i] & (1u << stack)) != 0 ? layer->stacks[stack] : 0;
    }
  return bytes;
}

static void
count_unload_of_devices (PaddockPlacement *self, const PaddockPlacementLoad *load)
{
  guint64 missing = count_left_behind (self, load);

  /* A device with nothing on it yet needs room to compute in, too. */
  for (guint i = 1; i < self->devices->len; i++)
    {
      const PaddockPlacementDevice *device = get_device (self, i);
      guint64 occupied = paddock_placement_device_get_occupied (device), base = 0, gained;

      if (self->shares[i].layers == 0)
        base = load->common + load->compute + (guint64) ((double) load->compute * load->band) + load->inputs;
      if (self->shares[i].layers == 0 && self->shares[i].limit + occupied <= base)
        continue;
      gained = MIN (occupied, missing + base);
      self->shares[i].unload = gained;
      missing -= MIN (missing, gained > base ? gained - base : 0);
    }
  for (guint i = 1; i < self->devices->len && missing > 0; i++)
    self->shares[i].unload = 0;
}

static void
count_unload_of_host (PaddockPlacement *self)
{
  PaddockPlacementShare *share = &self->shares[PADDOCK_PLACEMENT_HOST];
  guint64 occupied = paddock_placement_device_get_occupied (get_device (self, PADDOCK_PLACEMENT_HOST));
  guint64 need = paddock_placement_get_host_need (self);
  guint64 missing = need > share->limit ? need - share->limit : 0;

  if (missing <= occupied)
    share->unload = missing;
}

void
paddock_placement_judge (PaddockPlacement *self, const PaddockPlacementLoad *load)
{
  PaddockFit good = PADDOCK_FIT_SPLIT;

  if (self->gpu_layers == 0)
    good = PADDOCK_FIT_MEMORY;
  else if (is_all_on_devices (self))
    good = PADDOCK_FIT_GPU;
  self->fit = self->refused ? PADDOCK_FIT_TOO_LARGE : judge_host (self, good);
  for (guint i = 0; i < self->devices->len; i++)
    self->shares[i].unload = 0;
  if (good != PADDOCK_FIT_GPU)
    count_unload_of_devices (self, load);
  count_unload_of_host (self);
}
