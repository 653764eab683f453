/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/**
 * PaddockHardwareMachines:
 *
 * Computers that the person has given a name: such as there could be, and such as there are elsewhere. Each is a file in
 * a folder of the user's configuration. Errors are of %G_IO_ERROR. Not thread safe.
 */
typedef struct _PaddockHardwareMachines PaddockHardwareMachines;

#define PADDOCK_HARDWARE_MACHINES_MAX_NAME 80   /* characters */

PaddockHardwareMachines *paddock_hardware_machines_new    (const char *folder);   /* NULL: that of the user */
void                     paddock_hardware_machines_free   (PaddockHardwareMachines *self);

gboolean                 paddock_hardware_machines_is_name (const char *name);
char                   **paddock_hardware_machines_list   (PaddockHardwareMachines *self);   /* sorted as a person would */
PaddockHardwareSnapshot *paddock_hardware_machines_load   (PaddockHardwareMachines *self, const char *name, GError **error);
/* Takes the place of one of the same name. */
gboolean                 paddock_hardware_machines_save   (PaddockHardwareMachines *self, const char *name,
                                                           const PaddockHardwareSnapshot *machine, GError **error);
/* %G_IO_ERROR_EXISTS: there is one of the new name already. */
gboolean                 paddock_hardware_machines_rename (PaddockHardwareMachines *self, const char *from, const char *to,
                                                           GError **error);
gboolean                 paddock_hardware_machines_remove (PaddockHardwareMachines *self, const char *name, GError **error);

/* The same computer with one more device (taken), or with another one in the place of the one with its id. */
PaddockHardwareSnapshot *paddock_hardware_machines_add_device    (const PaddockHardwareSnapshot *machine,
                                                                  PaddockHardwareDevice *device);
PaddockHardwareSnapshot *paddock_hardware_machines_remove_device (const PaddockHardwareSnapshot *machine, const char *id);

PaddockHardwareSnapshot *paddock_hardware_machines_imagine_device (const PaddockHardwareSnapshot *machine, const char *name,
                                                                  guint64 bytes);

/* The same computer with another number; it remembers the one that was found. The path is valid and the value possible. */
PaddockHardwareSnapshot *paddock_hardware_machines_set_number   (const PaddockHardwareSnapshot *machine, const char *path,
                                                                 guint64 value);
PaddockHardwareSnapshot *paddock_hardware_machines_reset_number (const PaddockHardwareSnapshot *machine, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHardwareMachines, paddock_hardware_machines_free)

G_END_DECLS
