/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-surroundings.h"

#include "part-file.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

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

/* A folder that is not there yet will be on the file system of the first one above it that is. */
static gboolean
measure_space (const char *folder, guint64 *filesystem, guint64 *free_bytes, gpointer data G_GNUC_UNUSED)
{
  g_autofree char *path = g_strdup (folder);
  struct statvfs space;
  struct stat status;

  while (stat (path, &status) != 0)
    {
      g_autofree char *above = g_path_get_dirname (path);

      if (g_str_equal (above, path))
        return FALSE;
      g_set_str (&path, above);
    }
  if (statvfs (path, &space) != 0 || space.f_blocks == 0)
    return FALSE;
  *filesystem = (guint64) status.st_dev;
  *free_bytes = (guint64) space.f_bavail * MAX (space.f_frsize, 1);
  return TRUE;
}

static guint64
measure_part (const char *target, gpointer data G_GNUC_UNUSED)
{
  return paddock_part_file_measure (target);
}

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
    .measure_space = measure_space,
    .measure_part = measure_part,
    .now = read_clock,
    .chance = throw_dice,
    .network = g_network_monitor_get_default (),
  };
}
