/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Asks drivers in a process of its own: they take hundreds of megabytes, start threads that never end, and crash. What
 * dies or hangs there is an error here, and all that it took is given back.
 */
#define PADDOCK_DEVICE_HELPER_SECONDS 15

/* What "vulkan" or "opencl" says through the library of that name: PaddockHardwareDevices. */
GPtrArray *paddock_device_helper_ask (const char *interface, const char *library, guint limit_seconds, GError **error);

G_END_DECLS
