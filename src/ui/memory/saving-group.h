/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "memory/memory-settings.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_SAVING_GROUP (paddock_saving_group_get_type ())
G_DECLARE_FINAL_TYPE (PaddockSavingGroup, paddock_saving_group, PADDOCK, SAVING_GROUP, AdwPreferencesGroup)

/* (element-type PaddockMemorySuggestion); the group hides where there is nothing to save. */
void paddock_saving_group_set_suggestions (PaddockSavingGroup *self, GArray *suggestions);

G_END_DECLS
