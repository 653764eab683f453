/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-device.h"

G_BEGIN_DECLS

/*
 * Reads again how much memory is free, of PaddockHardwareDevices that were found before. It asks only what answers fast
 * and wakes no device that sleeps; the others keep the number that they had. What the person said is not touched.
 */
void paddock_device_refresh (const char *root, GPtrArray *devices);

G_END_DECLS
