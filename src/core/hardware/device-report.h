/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hardware/hardware-device.h"

G_BEGIN_DECLS

/* What one process tells another of the devices that it saw, or of why it saw none. */
GBytes    *paddock_device_report_write (GPtrArray *devices, const GError *error);
/* The bytes may be anything: who wrote them may have died over it. */
GPtrArray *paddock_device_report_read  (GBytes *report, GError **error);

G_END_DECLS
