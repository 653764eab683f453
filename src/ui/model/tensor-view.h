/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "model/model-snapshot.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_TENSOR_VIEW (paddock_tensor_view_get_type ())
G_DECLARE_FINAL_TYPE (PaddockTensorView, paddock_tensor_view, PADDOCK, TENSOR_VIEW, AdwBin)

void paddock_tensor_view_set_activities (PaddockTensorView *self, PaddockActivityList *activities);
void paddock_tensor_view_set_snapshot   (PaddockTensorView *self, PaddockModelSnapshot *snapshot);
void paddock_tensor_view_start_search   (PaddockTensorView *self);

G_END_DECLS
