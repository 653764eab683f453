/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "placement-case.h"

#include "hardware/hardware-draft.h"

static void
set (PaddockHardwareNumber *number, guint mib)
{
  if (mib > 0)
    paddock_hardware_number_set (number, mib * TEST_MIB, "the test");
}

PaddockHardwareSnapshot *
test_placement_machine (guint total, guint available, const TestPlacementDevice *devices)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();

  set (&draft->memory->total, total);
  set (&draft->memory->available, available);
  for (; devices != NULL && devices->id != NULL; devices++)
    {
      PaddockHardwareDevice *device = paddock_hardware_device_new (devices->id, devices->kind);

      set (&device->total, devices->total);
      set (&device->free, devices->free);
      set (&device->shared, devices->shared);
      set (&device->bandwidth, devices->bandwidth);
      paddock_hardware_draft_add_device (draft, device);
    }
  return paddock_hardware_draft_end (draft);
}

PaddockPlacementLoad *
test_placement_load (guint layers, guint dense, guint experts, guint cache)
{
  PaddockPlacementLoad *load = paddock_placement_load_new (layers);

  for (guint i = 0; i < layers; i++)
    {
      load->layers[i].dense = dense * TEST_MIB;
      load->layers[i].cache = cache * TEST_MIB;
      load->layers[i].stacks[PADDOCK_EXPERT_STACK_DOWN] = experts / 2 * TEST_MIB;
      load->layers[i].stacks[PADDOCK_EXPERT_STACK_UP] = (experts - experts / 2) * TEST_MIB;
    }
  load->has_experts = experts > 0;
  load->read = layers * (guint64) dense * TEST_MIB;
  return load;
}

static guint64
count_weights (const PaddockPlacement *placement, const PaddockPlacementLoad *load)
{
  guint64 weights = load->input + load->output;
  guint used = 0;

  for (guint i = 0; i < load->n_layers; i++)
    weights += load->layers[i].dense + paddock_placement_layer_get_experts (&load->layers[i]);
  for (guint i = 1; i < placement->devices->len; i++)
    used += placement->shares[i].layers > 0 ? 1 : 0;
  /* The only things that may be there twice. */
  weights += load->common * (used + (placement->device[0] == PADDOCK_PLACEMENT_HOST ? 1 : 0));
  if (placement->device[load->n_layers] != PADDOCK_PLACEMENT_HOST)
    weights += load->tied;
  return weights;
}

static void
check_order (const PaddockPlacement *placement)
{
  guint on_devices = 0;

  for (guint i = 0; i <= placement->n_layers; i++)
    {
      g_assert_cmpuint (placement->device[i], <, placement->devices->len);
      on_devices += placement->device[i] != PADDOCK_PLACEMENT_HOST ? 1 : 0;
      /* From the last to the first: once on a device, never back, and devices in their order. */
      if (i > 0 && placement->device[i - 1] != PADDOCK_PLACEMENT_HOST)
        {
          g_assert_cmpuint (placement->device[i], !=, PADDOCK_PLACEMENT_HOST);
          g_assert_cmpuint (placement->device[i], <=, placement->device[i - 1]);
        }
    }
  g_assert_cmpuint (on_devices, ==, placement->gpu_layers);
}

void
test_placement_check (const PaddockPlacement *placement, const PaddockPlacementLoad *load)
{
  guint64 weights = 0, cache = 0, caches = 0, borrowed = 0;
  guint layers = 0;
  const PaddockPlacementDevice *host = g_ptr_array_index (placement->devices, PADDOCK_PLACEMENT_HOST);

  for (guint i = 0; i < placement->devices->len; i++)
    {
      const PaddockPlacementDevice *device = g_ptr_array_index (placement->devices, i);
      const PaddockPlacementShare *share = &placement->shares[i];

      g_assert_cmpuint (share->used, ==, share->weights + share->cache + share->compute);
      if (i != PADDOCK_PLACEMENT_HOST)
        {
          g_assert_cmpuint (share->used, <=, share->limit);
          g_assert_cmpuint (share->limit, <=, device->own + device->borrow);
          borrowed += share->used > device->own ? share->used - device->own : 0;
        }
      weights += share->weights;
      cache += share->cache;
      layers += share->layers;
    }
  for (guint i = 0; i < load->n_layers; i++)
    caches += load->layers[i].cache;
  g_assert_cmpuint (weights, ==, count_weights (placement, load));
  g_assert_cmpuint (cache, ==, caches);
  g_assert_cmpuint (layers, ==, load->n_layers + 1);
  g_assert_cmpuint (borrowed, ==, placement->borrowed);
  g_assert_cmpuint (placement->shares[PADDOCK_PLACEMENT_HOST].limit + borrowed, ==, host->own);
  check_order (placement);
}

PaddockPlacement *
test_placement_run (const PaddockPlacementStrategy *strategy, GPtrArray *devices, const PaddockPlacementLoad *load)
{
  PaddockPlacement *placement = paddock_placement_strategy_run (strategy, devices, load);

  test_placement_check (placement, load);
  return placement;
}
