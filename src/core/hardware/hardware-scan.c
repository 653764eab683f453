/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-scan.h"

#include "base/worker.h"
#include "hardware/hardware-probe.h"

/* In this order: a later one adds to the devices that an earlier one has found. */
static const PaddockHardwareProbe probes[] = {
  paddock_hardware_probe_host,
  paddock_hardware_probe_cpu,
  paddock_hardware_probe_memory,
  paddock_hardware_probe_nvml,
  paddock_hardware_probe_drm,
  paddock_hardware_probe_vulkan,
  paddock_hardware_probe_opencl,
  paddock_hardware_probe_window,
  paddock_hardware_probe_disk,
  paddock_hardware_probe_engine,
  paddock_hardware_probe_measured,
};

/**
 * paddock_hardware_scan:
 * @root: "/", or the directory that stands for another computer
 * @cancellable: (nullable): to stop between two probes
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Looks at the computer; it takes some milliseconds, more where a driver has to wake a device.
 *
 * Returns: (transfer full) (nullable): what it has
 */
PaddockHardwareSnapshot *
paddock_hardware_scan (const char *root, GCancellable *cancellable, GError **error)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      probes[i] (root, draft);
    }
  draft->taken_at = g_get_real_time () / G_USEC_PER_SEC;
  return paddock_hardware_draft_end (g_steal_pointer (&draft));
}

static gpointer
scan_in_thread (PaddockWorker *worker, gpointer root, GError **error)
{
  return paddock_hardware_scan (root, paddock_worker_get_cancellable (worker), error);
}

/**
 * paddock_hardware_scan_async:
 * @root: as above
 * @cancellable: (nullable): to stop between two probes
 * @callback: called in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Looks at the computer in a worker thread.
 */
void
paddock_hardware_scan_async (const char *root, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const PaddockWork work = {
    .name = "hardware-scan",
    .run = scan_in_thread,
    .snapshot = g_strdup (root),
    .snapshot_free = g_free,
    .result_free = (GDestroyNotify) paddock_hardware_snapshot_unref,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_hardware_scan_finish:
 * @result: what the callback got
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what the computer has
 */
PaddockHardwareSnapshot *
paddock_hardware_scan_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
