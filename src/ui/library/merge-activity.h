/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity.h"
#include "library-storage.h"
#include "library.h"

G_BEGIN_DECLS

/**
 * PaddockMergeActivity:
 *
 * Makes duplicates share their bytes, after comparing every one of them.
 */
#define PADDOCK_TYPE_MERGE_ACTIVITY (paddock_merge_activity_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMergeActivity, paddock_merge_activity, PADDOCK, MERGE_ACTIVITY, PaddockActivity)

PaddockActivity *paddock_merge_activity_new (PaddockLibrary *library, PaddockLibraryStorage *storage);

G_END_DECLS
