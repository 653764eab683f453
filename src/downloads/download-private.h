/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download.h"
#include "queue-run.h"

G_BEGIN_DECLS

/* Only the queue and its parts look in here. */
struct _PaddockDownload
{
  GObject parent_instance;

  /* Owned */
  char *title, *target, *sha256;
  PaddockDownloadOrigin *origin;
  GError *error;
  char *others; /* members of a newer version, as they were written; NULL: none */
  char *saved;  /* how it is written; NULL: it has to be written anew */

  /* Borrowed */
  GSequenceIter *place;
  PaddockQueueRun *run; /* NULL: nothing is under way, nor about to end */

  PaddockDownloadState state;
  PaddockDownloadWait wait;
  PaddockDownloadPriority priority;
  guint64 received, verified, rate, shortage, limit;
  gint64 total, seconds_left;
  guint retry_in;

  gint64 retry_at;     /* by the queue's clock; 0: at once */
  guint failures;      /* in a row, without a new byte in between */
  gint64 allocated;    /* bytes that it has on the disk; -1: nobody has looked */
  gboolean begun;      /* there may be a part of it on the disk */
  gboolean goes_first; /* it was under way when the program ended */
  gboolean insists;    /* the person wants it tried now, whatever the network looks like */
};

PaddockDownload *
paddock_download_new (const char *title, const char *target, PaddockDownloadOrigin *origin);

/* How far it is; tells of what changed. */
typedef struct
{
  guint64 received, verified, rate;
  gint64 total, seconds_left;
} PaddockDownloadProgress;

void
paddock_download_set_progress (PaddockDownload *self, const PaddockDownloadProgress *progress);
void
paddock_download_set_state (PaddockDownload *self, PaddockDownloadState state, PaddockDownloadWait wait);
void
paddock_download_set_retry_in (PaddockDownload *self, guint seconds);
void
paddock_download_set_shortage (PaddockDownload *self, guint64 bytes);
/* error: (nullable): is copied. */
void
paddock_download_set_error (PaddockDownload *self, const GError *error);
void
paddock_download_set_limit (PaddockDownload *self, guint64 bytes_per_second);
void
paddock_download_set_priority (PaddockDownload *self, PaddockDownloadPriority priority);
/* What is kept of it is out of date. */
void
paddock_download_touch (PaddockDownload *self);

G_END_DECLS
