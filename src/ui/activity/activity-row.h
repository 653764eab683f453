/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_ACTIVITY_ROW (paddock_activity_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockActivityRow, paddock_activity_row, PADDOCK, ACTIVITY_ROW, GtkListBoxRow)

GtkWidget *paddock_activity_row_new (PaddockActivity *activity);

G_END_DECLS
