/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "app/application.h"
#include "computer/machine-choice.h"
#include "library.h"
#include "services.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_WINDOW (paddock_window_get_type ())

G_DECLARE_FINAL_TYPE (PaddockWindow, paddock_window, PADDOCK, WINDOW, AdwApplicationWindow)

PaddockWindow *paddock_window_new  (PaddockApplication  *application,
                                    GSettings           *settings,
                                    PaddockActivityList *activities,
                                    PaddockMachineChoice *choice,
                                    PaddockLibrary      *library,
                                    PaddockServices     *services);
void           paddock_window_open (PaddockWindow       *self,
                                    GListModel          *files);
/* The view is one of the model page's, or "". */
void           paddock_window_show_model (PaddockWindow *self, GFile *file, const char *view);
void           paddock_window_show_toast  (PaddockWindow *self, const char *text);
/* Shows what of the library has these words. */
void           paddock_window_search     (PaddockWindow *self, const char *text);

G_END_DECLS
