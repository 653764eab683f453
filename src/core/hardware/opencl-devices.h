/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hardware/hardware-device.h"
#include "kernels/opencl/opencl-device.h"

G_BEGIN_DECLS

#define PADDOCK_OPENCL_LIBRARY_NAME "libOpenCL.so.1"

/*
 * What OpenCL knows, of PaddockHardwareDevice; but not what computes on the processor. It loads all drivers: see
 * vulkan-devices.h. NULL: there is no library of that name, or it knows none: then the error is %G_IO_ERROR_NOT_FOUND.
 */
GPtrArray *paddock_opencl_devices_describe (const char *library, GError **error);
/* The same of one, as it was listed; NULL: it computes on the processor. */
PaddockHardwareDevice *paddock_opencl_device_describe (const PaddockOpenclDevice *device, guint index);

G_END_DECLS
