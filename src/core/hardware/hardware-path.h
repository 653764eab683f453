/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-draft.h"

G_BEGIN_DECLS

/*
 * Numbers of a computer by a text: PART.FIELD, where the part is "memory", "processor", "disk:" with the place where it is
 * mounted, or the id of a device: "memory.total", "disk:/home.free", "pci:0000:03:00.0.bandwidth".
 */
typedef enum
{
  PADDOCK_NUMBER_SIZE,               /* bytes */
  PADDOCK_NUMBER_SPEED,              /* bytes per second */
  PADDOCK_NUMBER_COUNT
} PaddockNumberKind;

gboolean                     paddock_hardware_path_is_valid   (const char *path);   /* for some computer */
PaddockNumberKind            paddock_hardware_path_get_kind   (const char *path);
gboolean                     paddock_hardware_path_is_possible (const char *path, guint64 value);

/* The number may be unknown; NULL: the computer has no such part. */
const PaddockHardwareNumber *paddock_hardware_path_find       (const PaddockHardwareSnapshot *computer, const char *path);
/* Several places may lie on one disk, and each knows its numbers: the @n-th of them. */
PaddockHardwareNumber       *paddock_hardware_path_find_draft (PaddockHardwareDraft *draft, const char *path, guint n);

/* What the number of a disk is called. */
char                        *paddock_hardware_path_make_disk  (const char *mount, const char *field);

G_END_DECLS
