/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/bandwidth.h"

#include <string.h>

#include "hardware/device-bandwidth.h"
#include "hardware/disk-bandwidth.h"
#include "hardware/hardware-probe.h"
#include "kernels/kernel-bench.h"

/* What measuring the memory takes, and twice that, so that nothing else is driven out. */
#define MEMORY_NEEDED (G_GUINT64_CONSTANT (1536) << 20)

typedef struct
{
  guint parts;
  char *path;
} Request;

static const char *const kind_names[] = {
  [PADDOCK_BANDWIDTH_MEMORY_READ] = "memory-read",
  [PADDOCK_BANDWIDTH_MEMORY_COPY] = "memory-copy",
  [PADDOCK_BANDWIDTH_DISK_READ] = "disk-read",
  [PADDOCK_BANDWIDTH_DEVICE] = "device",
};

/**
 * paddock_bandwidth_new:
 * @kind: what was measured
 * @subject: (nullable): of what
 * @speed: bytes per second
 *
 * Returns: (transfer full): a measurement of this moment
 */
PaddockBandwidth *
paddock_bandwidth_new (PaddockBandwidthKind kind, const char *subject, guint64 speed)
{
  PaddockBandwidth *self = g_new0 (PaddockBandwidth, 1);

  self->kind = kind;
  self->subject = g_strdup (subject);
  self->speed = speed;
  self->measured_at = g_get_real_time () / G_USEC_PER_SEC;
  return self;
}

PaddockBandwidth *
paddock_bandwidth_copy (const PaddockBandwidth *self)
{
  PaddockBandwidth *copy = g_memdup2 (self, sizeof *self);

  copy->subject = g_strdup (self->subject);
  copy->problem = g_strdup (self->problem);
  return copy;
}

void
paddock_bandwidth_free (PaddockBandwidth *self)
{
  g_free (self->subject);
  g_free (self->problem);
  g_free (self);
}

const char *
paddock_bandwidth_kind_get_name (PaddockBandwidthKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), NULL);

  return kind_names[kind];
}

gboolean
paddock_bandwidth_kind_parse (const char *name, PaddockBandwidthKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_str_equal (kind_names[i], name))
      {
        *kind = (PaddockBandwidthKind) i;
        return TRUE;
      }
  return FALSE;
}

/* Whether it could be measured or not, there is something to tell; only who cancels wants nothing. */
static gboolean
add_result (GPtrArray *results, PaddockBandwidth *result, GError *problem, GError **error)
{
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      paddock_bandwidth_free (result);
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (problem != NULL)
    {
      result->speed = 0;
      result->problem = g_strdup (problem->message);
      g_error_free (problem);
    }
  g_ptr_array_add (results, result);
  return TRUE;
}

static gboolean
measure_limits (GCancellable *cancellable, PaddockKernelLimits *limits, GError **error)
{
  g_autoptr (PaddockKernelBench) bench = NULL;
  guint64 available;

  if (paddock_hardware_probe_memory_usable ("/", NULL, &available, NULL) && available < MEMORY_NEEDED)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "too little memory is free to measure it");
      return FALSE;
    }
  bench = paddock_kernel_bench_new (0, error);
  return bench != NULL && paddock_kernel_bench_measure_limits (bench, limits, cancellable, error);
}

static gboolean
measure_memory (GPtrArray *results, PaddockWorker *worker, GError **error)
{
  PaddockKernelLimits limits = { 0 };
  GError *problem = NULL;
  GError *same_problem = NULL;

  if (!measure_limits (paddock_worker_get_cancellable (worker), &limits, &problem))
    same_problem = g_error_copy (problem);
  if (!add_result (results, paddock_bandwidth_new (PADDOCK_BANDWIDTH_MEMORY_READ, NULL, (guint64) limits.read), problem,
                   error))
    {
      g_clear_error (&same_problem);
      return FALSE;
    }
  return add_result (results, paddock_bandwidth_new (PADDOCK_BANDWIDTH_MEMORY_COPY, NULL, (guint64) limits.copy),
                     same_problem, error);
}

static gboolean
measure_disk (const char *path, GPtrArray *results, PaddockWorker *worker, GError **error)
{
  GError *problem = NULL;
  guint64 speed = 0;

  if (path == NULL)
    path = "/var/tmp";
  paddock_disk_bandwidth_measure (path, paddock_worker_get_cancellable (worker), &speed, &problem);
  return add_result (results, paddock_bandwidth_new (PADDOCK_BANDWIDTH_DISK_READ, path, speed), problem, error);
}

static gboolean
measure_devices (GPtrArray *results, PaddockWorker *worker, GError **error)
{
  /* Without any there is nothing to tell. */
  g_autoptr (GPtrArray) devices = paddock_opencl_devices_list (NULL, NULL);

  for (guint i = 0; devices != NULL && i < devices->len; i++)
    {
      const PaddockOpenclDevice *device = g_ptr_array_index (devices, i);
      g_autofree char *id = paddock_device_bandwidth_find_id (device, i);
      GError *problem = NULL;
      guint64 speed = 0;

      if (id == NULL)
        continue;
      paddock_device_bandwidth_measure (device, paddock_worker_get_cancellable (worker), &speed, &problem);
      if (!add_result (results, paddock_bandwidth_new (PADDOCK_BANDWIDTH_DEVICE, id, speed), problem, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * paddock_bandwidth_measure:
 * @parts: what to measure
 * @path: (nullable): a file or directory on the disk in question
 * @worker: (nullable): to report to, and which may be cancelled
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type PaddockBandwidth): what came of it
 */
GPtrArray *
paddock_bandwidth_measure (guint parts, const char *path, PaddockWorker *worker, GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_bandwidth_free);
  guint n_parts = (guint) __builtin_popcount (parts & 7);
  guint n_done = 0;

  paddock_worker_report (worker, 0, n_parts);
  if (!paddock_worker_poll (worker, error))
    return NULL;
  if ((parts & PADDOCK_BANDWIDTH_OF_MEMORY) != 0)
    {
      if (!measure_memory (results, worker, error))
        return NULL;
      paddock_worker_report (worker, ++n_done, n_parts);
    }
  if ((parts & PADDOCK_BANDWIDTH_OF_DISK) != 0)
    {
      if (!measure_disk (path, results, worker, error))
        return NULL;
      paddock_worker_report (worker, ++n_done, n_parts);
    }
  if ((parts & PADDOCK_BANDWIDTH_OF_DEVICES) != 0)
    {
      if (!measure_devices (results, worker, error))
        return NULL;
      paddock_worker_report (worker, ++n_done, n_parts);
    }
  return g_steal_pointer (&results);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->path);
  g_free (request);
}

static gpointer
measure_in_thread (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const Request *request = snapshot;

  return paddock_bandwidth_measure (request->parts, request->path, worker, error);
}

void
paddock_bandwidth_measure_async (guint parts, const char *path, GCancellable *cancellable, PaddockProgressFunc progress,
                                 gpointer progress_data, GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);
  const PaddockWork work = {
    .name = "bandwidth",
    .run = measure_in_thread,
    .snapshot = request,
    .snapshot_free = request_free,
    .result_free = (GDestroyNotify) g_ptr_array_unref,
    .progress = progress,
    .progress_data = progress_data,
  };

  request->parts = parts;
  request->path = g_strdup (path);
  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_bandwidth_measure_finish:
 * @result: what the callback got
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type PaddockBandwidth): what came of it
 */
GPtrArray *
paddock_bandwidth_measure_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}

static PaddockHardwareDisk *
find_disk (PaddockHardwareDraft *draft, const char *path)
{
  PaddockHardwareDisk *nearest = NULL;

  for (guint i = 0; i < draft->disks->len; i++)
    {
      PaddockHardwareDisk *disk = g_ptr_array_index (draft->disks, i);
      gsize length = disk->mount != NULL ? strlen (disk->mount) : 0;

      if (length == 0 || !g_str_has_prefix (path, disk->mount) ||
          (disk->mount[length - 1] != '/' && path[length] != '/' && path[length] != '\0'))
        continue;
      if (nearest == NULL || length > strlen (nearest->mount))
        nearest = disk;
    }
  return nearest;
}

static PaddockHardwareNumber *
find_number (PaddockHardwareDraft *draft, const PaddockBandwidth *measured)
{
  PaddockHardwareDevice *device;
  PaddockHardwareDisk *disk;

  switch (measured->kind)
    {
    case PADDOCK_BANDWIDTH_MEMORY_READ:
      return &draft->memory->bandwidth;
    case PADDOCK_BANDWIDTH_DISK_READ:
      disk = measured->subject != NULL ? find_disk (draft, measured->subject) : NULL;
      return disk != NULL ? &disk->bandwidth : NULL;
    case PADDOCK_BANDWIDTH_DEVICE:
      device = measured->subject != NULL ? paddock_hardware_draft_find_device (draft, NULL, measured->subject) : NULL;
      return device != NULL ? &device->bandwidth : NULL;
    case PADDOCK_BANDWIDTH_MEMORY_COPY:
    default:
      return NULL;
    }
}

/**
 * paddock_bandwidth_apply:
 * @measured: (element-type PaddockBandwidth): measurements
 * @draft: what they are about
 */
void
paddock_bandwidth_apply (GPtrArray *measured, PaddockHardwareDraft *draft)
{
  for (guint i = 0; i < measured->len; i++)
    {
      const PaddockBandwidth *one = g_ptr_array_index (measured, i);
      PaddockHardwareNumber *number = one->speed > 0 ? find_number (draft, one) : NULL;
      g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (one->measured_at);
      g_autofree char *date = when != NULL ? g_date_time_format (when, "measured %Y-%m-%d") : NULL;

      if (number != NULL && !number->overridden)
        paddock_hardware_number_set (number, one->speed, date != NULL ? date : "measured");
    }
}
