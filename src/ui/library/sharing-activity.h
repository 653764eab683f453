/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity.h"
#include "library.h"
#include "sharing-plan.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PaddockSharingActivity:
 *
 * Makes a model known to another program, reading it before if its hash is needed, and offers to take it back.
 */
#define PADDOCK_TYPE_SHARING_ACTIVITY (paddock_sharing_activity_get_type ())
G_DECLARE_FINAL_TYPE (PaddockSharingActivity, paddock_sharing_activity, PADDOCK, SHARING_ACTIVITY, PaddockActivity)

/* outline: what was told, which nobody else touches from then on; near: where the end is told, as long as it is there. */
PaddockActivity *paddock_sharing_activity_new (PaddockLibrary *library, PaddockLibraryEntry *entry,
                                               PaddockSharingPlan *outline, GtkWidget *near);

G_END_DECLS
