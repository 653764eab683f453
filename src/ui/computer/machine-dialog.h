/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_MACHINE_DIALOG (paddock_machine_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMachineDialog, paddock_machine_dialog, PADDOCK, MACHINE_DIALOG, AdwDialog)

AdwDialog *paddock_machine_dialog_new (PaddockMachineStore *store, PaddockMachine *machine);

G_END_DECLS
