/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-note.h"
#include "hardware/hardware-number.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_DEVICE_DISCRETE,           /* with memory of its own */
  PADDOCK_DEVICE_INTEGRATED,         /* works in the computer's memory */
  PADDOCK_DEVICE_REMOTE,             /* of another computer */
  PADDOCK_DEVICE_PROCESSOR           /* the processor itself, in the place of a device */
} PaddockHardwareDeviceKind;

/**
 * PaddockHardwareDevice:
 *
 * What can compute beside the processor, seen by one or several probes. Two probes that see the same PCI address see
 * the same device.
 */
typedef struct
{
  /* Owned */
  char *id;                          /* "pci:0000:03:00.0", "CUDA0", "Vulkan0" */
  char *name;
  char *driver;                      /* NULL: unknown */
  char *driver_version;              /* NULL: unknown */
  char *pci;                         /* "0000:03:00.0"; NULL: it is on no such bus */
  PaddockHardwareNote *note;         /* what to know about it; NULL: nothing */
  GPtrArray *backends;               /* of strings: what can use it: "cuda", "vulkan", "opencl" */

  PaddockHardwareDeviceKind kind;
  PaddockHardwareNumber total;       /* bytes of its own memory; of an integrated one, what is carved out for it */
  PaddockHardwareNumber free;
  PaddockHardwareNumber shared;      /* bytes of the computer's memory that it may use beside its own */
  PaddockHardwareNumber bandwidth;   /* bytes per second */
} PaddockHardwareDevice;

PaddockHardwareDevice *paddock_hardware_device_new  (const char *id, PaddockHardwareDeviceKind kind);
PaddockHardwareDevice *paddock_hardware_device_copy (const PaddockHardwareDevice *self);
void                   paddock_hardware_device_free (PaddockHardwareDevice *self);

void                   paddock_hardware_device_add_backend (PaddockHardwareDevice *self, const char *backend);
gboolean               paddock_hardware_device_has_backend (const PaddockHardwareDevice *self, const char *backend);

const char *paddock_hardware_device_kind_get_name (PaddockHardwareDeviceKind kind);   /* "discrete", "integrated", ... */
gboolean    paddock_hardware_device_kind_parse    (const char *name, PaddockHardwareDeviceKind *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHardwareDevice, paddock_hardware_device_free)

G_END_DECLS
