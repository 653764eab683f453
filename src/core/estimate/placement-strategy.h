/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/placement.h"

G_BEGIN_DECLS

typedef struct _PaddockPlacementStrategy PaddockPlacementStrategy;

/**
 * PaddockPlacementStrategy:
 *
 * A way to divide a model among devices. It never passes a device's limit.
 */
struct _PaddockPlacementStrategy
{
  const char *id;                    /* "gpu-first" */
  /* FALSE: it finds no place; the placement is then worth nothing, and the next one tries. */
  gboolean (*place) (PaddockPlacement *placement, const PaddockPlacementLoad *load);
  const PaddockPlacementStrategy *next;   /* NULL: this one always finds a place, be it too small */
};

extern const PaddockPlacementStrategy paddock_placement_gpu_first;   /* as much as possible on devices */
extern const PaddockPlacementStrategy paddock_placement_balanced;    /* the same, but all devices alike full */
extern const PaddockPlacementStrategy paddock_placement_cpu_only;    /* nothing on devices */

const PaddockPlacementStrategy *paddock_placement_strategy_find (const char *id);   /* NULL: there is no such */

PaddockPlacement *paddock_placement_strategy_run (const PaddockPlacementStrategy *self, GPtrArray *devices,
                                                  const PaddockPlacementLoad *load);

/* The same with so many layers on devices, the output among them: refused if there is no room for that. */
PaddockPlacement *paddock_placement_strategy_run_layers (const PaddockPlacementStrategy *self, GPtrArray *devices,
                                                         const PaddockPlacementLoad *load, guint gpu_layers);

G_END_DECLS
