/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_MEASURE_ACTIVITY (paddock_measure_activity_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMeasureActivity, paddock_measure_activity, PADDOCK, MEASURE_ACTIVITY, PaddockActivity)

PaddockActivity *paddock_measure_activity_new (void);

G_END_DECLS
