/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-monitor.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

#include "base/worker.h"
#include "hardware/device-refresh.h"
#include "hardware/hardware-draft.h"
#include "hardware/hardware-file.h"
#include "hardware/hardware-override.h"
#include "hardware/hardware-probe.h"

/* A tenth of a second lost to waiting for memory, of each two seconds: the least window that every user may ask for. */
#define PRESSURE_FILE "/proc/pressure/memory"
#define PRESSURE_TRIGGER "some 100000 2000000"

struct _PaddockHardwareMonitor
{
  GObject parent_instance;

  /* Owned */
  char *root;
  PaddockHardwareSnapshot *snapshot;
  GCancellable *cancellable;         /* of the reading on its way; NULL: there is none */

  guint interval;                    /* milliseconds */
  guint n_lookers;
  guint timer;                       /* source ids, 0: there is none */
  guint pressure;
  int pressure_fd;                   /* -1: the system does not tell */
};

typedef struct
{
  char *root;
  PaddockHardwareSnapshot *snapshot;
} Reading;

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockHardwareMonitor, paddock_hardware_monitor, G_TYPE_OBJECT)

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->root);
  paddock_hardware_snapshot_unref (reading->snapshot);
  g_free (reading);
}

static void
renew (PaddockHardwareNumber *number, const PaddockHardwareNumber *now)
{
  if (!number->overridden && now->known)
    paddock_hardware_number_copy (number, now);
}

/* In the worker. */
static gpointer
read_again (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const Reading *reading = snapshot;
  g_autoptr (PaddockHardwareDraft) fresh = paddock_hardware_draft_new ();
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new_from_snapshot (reading->snapshot);

  paddock_hardware_probe_memory (reading->root, fresh);
  renew (&draft->memory->available, &fresh->memory->available);
  renew (&draft->memory->swap_free, &fresh->memory->swap_free);
  if (!paddock_worker_poll (worker, error))
    return NULL;
  paddock_device_refresh (reading->root, draft->devices);
  paddock_hardware_override_limit (draft);
  draft->taken_at = g_get_real_time () / G_USEC_PER_SEC;
  return paddock_hardware_draft_end (g_steal_pointer (&draft));
}

static gboolean
is_changed (const PaddockHardwareSnapshot *before, const PaddockHardwareSnapshot *after)
{
  if (!paddock_hardware_number_equal (&before->memory->available, &after->memory->available) ||
      !paddock_hardware_number_equal (&before->memory->swap_free, &after->memory->swap_free))
    return TRUE;
  for (guint i = 0; i < after->devices->len; i++)
    {
      const PaddockHardwareDevice *device = g_ptr_array_index (after->devices, i);
      const PaddockHardwareDevice *old = g_ptr_array_index (before->devices, i);

      if (!paddock_hardware_number_equal (&old->free, &device->free))
        return TRUE;
    }
  return FALSE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaddockHardwareMonitor *self = PADDOCK_HARDWARE_MONITOR (source);
  g_autoptr (GCancellable) cancellable = user_data;
  g_autoptr (PaddockHardwareSnapshot) snapshot = paddock_worker_run_finish (self, result, NULL);
  g_autoptr (PaddockHardwareSnapshot) before = NULL;

  /* Nobody looks any more, or at something else. */
  if (cancellable != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  if (snapshot == NULL || !is_changed (self->snapshot, snapshot))
    return;
  before = g_steal_pointer (&self->snapshot);
  self->snapshot = g_steal_pointer (&snapshot);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
begin_read (PaddockHardwareMonitor *self)
{
  Reading *reading;
  PaddockWork work;

  /* The last one takes long: the next one is not helped by another beside it. */
  if (self->cancellable != NULL)
    return;
  reading = g_new0 (Reading, 1);
  reading->root = g_strdup (self->root);
  reading->snapshot = paddock_hardware_snapshot_ref (self->snapshot);
  work = (PaddockWork) {
    .name = "hardware-monitor",
    .run = read_again,
    .snapshot = reading,
    .snapshot_free = reading_free,
    .result_free = (GDestroyNotify) paddock_hardware_snapshot_unref,
  };
  self->cancellable = g_cancellable_new ();
  paddock_worker_run_async (self, &work, self->cancellable, on_read, g_object_ref (self->cancellable));
}

static gboolean
on_timer (gpointer user_data)
{
  begin_read (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_pressure (gint fd, GIOCondition condition, gpointer user_data)
{
  PaddockHardwareMonitor *self = user_data;

  if ((condition & G_IO_ERR) != 0)
    {
      /* The control group is gone; the timer still runs. */
      self->pressure = 0;
      return G_SOURCE_REMOVE;
    }
  begin_read (self);
  return G_SOURCE_CONTINUE;
}

/* Kernels before 6.5, and some systems since, refuse it: then there is only the timer. */
static void
watch_pressure (PaddockHardwareMonitor *self)
{
  g_autofree char *path = NULL;

  if (!paddock_hardware_root_is_live (self->root))
    return;
  path = paddock_hardware_file_build (self->root, PRESSURE_FILE);
  self->pressure_fd = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (self->pressure_fd < 0)
    return;
  if (write (self->pressure_fd, PRESSURE_TRIGGER, sizeof PRESSURE_TRIGGER) == sizeof PRESSURE_TRIGGER)
    self->pressure = g_unix_fd_add (self->pressure_fd, G_IO_PRI | G_IO_ERR, on_pressure, self);
}

static void
begin (PaddockHardwareMonitor *self)
{
  if (self->interval % 1000 == 0)
    self->timer = g_timeout_add_seconds (self->interval / 1000, on_timer, self);
  else
    self->timer = g_timeout_add (self->interval, on_timer, self);
  watch_pressure (self);
  begin_read (self);
}

static void
end (PaddockHardwareMonitor *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->pressure, g_source_remove);
  g_clear_fd (&self->pressure_fd, NULL);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/**
 * paddock_hardware_monitor_new:
 * @root: "/", or what stands for another computer
 * @snapshot: what has been found there
 *
 * Returns: (transfer full): a monitor, not started
 */
PaddockHardwareMonitor *
paddock_hardware_monitor_new (const char *root, PaddockHardwareSnapshot *snapshot)
{
  PaddockHardwareMonitor *self = g_object_new (PADDOCK_TYPE_HARDWARE_MONITOR, NULL);

  self->root = g_strdup (root);
  self->snapshot = paddock_hardware_snapshot_ref (snapshot);
  return self;
}

/**
 * paddock_hardware_monitor_set_interval:
 * @self: a monitor
 * @milliseconds: between two readings, from the next start on
 */
void
paddock_hardware_monitor_set_interval (PaddockHardwareMonitor *self, guint milliseconds)
{
  g_return_if_fail (PADDOCK_IS_HARDWARE_MONITOR (self));
  g_return_if_fail (milliseconds > 0);

  self->interval = milliseconds;
}

void
paddock_hardware_monitor_start (PaddockHardwareMonitor *self)
{
  g_return_if_fail (PADDOCK_IS_HARDWARE_MONITOR (self));

  if (self->n_lookers++ == 0)
    begin (self);
}

void
paddock_hardware_monitor_stop (PaddockHardwareMonitor *self)
{
  g_return_if_fail (PADDOCK_IS_HARDWARE_MONITOR (self));
  g_return_if_fail (self->n_lookers > 0);

  if (--self->n_lookers == 0)
    end (self);
}

gboolean
paddock_hardware_monitor_is_started (PaddockHardwareMonitor *self)
{
  g_return_val_if_fail (PADDOCK_IS_HARDWARE_MONITOR (self), FALSE);

  return self->n_lookers > 0;
}

PaddockHardwareSnapshot *
paddock_hardware_monitor_get_snapshot (PaddockHardwareMonitor *self)
{
  g_return_val_if_fail (PADDOCK_IS_HARDWARE_MONITOR (self), NULL);

  return self->snapshot;
}

/**
 * paddock_hardware_monitor_set_snapshot:
 * @self: a monitor
 * @snapshot: what a later scan has found
 */
void
paddock_hardware_monitor_set_snapshot (PaddockHardwareMonitor *self, PaddockHardwareSnapshot *snapshot)
{
  PaddockHardwareSnapshot *before;

  g_return_if_fail (PADDOCK_IS_HARDWARE_MONITOR (self));

  before = self->snapshot;
  self->snapshot = paddock_hardware_snapshot_ref (snapshot);
  paddock_hardware_snapshot_unref (before);
  /* What is being read is about the old one. */
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->n_lookers > 0)
    begin_read (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
paddock_hardware_monitor_dispose (GObject *object)
{
  end (PADDOCK_HARDWARE_MONITOR (object));

  G_OBJECT_CLASS (paddock_hardware_monitor_parent_class)->dispose (object);
}

static void
paddock_hardware_monitor_finalize (GObject *object)
{
  PaddockHardwareMonitor *self = PADDOCK_HARDWARE_MONITOR (object);

  g_free (self->root);
  paddock_hardware_snapshot_unref (self->snapshot);

  G_OBJECT_CLASS (paddock_hardware_monitor_parent_class)->finalize (object);
}

static void
paddock_hardware_monitor_class_init (PaddockHardwareMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = paddock_hardware_monitor_dispose;
  object_class->finalize = paddock_hardware_monitor_finalize;

  /**
   * PaddockHardwareMonitor::changed:
   *
   * The snapshot is another one.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
paddock_hardware_monitor_init (PaddockHardwareMonitor *self)
{
  self->interval = PADDOCK_HARDWARE_MONITOR_SECONDS * 1000;
  self->pressure_fd = -1;
}
