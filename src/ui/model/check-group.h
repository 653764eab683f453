/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "model/model-snapshot.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_CHECK_GROUP (paddock_check_group_get_type ())
G_DECLARE_FINAL_TYPE (PaddockCheckGroup, paddock_check_group, PADDOCK, CHECK_GROUP, AdwPreferencesGroup)

void                paddock_check_group_set_activities (PaddockCheckGroup *self, PaddockActivityList *activities);
void                paddock_check_group_set_snapshot   (PaddockCheckGroup *self, PaddockModelSnapshot *snapshot);
void                paddock_check_group_start          (PaddockCheckGroup *self);
PaddockModelReport *paddock_check_group_get_report     (PaddockCheckGroup *self);   /* NULL: it has none yet */

G_END_DECLS
