/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_ACTIVITY_LIST (paddock_activity_list_get_type ())
G_DECLARE_FINAL_TYPE (PaddockActivityList, paddock_activity_list, PADDOCK, ACTIVITY_LIST, GObject)

PaddockActivityList *paddock_activity_list_new            (guint max_running);
void                 paddock_activity_list_add            (PaddockActivityList *self, PaddockActivity *activity);
void                 paddock_activity_list_clear_finished (PaddockActivityList *self);
void                 paddock_activity_list_stop_all       (PaddockActivityList *self);
void                 paddock_activity_list_stop_but       (PaddockActivityList *self, GType spared);
guint                paddock_activity_list_get_n_unfinished (PaddockActivityList *self);
double               paddock_activity_list_get_fraction   (PaddockActivityList *self);   /* -1: unknown */

G_END_DECLS
