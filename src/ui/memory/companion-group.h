/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "memory/memory-settings.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_COMPANION_GROUP (paddock_companion_group_get_type ())
G_DECLARE_FINAL_TYPE (PaddockCompanionGroup, paddock_companion_group, PADDOCK, COMPANION_GROUP, AdwPreferencesGroup)

/* What is loaded together with a model now; why the last choice was none is forgotten. path: of the model, for what goes
   with it is mostly beside it. */
void paddock_companion_group_show (PaddockCompanionGroup *self, const PaddockMemorySettings *settings, const char *path);

G_END_DECLS
