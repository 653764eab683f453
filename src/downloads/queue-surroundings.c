/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-surroundings.h"

static gpointer
begin (PaddockDownloadRequest *request,
       const PaddockTransferOptions *options,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  PaddockDownloadTransfer *transfer = paddock_download_transfer_new (request, options);

  paddock_download_transfer_run_async (transfer, NULL, NULL, cancellable, callback, user_data);
  return transfer;
}

static void
get_status (gpointer transfer, PaddockTransferStatus *status)
{
  paddock_download_transfer_get_status (transfer, status);
}

static void
set_limit (gpointer transfer, guint64 bytes_per_second)
{
  paddock_download_transfer_set_limit (transfer, bytes_per_second);
}

static void
free_transfer (gpointer transfer)
{
  paddock_download_transfer_unref (transfer);
}

static const PaddockTransferMeans real_transfers
    = { begin, paddock_download_transfer_run_finish, get_status, set_limit, free_transfer };

static void
take_survey (PaddockDiskSurvey *survey, GAsyncReadyCallback callback, gpointer user_data, gpointer data G_GNUC_UNUSED)
{
  paddock_disk_survey_take_async (survey, callback, user_data);
}

static const PaddockSurveyMeans real_surveys = { take_survey, paddock_disk_survey_take_finish };

static gint64
read_clock (gpointer data G_GNUC_UNUSED)
{
  return g_get_monotonic_time ();
}

static double
throw_dice (gpointer data G_GNUC_UNUSED)
{
  return g_random_double ();
}

/**
 * paddock_queue_surroundings_init:
 * @self: (out caller-allocates): surroundings
 */
void
paddock_queue_surroundings_init (PaddockQueueSurroundings *self)
{
  *self = (PaddockQueueSurroundings){
    .transfers = &real_transfers,
    .survey_means = &real_surveys,
    .now = read_clock,
    .chance = throw_dice,
    .network = g_network_monitor_get_default (),
  };
}
