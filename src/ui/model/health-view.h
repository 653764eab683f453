/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "model/model-snapshot.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_HEALTH_VIEW (paddock_health_view_get_type ())
G_DECLARE_FINAL_TYPE (PaddockHealthView, paddock_health_view, PADDOCK, HEALTH_VIEW, AdwBin)

void paddock_health_view_set_activities (PaddockHealthView *self, PaddockActivityList *activities);
void paddock_health_view_set_snapshot   (PaddockHealthView *self, PaddockModelSnapshot *snapshot);
void paddock_health_view_verify         (PaddockHealthView *self);
void paddock_health_view_check          (PaddockHealthView *self);

G_END_DECLS
