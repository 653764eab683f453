/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/*
 * Looks at the computer below a root: "/" is this one, a directory with `proc` and `sys` in it another. The only error
 * is being cancelled; what cannot be found out is unknown in the snapshot, or a note.
 */
PaddockHardwareSnapshot *paddock_hardware_scan        (const char           *root,
                                                       GCancellable         *cancellable,
                                                       GError              **error);
void                     paddock_hardware_scan_async  (const char           *root,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
PaddockHardwareSnapshot *paddock_hardware_scan_finish (GAsyncResult         *result,
                                                       GError              **error);

G_END_DECLS
