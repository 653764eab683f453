/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine-store.h"
#include "computer/this-computer.h"

G_BEGIN_DECLS

/**
 * PaddockMachineChoice:
 *
 * The computer that badges and estimates are about: this one, unless the person has chosen one that they have imagined.
 * There is one choice for the whole program, which outlives it.
 *
 * Its properties notify: "chosen" is the machine, and "snapshot" what that has. The latter also changes when the person
 * edits the machine, and every few seconds with the free memory of this computer, while somebody looks at that
 * (paddock_this_computer_look()).
 */
#define PADDOCK_TYPE_MACHINE_CHOICE (paddock_machine_choice_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMachineChoice, paddock_machine_choice, PADDOCK, MACHINE_CHOICE, GObject)

PaddockMachineChoice    *paddock_machine_choice_new          (GSettings *settings, PaddockThisComputer *computer,
                                                              PaddockMachineStore *store);
PaddockThisComputer     *paddock_machine_choice_get_computer (PaddockMachineChoice *self);
PaddockMachineStore     *paddock_machine_choice_get_store    (PaddockMachineChoice *self);

/* Of PaddockMachine, for a list to choose from: this computer first, then the others by name. */
GListModel              *paddock_machine_choice_get_list     (PaddockMachineChoice *self);

PaddockMachine          *paddock_machine_choice_get_chosen   (PaddockMachineChoice *self);   /* never NULL */
void                     paddock_machine_choice_set_chosen   (PaddockMachineChoice *self, PaddockMachine *machine);
PaddockHardwareSnapshot *paddock_machine_choice_get_snapshot (PaddockMachineChoice *self);   /* NULL: not known yet */

G_END_DECLS
