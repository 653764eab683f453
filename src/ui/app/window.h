/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "app/application.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_WINDOW (paddock_window_get_type ())

G_DECLARE_FINAL_TYPE (PaddockWindow, paddock_window, PADDOCK, WINDOW, AdwApplicationWindow)

PaddockWindow *paddock_window_new  (PaddockApplication  *application,
                                    GSettings           *settings,
                                    PaddockActivityList *activities);
void           paddock_window_open (PaddockWindow       *self,
                                    GListModel          *files);

G_END_DECLS
