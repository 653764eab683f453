/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/* The processor with the main memory is always the first of the devices. */
#define PADDOCK_PLACEMENT_HOST 0

/**
 * PaddockPlacementDevice:
 *
 * What a model may take of a device: what is free less a reserve, which nothing is ever placed in. The reserve holds
 * what the driver takes for a program that uses the device, and something for everybody else.
 */
typedef struct
{
  /* Owned */
  char *id;                          /* as in the list of hardware; "cpu" for the processor */
  char *name;
  char *engine_name;                 /* as llama.cpp's --device calls it: "CUDA0"; NULL: unknown */
  char *address;                     /* of another computer: "host:50052"; NULL: it is here */

  PaddockHardwareDeviceKind kind;
  guint64 total, free;               /* bytes of its own memory */
  guint64 reserve;
  guint64 own;                       /* what may be used of its own memory */
  guint64 borrow;                    /* and of the main memory, which has it only once */
  guint64 bandwidth;                 /* bytes per second; 0: unknown */
  gboolean known;                    /* FALSE: nobody knows how much memory it has */
  gboolean free_known;               /* FALSE: all of it was taken for free */
} PaddockPlacementDevice;

void paddock_placement_device_free (PaddockPlacementDevice *self);

/*
 * The processor, then the others in the order in which they are filled: the reverse of the engine's order. A device
 * whose id is among the excluded ones is left out: it refused before, or the person does not want it.
 */
GPtrArray *paddock_placement_devices_new (const PaddockHardwareSnapshot *snapshot, const char *const *excluded);

/* Workers elsewhere are numbered by the engine in the order in which it is told of them. */
gboolean paddock_placement_device_can_be_named (const PaddockPlacementDevice *self);

/* What there would be if nobody else used it. */
guint64 paddock_placement_device_get_capacity (const PaddockPlacementDevice *self);
/* Bytes beside the reserve that others use now. */
guint64 paddock_placement_device_get_occupied (const PaddockPlacementDevice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockPlacementDevice, paddock_placement_device_free)

G_END_DECLS
