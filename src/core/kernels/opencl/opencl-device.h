/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/opencl/opencl-library.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_OPENCL_KIND_OTHER,
  PADDOCK_OPENCL_KIND_CPU,
  PADDOCK_OPENCL_KIND_ACCELERATOR,
  PADDOCK_OPENCL_KIND_GPU
} PaddockOpenclKind;

/**
 * PaddockOpenclDevice:
 *
 * What OpenCL says of a device. Nobody changes it; any thread may read it.
 */
typedef struct
{
  const PaddockOpenclLibrary *library;   /* borrowed; lives longer */
  PaddockClPlatform platform;
  PaddockClDevice id;
  char *name;
  char *vendor;
  char *driver_version;
  char *platform_version;
  PaddockOpenclKind kind;
  guint64 memory;                    /* bytes that all its work items share */
  guint64 max_allocation;            /* of them, in one piece */
  gsize max_group;                   /* work items of a group */
  gboolean shares_memory;            /* with the processor: nothing has to be sent over a bus */
  const char *unsuited;              /* why it is not used: it would not give the bits that the processor gives; or NULL */
} PaddockOpenclDevice;

/* An empty list is an error, so that its reason can be told. */
GPtrArray *paddock_opencl_devices_list  (const PaddockOpenclLibrary *library, GError **error);
/* The one to compute with: a suited GPU before an accelerator before a processor, and of these the first. */
const PaddockOpenclDevice *paddock_opencl_devices_choose (GPtrArray *devices, GError **error);

PaddockOpenclDevice *paddock_opencl_device_copy (const PaddockOpenclDevice *self);
void                 paddock_opencl_device_free (PaddockOpenclDevice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockOpenclDevice, paddock_opencl_device_free)

G_END_DECLS
