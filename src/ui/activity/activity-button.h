/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_ACTIVITY_BUTTON (paddock_activity_button_get_type ())
G_DECLARE_FINAL_TYPE (PaddockActivityButton, paddock_activity_button, PADDOCK, ACTIVITY_BUTTON, AdwBin)

void paddock_activity_button_set_list (PaddockActivityButton *self, PaddockActivityList *list);
void paddock_activity_button_open     (PaddockActivityButton *self);

G_END_DECLS
