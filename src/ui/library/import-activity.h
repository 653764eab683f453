/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity.h"
#include "import-plan.h"
#include "library.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PaddockImportActivity:
 *
 * Copies or moves models into the library's own folder, and says in the end what came of it.
 */
#define PADDOCK_TYPE_IMPORT_ACTIVITY (paddock_import_activity_get_type ())
G_DECLARE_FINAL_TYPE (PaddockImportActivity, paddock_import_activity, PADDOCK, IMPORT_ACTIVITY, PaddockActivity)

PaddockActivity *paddock_import_activity_new (PaddockLibrary *library, PaddockImportPlan *plan, GtkWidget *near);

G_END_DECLS
