/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "model/model-snapshot.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_LAYER_VIEW (paddock_layer_view_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLayerView, paddock_layer_view, PADDOCK, LAYER_VIEW, AdwBin)

void paddock_layer_view_set_activities (PaddockLayerView *self, PaddockActivityList *activities);
void paddock_layer_view_set_snapshot   (PaddockLayerView *self, PaddockModelSnapshot *snapshot);
/* The layer that the tensors with names of this prefix are of is shown as selected, or none. */
void paddock_layer_view_set_prefix     (PaddockLayerView *self, const char *prefix);

G_END_DECLS
