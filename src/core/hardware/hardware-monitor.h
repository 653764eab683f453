/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/**
 * PaddockHardwareMonitor:
 *
 * How much memory of the computer and of its devices is free, as long as somebody looks. It reads in a worker thread,
 * every few seconds and at once when the system runs short of memory. While nobody looks it does nothing at all.
 *
 * The signal "changed" follows when a number is another one.
 */
#define PADDOCK_TYPE_HARDWARE_MONITOR (paddock_hardware_monitor_get_type ())
G_DECLARE_FINAL_TYPE (PaddockHardwareMonitor, paddock_hardware_monitor, PADDOCK, HARDWARE_MONITOR, GObject)

/* What the interval is where nobody says another one. */
#define PADDOCK_HARDWARE_MONITOR_SECONDS 2

/* It begins with what a scan has found. */
PaddockHardwareMonitor  *paddock_hardware_monitor_new (const char *root, PaddockHardwareSnapshot *snapshot);
void                     paddock_hardware_monitor_set_interval (PaddockHardwareMonitor *self, guint milliseconds);

/* For each start a stop: several may look. */
void                     paddock_hardware_monitor_start        (PaddockHardwareMonitor *self);
void                     paddock_hardware_monitor_stop         (PaddockHardwareMonitor *self);
gboolean                 paddock_hardware_monitor_is_started   (PaddockHardwareMonitor *self);

/* The newest one, never NULL; (transfer none). */
PaddockHardwareSnapshot *paddock_hardware_monitor_get_snapshot (PaddockHardwareMonitor *self);
/* Another scan took place. */
void                     paddock_hardware_monitor_set_snapshot (PaddockHardwareMonitor *self,
                                                                PaddockHardwareSnapshot *snapshot);

G_END_DECLS
