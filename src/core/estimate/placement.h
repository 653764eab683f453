/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/fit.h"
#include "estimate/placement-device.h"
#include "estimate/placement-load.h"

G_BEGIN_DECLS

/* In the place of a number of layers: as many as there is room for. */
#define PADDOCK_PLACEMENT_ANY G_MAXUINT

/* What one device has of the model, in bytes. */
typedef struct
{
  guint64 weights, cache, compute;   /* the cache with states; computing with all that is neither */
  guint64 used;                      /* all three */
  guint64 limit;                     /* never passed: of the processor, less what integrated devices borrowed */
  guint64 unload;                    /* what others would have to give up for the next better place; 0: nothing helps */
  guint layers;                      /* the output counts as one */
} PaddockPlacementShare;

/**
 * PaddockPlacement:
 *
 * Where each tensor of a model goes. Layers lie on devices from the last one to the first; experts of the first ones may
 * stay with the processor while their layers do not.
 */
typedef struct
{
  /* Owned */
  GPtrArray *devices;                /* of PaddockPlacementDevice */
  PaddockPlacementShare *shares;     /* one for each device */
  guint *device;                     /* [n_layers + 1]: the last is the output's */
  guint8 *spilled;                   /* [n_layers]: stacks of experts that are with the processor all the same */

  /* Borrowed */
  const char *strategy;              /* id of the one that made it */

  guint n_layers;
  guint gpu_layers;                  /* the output counts as one */
  guint cpu_experts;                 /* so many of the first layers have all their experts with the processor */
  guint wanted;                      /* layers that somebody insists on; PADDOCK_PLACEMENT_ANY: as many as fit */
  gboolean refused;                  /* there is no room for so many: this is what there is room for */
  gboolean has_projector, has_draft;
  guint projector, draft;            /* the devices that have them; the processor where there are none */
  guint64 evictable;                 /* of the processor's share: pages of the file, which the system may drop */
  guint64 copies;                    /* of the processor's share: weights in the order that it likes */
  guint64 idle;                      /* of what is evictable: originals of these copies, which nobody reads again */
  guint64 borrowed;                  /* of the main memory, by integrated devices */
  gboolean total_only;               /* nobody knows what is free somewhere: all of it was taken for free */
  PaddockFit fit;
} PaddockPlacement;

PaddockPlacement *paddock_placement_new  (GPtrArray *devices, const PaddockPlacementLoad *load);
void              paddock_placement_free (PaddockPlacement *self);

/* The engine has a name for each of the devices: then they can be chosen, and put in any order. */
gboolean          paddock_placement_can_name_devices (const PaddockPlacement *self);

/* What the processor has to have in memory to run it without reading the file again. */
guint64           paddock_placement_get_host_need    (const PaddockPlacement *self);

/* The number of the device that a tensor of the model goes to; the processor is the first. */
guint             paddock_placement_get_device (const PaddockPlacement *self, const PaddockShapeTensor *tensor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockPlacement, paddock_placement_free)

G_END_DECLS
