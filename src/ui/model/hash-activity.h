/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity.h"
#include "model/hash-job.h"
#include "model/model-snapshot.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_HASH_ACTIVITY (paddock_hash_activity_get_type ())
G_DECLARE_FINAL_TYPE (PaddockHashActivity, paddock_hash_activity, PADDOCK, HASH_ACTIVITY, PaddockActivity)

PaddockActivity *paddock_hash_activity_new (PaddockModelSnapshot *snapshot);

gboolean         paddock_hash_activity_is_of (PaddockHashActivity *self, PaddockModelSnapshot *snapshot);

/* The files by their position among those that are there; each is NULL until its hash is known, or could not be. */
const PaddockHashJob *paddock_hash_activity_get_job     (PaddockHashActivity *self, guint file);
const char           *paddock_hash_activity_get_problem (PaddockHashActivity *self, guint file);
guint                 paddock_hash_activity_get_current (PaddockHashActivity *self);   /* the one that is read */
void                  paddock_hash_activity_get_progress (PaddockHashActivity *self, guint64 *done, guint64 *total);

G_END_DECLS
