/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Moves models into a folder, which the library looks into from then on; what goes wrong is said on the toasts around a
   widget. */
void paddock_moving_begin (PaddockLibrary *library, PaddockActivityList *activities, GtkWidget *near,
                           const char *const *ids, const char *folder);

G_END_DECLS
