/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "block-map.h"
#include "download-transfer.h"
#include "lane-governor.h"
#include "part-file.h"
#include "source-link.h"

G_BEGIN_DECLS

/* Threads at work on one file. What is not said to be fixed is under the lock. */
struct _PaddockDownloadTransfer
{
  /* Owned; fixed while threads run */
  PaddockDownloadRequest *request;
  PaddockRateLimit *own_limit, *shared_limit;
  char *proxy;
  PaddockPartFile *part;
  PaddockSourceLink *link;

  GMutex lock;
  GCond grown;  /* another block is there */
  GCond turned; /* a lane ended, something failed, or all is done */

  PaddockSourceFacts facts;
  PaddockBlockMap *map;
  PaddockBlockMap *claimed; /* what an earlier run left, and nobody has looked at since */
  PaddockLaneGovernor governor;
  GPtrArray *lanes; /* Lane: see transfer-lane.c */
  GError *failure;  /* that ends the attempt */
  guint faults;     /* of the server's answers to ranges */
  guint failures;   /* in a row, without a new block in between */
  gint64 latency;   /* of the last answer, in microseconds */
  gint64 retry_at;  /* monotonic, while no lane may ask */

  guint64 received; /* over the network */
  gint64 worked;    /* microseconds that processors were busy with that */
  guint64 hashed;   /* blocks */
  char *digest;     /* of all blocks, when all are hashed */
  PaddockTransferPhase phase;
  guint segments, stall_seconds;
  gboolean stopping;
};

/* The hash that it has to have; NULL: nobody published one. */
const char *
paddock_transfer_get_expected (const PaddockDownloadTransfer *self);

/* Under the lock. The first one counts; everybody stops. */
void
paddock_transfer_fail (PaddockDownloadTransfer *self, GError *error);
/* What came of a body, within the limits; 0 with an error. */
gsize
paddock_transfer_read (PaddockDownloadTransfer *self,
                       PaddockSourceBody *body,
                       guint8 *bytes,
                       gsize wish,
                       GCancellable *cancellable,
                       GError **error);
/* Waits out what the last failure asks for. FALSE: it was cancelled. */
gboolean
paddock_transfer_wait_for_retry (
    PaddockDownloadTransfer *self, guint failures, gint64 asked, PaddockWorker *worker, GError **error);
/* Under the lock: another connection, which works until there is nothing left for it. */
void
paddock_transfer_add_lane (PaddockDownloadTransfer *self);
/* Under the lock: those that work. */
guint
paddock_transfer_count_lanes (PaddockDownloadTransfer *self);
/* Under the lock: whether another one would have something to do. */
gboolean
paddock_transfer_has_work (PaddockDownloadTransfer *self);
/* Under the lock, though not all the time: forgets those that are over; waits for all to be. */
void
paddock_transfer_reap_lanes (PaddockDownloadTransfer *self);
void
paddock_transfer_join_lanes (PaddockDownloadTransfer *self);

/* In a thread of its own: hashes from the begin on, as far as it is there; checks what earlier runs left, and the header. */
gpointer
paddock_transfer_check (gpointer self);

/* Gets what is missing, and hashes all. */
typedef gboolean (*PaddockTransferReceive) (PaddockDownloadTransfer *self, PaddockWorker *worker, GError **error);

/* All is there and hashed, and it is not what was published: what the disk spoiled comes again; else all is fetched again,
   stretch by stretch, and what differs is kept. FALSE: it cannot be repaired. */
gboolean
paddock_transfer_repair (PaddockDownloadTransfer *self, PaddockWorker *worker, PaddockTransferReceive receive, GError **error);

G_END_DECLS
