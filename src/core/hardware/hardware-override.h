/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "hardware/hardware-draft.h"

G_BEGIN_DECLS

/**
 * PaddockHardwareOverride:
 *
 * A number that the person knows better than the computer: "pci:0000:03:00.0.total=24GiB", "memory.available=8GiB",
 * "processor.cores=8". What there is to know is in hardware-path.h.
 */
typedef struct _PaddockHardwareOverride PaddockHardwareOverride;

/* The value is a number of bytes, or one with KiB, MiB, GiB, TiB, KB, MB, GB or TB behind it. */
PaddockHardwareOverride *paddock_hardware_override_parse  (const char *text, GError **error);
PaddockHardwareOverride *paddock_hardware_override_copy   (const PaddockHardwareOverride *self);
void                     paddock_hardware_override_free   (PaddockHardwareOverride *self);
char                    *paddock_hardware_override_format (const PaddockHardwareOverride *self);   /* can be parsed again */

/*
 * The same computer with other numbers, which remember what was found. %G_IO_ERROR_NOT_FOUND: there is no such device.
 * Free memory that would be more than there is becomes all that there is.
 */
PaddockHardwareSnapshot *paddock_hardware_override_apply  (const PaddockHardwareSnapshot *snapshot, GPtrArray *overrides,
                                                           GError **error);

/* Once more, when what is free has been read again. */
void                     paddock_hardware_override_limit  (PaddockHardwareDraft *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHardwareOverride, paddock_hardware_override_free)

G_END_DECLS
