/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download.h"
#include "queue-surroundings.h"
#include "suspend-guard.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_DOWNLOAD_QUEUE (paddock_download_queue_get_type ())

/**
 * PaddockDownloadQueue:
 *
 * All downloads of a person in the order that they want: a list model of #PaddockDownload. It lives in the main thread, and
 * in a file that it takes up again after any end of the program.
 *
 * Signals: `finished` (download): the file is there; `failed` (download): it goes on only when the person says so; `left`
 * (download, error): what was received of it could not be deleted.
 * Properties: `n-active`, `n-unfinished` (that run, wait or will), `fraction` (of all these, below 0: unknown), `rate` (of
 * all), `concurrency`, `limit`, `metered`, `blocked` (what the network keeps from going on: a #PaddockQueueBlock), `busy`
 * (something has to end before the program does), `problem` (why it is of no use, a boxed #GError).
 */
G_DECLARE_FINAL_TYPE (PaddockDownloadQueue, paddock_download_queue, PADDOCK, DOWNLOAD_QUEUE, GObject)

typedef enum
{
  PADDOCK_QUEUE_OPEN,
  PADDOCK_QUEUE_OFFLINE,
  PADDOCK_QUEUE_METERED /* the network costs, and the person has not allowed that */
} PaddockQueueBlock;

/* guard: may be NULL. It does nothing before it is opened. */
PaddockDownloadQueue *
paddock_download_queue_new (const PaddockQueueSurroundings *surroundings, PaddockSuspendGuard *guard);
/* Takes up what is kept in the folder, and begins. FALSE: see the problem; of another program that has it it is
   PADDOCK_DOWNLOAD_ERROR_LOCKED, and this may be tried again. */
gboolean
paddock_download_queue_open (PaddockDownloadQueue *self, const char *folder, GError **error);
gboolean
paddock_download_queue_is_open (PaddockDownloadQueue *self);
const GError *
paddock_download_queue_get_problem (PaddockDownloadQueue *self);
/* FALSE: nothing is begun, and what goes on is stopped, to go on first when it is TRUE again. */
void
paddock_download_queue_set_running (PaddockDownloadQueue *self, gboolean running);
gboolean
paddock_download_queue_is_running (PaddockDownloadQueue *self);
gboolean
paddock_download_queue_is_busy (PaddockDownloadQueue *self);

/* At the end of the list. The same target is the same download: one that is over begins again. NULL: the queue is of no
   use. title: NULL for the file's name. (transfer none) */
PaddockDownload *
paddock_download_queue_add (PaddockDownloadQueue *self, const char *title, const char *target, PaddockDownloadOrigin *origin);
PaddockDownload *
paddock_download_queue_find (PaddockDownloadQueue *self, const char *target);
/* To another place on the list. */
void
paddock_download_queue_move (PaddockDownloadQueue *self, PaddockDownload *download, guint position);
guint
paddock_download_queue_get_position (PaddockDownload *download);

void
paddock_download_queue_pause (PaddockDownloadQueue *self, PaddockDownload *download);
/* Also of one that waits, failed or was cancelled: it is tried now. What was received is there. */
void
paddock_download_queue_resume (PaddockDownloadQueue *self, PaddockDownload *download);
void
paddock_download_queue_pause_all (PaddockDownloadQueue *self);
void
paddock_download_queue_resume_all (PaddockDownloadQueue *self);
/* It stops and stays on the list as cancelled; what was received is kept, so that it can be resumed. Not beyond the end of
   the program, which discards it. */
void
paddock_download_queue_cancel (PaddockDownloadQueue *self, PaddockDownload *download);
/* Off the list, and what was received is removed from the disk. A file that is done stays. */
void
paddock_download_queue_discard (PaddockDownloadQueue *self, PaddockDownload *download);
/* What was received is removed, and it begins again with whatever is at the origin by now. */
void
paddock_download_queue_start_over (PaddockDownloadQueue *self, PaddockDownload *download);
/* Another address where it can be had as well. It is tried now, unless the person has paused it; what was received is
   there. */
void
paddock_download_queue_add_mirror (PaddockDownloadQueue *self, PaddockDownload *download, const char *url);
/* All that are done go off the list. */
void
paddock_download_queue_clear_finished (PaddockDownloadQueue *self);

void
paddock_download_queue_set_priority (PaddockDownloadQueue *self, PaddockDownload *download, PaddockDownloadPriority priority);
void
paddock_download_queue_set_download_limit (PaddockDownloadQueue *self, PaddockDownload *download, guint64 bytes_per_second);
void
paddock_download_queue_set_limit (PaddockDownloadQueue *self, guint64 bytes_per_second);
void
paddock_download_queue_set_concurrency (PaddockDownloadQueue *self, guint concurrency);
void
paddock_download_queue_set_metered (PaddockDownloadQueue *self, gboolean allowed);

G_END_DECLS
