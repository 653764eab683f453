/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/opencl/opencl-device.h"

G_BEGIN_DECLS

/* What the device is called among those of this computer; NULL: it is the processor. */
char    *paddock_device_bandwidth_find_id (const PaddockOpenclDevice *device, guint index);

/* The bytes that the device reads and writes a second in its own memory, when it does nothing but copy. */
gboolean paddock_device_bandwidth_measure (const PaddockOpenclDevice *device, GCancellable *cancellable,
                                           guint64 *bytes_per_second, GError **error);

G_END_DECLS
