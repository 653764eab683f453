/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/*
 * Numbers of a computer by a text: "memory.total", "processor.cores", "disk:/home.free", or the id of a device with what is
 * meant of it. Those of the memory and of devices are called as overrides call them.
 */
const PaddockHardwareNumber *paddock_number_path_find            (const PaddockHardwareSnapshot *computer, const char *path);
gboolean                     paddock_number_path_can_be_overridden (const char *path);
/* What the number of a disk is called. */
char                        *paddock_number_path_make_disk       (const char *mount, const char *field);

G_END_DECLS
