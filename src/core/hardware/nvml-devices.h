/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hardware/hardware-device.h"

G_BEGIN_DECLS

/* The library that NVIDIA's driver brings along. */
#define PADDOCK_NVML_LIBRARY "libnvidia-ml.so.1"

/*
 * The cards that NVIDIA's driver knows, of PaddockHardwareDevice. NULL: there is no library of that name (then the error
 * is %G_IO_ERROR_NOT_FOUND), or it does not work. May take seconds where the driver has to wake a card.
 */
GPtrArray *paddock_nvml_devices_list (const char *library, GError **error);

G_END_DECLS
