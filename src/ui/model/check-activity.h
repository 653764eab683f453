/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity.h"
#include "model/model-snapshot.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_CHECK_ACTIVITY (paddock_check_activity_get_type ())
G_DECLARE_FINAL_TYPE (PaddockCheckActivity, paddock_check_activity, PADDOCK, CHECK_ACTIVITY, PaddockActivity)

PaddockActivity *paddock_check_activity_new   (PaddockModelSnapshot *snapshot);
gboolean         paddock_check_activity_is_of (PaddockCheckActivity *self, PaddockModelSnapshot *snapshot);
/* The report with what the check found; NULL: it did not come to its end. */
PaddockModelReport *paddock_check_activity_get_report (PaddockCheckActivity *self);
char               *paddock_check_activity_dup_effort (PaddockCheckActivity *self);   /* NULL likewise */

G_END_DECLS
