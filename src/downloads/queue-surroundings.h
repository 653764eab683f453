/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disk-survey.h"
#include "download-origin.h"
#include "download-transfer.h"

G_BEGIN_DECLS

/* How one file is got; a test has other means. Of one transfer: it is begun once, asked for its status, and freed after its
   callback was called. */
typedef struct
{
  gpointer (*begin) (PaddockDownloadRequest *request,
                     const PaddockTransferOptions *options,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
  char *(*end) (GAsyncResult *result, GError **error); /* as of paddock_download_transfer_run_finish() */
  void (*get_status) (gpointer transfer, PaddockTransferStatus *status);
  void (*set_limit) (gpointer transfer, guint64 bytes_per_second);
  void (*free) (gpointer transfer);
} PaddockTransferMeans;

/* Finds out where a file can be had now. Errors are of PADDOCK_DOWNLOAD_ERROR. */
typedef struct
{
  void (*resolve) (gpointer resolver,
                   PaddockDownloadOrigin *origin,
                   const char *target,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data);
  PaddockDownloadRequest *(*finish) (gpointer resolver, GAsyncResult *result, GError **error);
} PaddockResolverMeans;

/* Looks at the disks. */
typedef struct
{
  void (*take) (PaddockDiskSurvey *survey, GAsyncReadyCallback callback, gpointer user_data, gpointer data);
  PaddockDiskSurvey *(*finish) (GAsyncResult *result);
} PaddockSurveyMeans;

/**
 * PaddockQueueSurroundings:
 *
 * All that a queue knows of the world outside. Whatever is borrowed has to outlive the queue.
 */
typedef struct
{
  const PaddockTransferMeans *transfers;
  const PaddockResolverMeans *resolver_means;
  GObject *resolver; /* for them; the queue keeps it */
  const PaddockSurveyMeans *survey_means;
  gint64 (*now) (gpointer data); /* microseconds, that only grow */
  double (*chance) (gpointer data);
  gpointer data;            /* for the last two, and for surveys */
  GNetworkMonitor *network; /* the queue keeps it */
  PaddockNetworkOptions options;
} PaddockQueueSurroundings;

/* The real ones, but for the resolver. */
void
paddock_queue_surroundings_init (PaddockQueueSurroundings *self);

G_END_DECLS
