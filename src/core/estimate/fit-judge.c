/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/fit-judge.h"

#include "estimate/estimate-error.h"
#include "estimate/placement-strategy.h"

static PaddockFit
judge_load (const PaddockPlacementLoad *load, GPtrArray *devices)
{
  g_autoptr (PaddockPlacement) placement =
    paddock_placement_strategy_run (&paddock_placement_gpu_first, devices, load);

  return placement->fit;
}

static PaddockFit
judge_request (const PaddockModelShape *shape, const PaddockMemoryRequest *request, GPtrArray *devices, GError **error)
{
  g_autoptr (PaddockPlacementLoad) load = paddock_placement_load_new_for_shape (shape, request, TRUE, error);
  PaddockFit most, least;

  if (load == NULL)
    return PADDOCK_FIT_UNKNOWN;
  most = judge_load (load, devices);
  load->compute = load->compute_inner = 0;
  least = judge_load (load, devices);
  if (most == least)
    return most;

  /* What computing needs decides: only now is the engine's graph worth its time. */
  g_clear_pointer (&load, paddock_placement_load_free);
  load = paddock_placement_load_new_for_shape (shape, request, FALSE, error);
  return load != NULL ? judge_load (load, devices) : PADDOCK_FIT_UNKNOWN;
}

/**
 * paddock_fit_judge_devices:
 * @shape: a model
 * @request: (nullable): how it is run
 * @devices: (element-type PaddockPlacementDevice): the processor and the others
 * @error: return location for a #PaddockEstimateError
 *
 * Returns: how it fits
 */
PaddockFit
paddock_fit_judge_devices (const PaddockModelShape *shape, const PaddockMemoryRequest *request, GPtrArray *devices,
                           GError **error)
{
  const PaddockPlacementDevice *host = g_ptr_array_index (devices, PADDOCK_PLACEMENT_HOST);
  PaddockMemoryRequest usual;

  if (!host->known)
    {
      g_set_error_literal (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_MACHINE,
                           "nobody knows how much memory this computer has");
      return PADDOCK_FIT_UNKNOWN;
    }
  if (request != NULL)
    return judge_request (shape, request, devices, error);
  paddock_memory_request_init (&usual, shape);
  usual.context = MIN (usual.context, PADDOCK_FIT_CONTEXT);
  return judge_request (shape, &usual, devices, error);
}

PaddockFit
paddock_fit_judge (const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                   const PaddockHardwareSnapshot *snapshot, GError **error)
{
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (snapshot, NULL);

  return paddock_fit_judge_devices (shape, request, devices, error);
}
