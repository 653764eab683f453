/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockSharingDialog:
 *
 * Which programs a model can be made known to, and exactly what would be written for the one that is chosen.
 */
#define PADDOCK_TYPE_SHARING_DIALOG (paddock_sharing_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockSharingDialog, paddock_sharing_dialog, PADDOCK, SHARING_DIALOG, AdwDialog)

/* near: a widget of the window that outlasts the dialog. */
AdwDialog *paddock_sharing_dialog_new (PaddockLibrary *library, PaddockActivityList *activities, PaddockLibraryEntry *entry,
                                       GtkWidget *near);

G_END_DECLS
