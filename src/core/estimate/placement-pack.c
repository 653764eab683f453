/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-pack.h"

/*
 * Where several devices work in turns on parts of a prompt, the engine keeps copies of what it feeds them: with each of
 * them and with the processor never more than so many times all inputs, on all that was measured. Else it is far less.
 */
#define INPUTS_IN_TURNS 10
#define INPUTS_OF_HOST 3

typedef struct
{
  PaddockPlacement *placement;
  const PaddockPlacementLoad *load;
  guint gpu_layers, expert_layers;
  double filling;
  double longest;                    /* seconds that a device takes to read all it has room for; 0: unknown */
  guint64 room;                      /* of the main memory, for devices that borrow it */
} Packer;

static const PaddockPlacementDevice *
get_device (const PaddockPlacement *self, guint index)
{
  return g_ptr_array_index (self->devices, index);
}

static gboolean
is_spilling (const Packer *self)
{
  return self->gpu_layers <= self->load->n_layers ||
         (self->load->has_experts && self->expert_layers < self->load->n_layers);
}

/* Only a model that is wholly on devices is worth it to the engine. */
static gboolean
works_in_turns (const Packer *self)
{
  return self->placement->devices->len > 2 && !is_spilling (self);
}

static gboolean
has_local_device (const PaddockPlacement *placement)
{
  for (guint i = 1; i < placement->devices->len; i++)
    {
      if (get_device (placement, i)->kind != PADDOCK_DEVICE_REMOTE)
        return TRUE;
    }
  return FALSE;
}

static guint64
with_band (const PaddockPlacementLoad *load, guint64 compute)
{
  return compute + (guint64) ((double) compute * load->band);
}

/* What a device needs before it has any layer: the first one that is filled has the output. */
static guint64
count_base (const Packer *self, guint device, gboolean output)
{
  const PaddockPlacementLoad *load = self->load;
  guint64 base = load->common + with_band (load, output ? load->compute : load->compute_inner);

  base += load->inputs * (works_in_turns (self) ? INPUTS_IN_TURNS : 1);
  /* Long prompts are worth carrying weights of the processor's to a device, one tensor at a time. */
  if (is_spilling (self) && get_device (self->placement, device)->kind != PADDOCK_DEVICE_REMOTE)
    base += load->largest;
  return base;
}

static gboolean
is_on_device (const Packer *self, guint layer)
{
  return layer + self->gpu_layers > self->load->n_layers;
}

static gboolean
has_experts_along (const Packer *self, guint layer)
{
  return is_on_device (self, layer) && layer + self->expert_layers >= self->load->n_layers;
}

/* Copies of weights in another order are made only where no device can read the processor's memory. */
static gboolean
makes_copies (const Packer *self)
{
  return self->gpu_layers == 0 || !has_local_device (self->placement);
}

static guint64
count_copies (const Packer *self)
{
  const PaddockPlacementLoad *load = self->load;
  guint64 copies = is_on_device (self, load->n_layers) ? 0 : load->output_copies;

  if (!makes_copies (self))
    return 0;
  for (guint i = 0; i < load->n_layers; i++)
    {
      copies += is_on_device (self, i) ? 0 : load->layers[i].copies;
      for (guint stack = 0; stack < PADDOCK_EXPERT_N_STACKS && !has_experts_along (self, i); stack++)
        copies += load->layers[i].stack_copies[stack];
    }
  return copies;
}

static guint64
count_originals (const Packer *self)
{
  const PaddockPlacementLoad *load = self->load;
  guint64 originals = is_on_device (self, load->n_layers) ? 0 : load->output_originals;

  if (!makes_copies (self) || !load->mapped)
    return 0;
  for (guint i = 0; i < load->n_layers; i++)
    {
      originals += is_on_device (self, i) ? 0 : load->layers[i].originals;
      for (guint stack = 0; stack < PADDOCK_EXPERT_N_STACKS && !has_experts_along (self, i); stack++)
        originals += load->layers[i].stack_originals[stack];
    }
  return originals;
}

static guint64
count_companions_of_host (const Packer *self)
{
  const PaddockPlacement *placement = self->placement;

  return (placement->projector == PADDOCK_PLACEMENT_HOST ? self->load->projector : 0) +
         (placement->draft == PADDOCK_PLACEMENT_HOST ? self->load->draft : 0);
}

/* What the processor needs that the system cannot drop. */
static guint64
count_host_fixed (const Packer *self)
{
  const PaddockPlacementLoad *load = self->load;
  guint64 weights = is_on_device (self, load->n_layers) ? 0 : load->output;
  guint64 fixed = load->host + (is_on_device (self, load->n_layers) ? 0 : load->output_adapters);

  for (guint i = 0; i < load->n_layers; i++)
    {
      const PaddockPlacementLayer *layer = &load->layers[i];

      weights += is_on_device (self, i) ? 0 : layer->dense;
      weights += has_experts_along (self, i) ? 0 : paddock_placement_layer_get_experts (layer);
      fixed += is_on_device (self, i) ? 0 : layer->cache + layer->adapters;
    }
  fixed += count_copies (self) + count_companions_of_host (self);
  if (!is_spilling (self))
    fixed += load->inputs * (works_in_turns (self) ? INPUTS_IN_TURNS : INPUTS_OF_HOST);
  else
    fixed += with_band (load, self->gpu_layers == 0 ? load->compute : load->compute_inner) + load->inputs;
  if (!load->mapped)
    fixed += weights + load->input;
  return fixed;
}

static guint64
get_whole_limit (const Packer *self, guint device)
{
  const PaddockPlacementDevice *of = get_device (self->placement, device);

  return of->own + MIN (of->borrow, self->room);
}

/* A part of the time that the slowest takes to read all it has room for, or else of that room. */
static guint64
get_limit (const Packer *self, guint device)
{
  const guint64 limit = get_whole_limit (self, device);
  double part = (double) limit;

  if (self->filling >= 1.0)
    return limit;
  if (self->longest > 0)
    part = MIN (part, self->longest * (double) get_device (self->placement, device)->bandwidth * self->filling);
  else
    part *= self->filling;
  return MIN (limit, (guint64) part);
}

/* Seconds; 0 where the speed of a device is unknown. */
static double
find_longest (const Packer *self)
{
  double longest = 0;

  for (guint i = 1; i < self->placement->devices->len; i++)
    {
      const PaddockPlacementDevice *of = get_device (self->placement, i);

      if (of->bandwidth == 0)
        return 0;
      longest = MAX (longest, (double) get_whole_limit (self, i) / (double) of->bandwidth);
    }
  return longest;
}

/* The next device gets what this one leaves of the main memory. */
static void
close_device (Packer *self, guint device)
{
  const PaddockPlacementDevice *of = get_device (self->placement, device);
  guint64 used = self->placement->shares[device].used;
  guint64 borrowed = used > of->own ? used - of->own : 0;

  self->room -= MIN (borrowed, self->room);
  self->placement->borrowed += borrowed;
}

static void
add_to_share (PaddockPlacementShare *share, guint64 weights, guint64 cache, guint64 compute)
{
  share->weights += weights;
  share->cache += cache;
  share->compute += compute;
  share->used += weights + cache + compute;
}

static gboolean
fits (const Packer *self, guint device, guint layer, guint64 bytes)
{
  const PaddockPlacementShare *share = &self->placement->shares[device];
  guint64 base = share->layers > 0 ? 0 : count_base (self, device, layer == self->load->n_layers);

  return share->used + base + bytes <= share->limit;
}

static void
put (Packer *self, guint device, guint layer)
{
  const PaddockPlacementLoad *load = self->load;
  PaddockPlacementShare *share = &self->placement->shares[device];

  if (share->layers++ == 0)
    add_to_share (share, load->common, 0, count_base (self, device, layer == load->n_layers) - load->common);
  if (layer == load->n_layers)
    add_to_share (share, load->output + load->tied, 0, load->output_adapters);
  else
    {
      const PaddockPlacementLayer *of = &load->layers[layer];
      guint64 experts = has_experts_along (self, layer) ? paddock_placement_layer_get_experts (of) : 0;

      add_to_share (share, of->dense + experts, of->cache, of->slack + of->adapters);
    }
  self->placement->device[layer] = device;
}

static guint64
count_layer (const Packer *self, guint layer)
{
  const PaddockPlacementLoad *load = self->load;
  const PaddockPlacementLayer *of = &load->layers[layer];

  if (layer == load->n_layers)
    return load->output + load->tied + load->output_adapters;
  return of->dense + of->cache + of->slack + of->adapters +
         (has_experts_along (self, layer) ? paddock_placement_layer_get_experts (of) : 0);
}

/* What stands beside the model is in one place: not even a part of it can be elsewhere. */
static void
put_companions (Packer *self)
{
  PaddockPlacement *placement = self->placement;

  if (placement->projector != PADDOCK_PLACEMENT_HOST)
    add_to_share (&placement->shares[placement->projector], 0, 0, self->load->projector);
  if (placement->draft != PADDOCK_PLACEMENT_HOST)
    add_to_share (&placement->shares[placement->draft], 0, 0, self->load->draft);
}

/* Those that got no layer may have something else. FALSE: there is no room for that. */
static gboolean
close_devices (Packer *self, guint from)
{
  for (guint i = from; i < self->placement->devices->len; i++)
    {
      if (self->placement->shares[i].used > get_whole_limit (self, i))
        return FALSE;
      close_device (self, i);
    }
  return TRUE;
}

static gboolean
put_all (Packer *self)
{
  const guint n_devices = self->placement->devices->len;
  guint device = 1;

  if (self->gpu_layers == 0)
    return close_devices (self, device);
  if (n_devices < 2)
    return FALSE;
  self->placement->shares[device].limit = get_limit (self, device);
  for (guint i = 0; i < self->gpu_layers; i++)
    {
      guint layer = self->load->n_layers - i;
      guint64 bytes = count_layer (self, layer);

      while (!fits (self, device, layer, bytes))
        {
          if (self->placement->shares[device].used > get_whole_limit (self, device))
            return FALSE;
          close_device (self, device);
          if (++device == n_devices)
            return FALSE;
          self->placement->shares[device].limit = get_limit (self, device);
        }
      put (self, device, layer);
    }
  return close_devices (self, device);
}

static void
clear (PaddockPlacement *placement)
{
  for (guint i = 0; i < placement->devices->len; i++)
    placement->shares[i] = (PaddockPlacementShare) { 0 };
  for (guint i = 0; i <= placement->n_layers; i++)
    {
      placement->device[i] = PADDOCK_PLACEMENT_HOST;
      placement->spilled[i] = 0;
    }
  placement->borrowed = 0;
}

static void
mark_spilled (Packer *self)
{
  const PaddockPlacementLoad *load = self->load;

  for (guint i = 0; i < load->n_layers; i++)
    {
      for (guint stack = 0; stack < PADDOCK_EXPERT_N_STACKS && !has_experts_along (self, i); stack++)
        {
          if (load->layers[i].stacks[stack] > 0)
            self->placement->spilled[i] |= (guint8) (1u << stack);
        }
    }
}

static void
count_host (Packer *self, guint64 fixed)
{
  const PaddockPlacementLoad *load = self->load;
  PaddockPlacement *placement = self->placement;
  PaddockPlacementShare *share = &placement->shares[PADDOCK_PLACEMENT_HOST];
  guint64 weights = load->input, cache = 0;
  const guint64 own = get_device (placement, PADDOCK_PLACEMENT_HOST)->own;

  for (guint i = 0; i < load->n_layers; i++)
    {
      gboolean here = !is_on_device (self, i);

      weights += here ? load->layers[i].dense : 0;
      weights += has_experts_along (self, i) ? 0 : paddock_placement_layer_get_experts (&load->layers[i]);
      cache += here ? load->layers[i].cache : 0;
      share->layers += here ? 1 : 0;
    }
  if (!is_on_device (self, load->n_layers))
    {
      weights += load->output;
      share->layers++;
    }
  if (!is_on_device (self, 0))
    weights += load->common;
  placement->evictable = load->mapped ? weights : 0;
  placement->copies = count_copies (self);
  placement->idle = MIN (count_originals (self), placement->evictable);
  fixed -= cache + (load->mapped ? 0 : MIN (fixed - cache, weights));
  add_to_share (share, weights, cache, fixed);
  share->limit = own - MIN (own, placement->borrowed);
}

/* However little of it was to be filled, this is what there is. */
static void
set_limits (Packer *self)
{
  self->filling = 1.0;
  for (guint i = 1; i < self->placement->devices->len; i++)
    {
      PaddockPlacementShare *share = &self->placement->shares[i];
      const PaddockPlacementDevice *of = get_device (self->placement, i);

      share->limit = MAX (get_limit (self, i), of->own + MIN (of->borrow, share->used > of->own ? share->used - of->own : 0));
    }
}

gboolean
paddock_placement_pack (PaddockPlacement *self, const PaddockPlacementLoad *load, guint gpu_layers,
                        guint expert_layers, double filling)
{
  Packer packer = { .placement = self, .load = load, .gpu_layers = gpu_layers, .filling = filling };
  const guint64 own = get_device (self, PADDOCK_PLACEMENT_HOST)->own;
  guint64 fixed;

  packer.expert_layers = load->has_experts ? expert_layers : load->n_layers;
  clear (self);
  fixed = count_host_fixed (&packer);
  packer.room = own > fixed ? own - fixed : 0;
  packer.longest = find_longest (&packer);
  put_companions (&packer);
  if (!put_all (&packer))
    return FALSE;
  mark_spilled (&packer);
  count_host (&packer, fixed);
  set_limits (&packer);
  self->gpu_layers = gpu_layers;
  self->cpu_experts = 0;
  if (load->has_experts && gpu_layers > 0 && expert_layers + 1 < gpu_layers)
    self->cpu_experts = load->n_layers - expert_layers;
  return TRUE;
}

/* What the processor no longer computes with needs no copy. */
static void
drop_copies (PaddockPlacement *self, const PaddockPlacementLayer *layer, guint stack)
{
  PaddockPlacementShare *host = &self->shares[PADDOCK_PLACEMENT_HOST];
  const guint64 copies = MIN (self->copies, layer->stack_copies[stack]);

  host->compute -= copies;
  host->used -= copies;
  self->copies -= copies;
  self->idle -= MIN (self->idle, layer->stack_originals[stack]);
}

static void
move_stack (PaddockPlacement *self, const PaddockPlacementLoad *load, guint layer, guint stack)
{
  const guint device = self->device[layer];
  const guint64 bytes = load->layers[layer].stacks[stack];
  const guint64 own = get_device (self, device)->own;
  const guint64 before = self->shares[device].used;
  guint64 borrowed;
  PaddockPlacementShare *host = &self->shares[PADDOCK_PLACEMENT_HOST];

  add_to_share (&self->shares[device], bytes, 0, 0);
  host->weights -= bytes;
  host->used -= bytes;
  self->evictable -= load->mapped ? bytes : 0;
  drop_copies (self, &load->layers[layer], stack);
  self->spilled[layer] &= (guint8) ~(1u << stack);
  borrowed = before + bytes > own ? before + bytes - MAX (before, own) : 0;
  self->borrowed += borrowed;
  host->limit -= MIN (host->limit, borrowed);
}

void
paddock_placement_top_up (PaddockPlacement *self, const PaddockPlacementLoad *load)
{
  gboolean moved = FALSE;
  guint layer;

  if (self->cpu_experts == 0)
    return;
  layer = self->cpu_experts - 1;
  for (guint stack = 0; stack < PADDOCK_EXPERT_N_STACKS; stack++)
    {
      guint64 bytes = load->layers[layer].stacks[stack];
      const PaddockPlacementShare *share = &self->shares[self->device[layer]];

      if (bytes > 0 && self->device[layer] != PADDOCK_PLACEMENT_HOST && share->used + bytes <= share->limit)
        {
          move_stack (self, load, layer, stack);
          moved = TRUE;
        }
    }
  if (moved)
    self->cpu_experts--;
}
