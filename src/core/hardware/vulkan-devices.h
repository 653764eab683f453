/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hardware/hardware-device.h"

G_BEGIN_DECLS

#define PADDOCK_VULKAN_LIBRARY "libvulkan.so.1"

/*
 * The graphics processors that Vulkan knows, of PaddockHardwareDevice; not those that are software on the processor.
 * It loads all drivers, which is slow and has crashed programs: to be called in a process that may be lost. NULL: there
 * is no library of that name or no driver (then the error is %G_IO_ERROR_NOT_FOUND), or it does not work.
 */
GPtrArray *paddock_vulkan_devices_list (const char *library, GError **error);

G_END_DECLS
