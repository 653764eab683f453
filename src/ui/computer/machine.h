/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/**
 * PaddockMachine:
 *
 * This computer, or one that the person has imagined and given a name. The property "title" is what a list calls it, and
 * "snapshot" what it has; both may change.
 */
#define PADDOCK_TYPE_MACHINE (paddock_machine_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMachine, paddock_machine, PADDOCK, MACHINE, GObject)

PaddockMachine          *paddock_machine_new          (const char *name, PaddockHardwareSnapshot *snapshot);
const char              *paddock_machine_get_name     (PaddockMachine *self);   /* NULL: it is this computer */
const char              *paddock_machine_get_title    (PaddockMachine *self);
PaddockHardwareSnapshot *paddock_machine_get_snapshot (PaddockMachine *self);   /* NULL: not known yet */
void                     paddock_machine_set_name     (PaddockMachine *self, const char *name);
void                     paddock_machine_set_snapshot (PaddockMachine *self, PaddockHardwareSnapshot *snapshot);

G_END_DECLS
