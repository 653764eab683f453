/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "download-queue.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_DOWNLOAD_ACTIVITY (paddock_download_activity_get_type ())

/**
 * PaddockDownloadActivity:
 *
 * All downloads that go on, as one of the things that take a while. Stopping it pauses them.
 */
G_DECLARE_FINAL_TYPE (PaddockDownloadActivity, paddock_download_activity, PADDOCK, DOWNLOAD_ACTIVITY, PaddockActivity)

/* From now on there is one on the list whenever something is downloaded, until one of the two is no more. */
void
paddock_download_activity_follow (PaddockDownloadQueue *queue, PaddockActivityList *list);

G_END_DECLS
