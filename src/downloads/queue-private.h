/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-private.h"
#include "download-queue.h"
#include "download-store.h"

G_BEGIN_DECLS

/* So often it is looked how far those are that run. */
#define PADDOCK_QUEUE_TICK (100 * G_TIME_SPAN_MILLISECOND)

struct _PaddockDownloadQueue
{
  GObject parent_instance;

  /* Owned */
  GSequence *downloads;  /* PaddockDownload */
  GHashTable *by_target; /* char * -> PaddockDownload, both borrowed */
  GPtrArray *runs;       /* PaddockQueueRun, also those that are about to end */
  PaddockDiskSurvey *survey; /* that was taken for the next round of turns; NULL: none was */
  PaddockDownloadStore *store;
  PaddockQueueSurroundings outside;
  PaddockSuspendGuard *guard;
  PaddockRateLimit *limit;
  PaddockQueueSettings settings;
  GError *problem;
  GSource *alarm;

  guint counts[PADDOCK_DOWNLOAD_N_STATES];
  PaddockQueueBlock block;
  guint64 rate;
  double fraction;
  gint64 next_pass; /* by its clock; 0: at once; -1: when something happens */
  gboolean running, unsaved, saving, surveying, was_busy;
  guint shown_active, shown_unfinished;
};

/* The world, or what the person wants, is another: who has a turn is thought over as soon as nothing else is to be done. */
void
paddock_queue_think (PaddockDownloadQueue *self);
/* The same now: what the alarm does. */
void
paddock_queue_look (PaddockDownloadQueue *self);
/* Keeps the counts; what is to be kept on the disk is, soon. */
void
paddock_queue_set_state (PaddockDownloadQueue *self,
                         PaddockDownload *download,
                         PaddockDownloadState state,
                         PaddockDownloadWait wait);
void
paddock_queue_save_soon (PaddockDownloadQueue *self);
void
paddock_queue_take_off (PaddockDownloadQueue *self, PaddockDownload *download);
void
paddock_queue_tell (PaddockDownloadQueue *self, PaddockDownload *download);
/* That what was received of it could not be deleted. */
void
paddock_queue_tell_left (PaddockDownloadQueue *self, PaddockDownload *download, const GError *error);
void
paddock_queue_notify (PaddockDownloadQueue *self);

void
paddock_queue_set_problem (PaddockDownloadQueue *self, const GError *problem);
/* At the end of the list. */
void
paddock_queue_put (PaddockDownloadQueue *self, PaddockDownload *download);
/* queue-saving.c: writes the list, once none is being written. */
void
paddock_queue_save (PaddockDownloadQueue *self);

/* queue-turns.c: who has to stop; the disks are asked who may start. */
void
paddock_queue_take_turns (PaddockDownloadQueue *self);
/* They have answered: who may start. */
void
paddock_queue_give_turns (PaddockDownloadQueue *self, gint64 now);

/* queue-run.c */
void
paddock_queue_run_begin (PaddockDownloadQueue *self, PaddockDownload *download);
/* Nothing of it is left on the disk in the end; leaves: nor on the list, if nobody has changed their mind. */
void
paddock_queue_run_remove (PaddockDownloadQueue *self, PaddockDownload *download, gboolean leaves);
void
paddock_queue_run_stop (PaddockQueueRun *run);
/* Takes note of how far it is. */
void
paddock_queue_run_tend (PaddockQueueRun *run, gint64 now);
/* That have a turn. */
guint
paddock_queue_count_running (PaddockDownloadQueue *self);

G_END_DECLS
