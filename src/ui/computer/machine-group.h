/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine-choice.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_MACHINE_GROUP (paddock_machine_group_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMachineGroup, paddock_machine_group, PADDOCK, MACHINE_GROUP, AdwPreferencesGroup)

AdwPreferencesGroup *paddock_machine_group_new (PaddockMachineChoice *choice);

G_END_DECLS
