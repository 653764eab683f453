/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "download-request.h"
#include "network-options.h"
#include "rate-limit.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_TRANSFER_RESOLVING, /* asks where the file is */
  PADDOCK_TRANSFER_RECEIVING,
  PADDOCK_TRANSFER_WAITING,   /* until the next attempt */
  PADDOCK_TRANSFER_VERIFYING, /* all is there, and is looked at */
  PADDOCK_TRANSFER_REPAIRING  /* what was found wrong is fetched again */
} PaddockTransferPhase;

/* How it stands. */
typedef struct
{
  PaddockTransferPhase phase;
  guint64 received; /* of the file, with what was there before */
  guint64 verified;
  gint64 total;    /* -1: unknown */
  guint64 fetched; /* over the network, by this run */
  guint lanes;     /* connections */
  gint64 retry_in; /* while waiting: seconds */
} PaddockTransferStatus;

typedef struct
{
  guint segments; /* connections; 0: as many as help */
  PaddockNetworkOptions network;
  PaddockRateLimit *limit; /* for this and others together; NULL: none */
} PaddockTransferOptions;

/**
 * PaddockDownloadTransfer:
 *
 * One run of getting one file: over several connections, continuing what is there, verified while it comes. It ends with
 * the whole file under its name, or with an error and all that was received kept for the next run. Counted. The status may
 * be asked for in any thread at any time.
 */
typedef struct _PaddockDownloadTransfer PaddockDownloadTransfer;

PaddockDownloadTransfer *
paddock_download_transfer_new (PaddockDownloadRequest *request, const PaddockTransferOptions *options);
PaddockDownloadTransfer *
paddock_download_transfer_ref (PaddockDownloadTransfer *self);
void
paddock_download_transfer_unref (PaddockDownloadTransfer *self);

void
paddock_download_transfer_get_status (PaddockDownloadTransfer *self, PaddockTransferStatus *status);
/* Of this one alone; 0: none. */
void
paddock_download_transfer_set_limit (PaddockDownloadTransfer *self, guint64 bytes_per_second);

/* Only once. The result is the SHA-256 of the file. */
char *
paddock_download_transfer_run (PaddockDownloadTransfer *self, PaddockWorker *worker, GError **error);
void
paddock_download_transfer_run_async (PaddockDownloadTransfer *self,
                                     PaddockProgressFunc progress,
                                     gpointer progress_data,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
char *
paddock_download_transfer_run_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockDownloadTransfer, paddock_download_transfer_unref)

G_END_DECLS
