/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/file-watch.h"

#define MAX_MONITORS 256

/**
 * PaddockFileWatch:
 *
 * Tells when one of some files was written, replaced or removed. A file that is being written tells once, when it is
 * done: the monitor's own "changes done" is waited for.
 */
struct _PaddockFileWatch
{
  GObject parent_instance;

  /* Owned */
  GPtrArray *monitors;               /* GFileMonitor */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockFileWatch, paddock_file_watch, G_TYPE_OBJECT)

static void
monitor_free (gpointer monitor)
{
  g_file_monitor_cancel (monitor);
  g_object_unref (monitor);
}

static void
paddock_file_watch_dispose (GObject *object)
{
  g_clear_pointer (&PADDOCK_FILE_WATCH (object)->monitors, g_ptr_array_unref);
  G_OBJECT_CLASS (paddock_file_watch_parent_class)->dispose (object);
}

static void
paddock_file_watch_class_init (PaddockFileWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_file_watch_dispose;

  /**
   * PaddockFileWatch::changed:
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
paddock_file_watch_init (PaddockFileWatch *self)
{
  self->monitors = g_ptr_array_new_with_free_func (monitor_free);
}

static void
on_event (PaddockFileWatch *self, GFile *file, GFile *other, GFileMonitorEvent event)
{
  switch (event)
    {
    case G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT:
    case G_FILE_MONITOR_EVENT_DELETED:
    case G_FILE_MONITOR_EVENT_MOVED_IN:
    case G_FILE_MONITOR_EVENT_MOVED_OUT:
    case G_FILE_MONITOR_EVENT_RENAMED:
    case G_FILE_MONITOR_EVENT_UNMOUNTED:
      g_signal_emit (self, signals[CHANGED], 0);
      break;
    case G_FILE_MONITOR_EVENT_CHANGED:
    case G_FILE_MONITOR_EVENT_CREATED:
    case G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED:
    case G_FILE_MONITOR_EVENT_PRE_UNMOUNT:
    case G_FILE_MONITOR_EVENT_MOVED:
    default:
      break;
    }
}

/**
 * paddock_file_watch_new:
 * @paths: (array zero-terminated=1): files, there or not
 *
 * Returns: (transfer full): the watch
 */
PaddockFileWatch *
paddock_file_watch_new (const char * const *paths)
{
  PaddockFileWatch *self = g_object_new (PADDOCK_TYPE_FILE_WATCH, NULL);

  for (gsize i = 0; paths[i] != NULL && i < MAX_MONITORS; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
      GFileMonitor *monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

      /* Where nothing can be watched, the page is read again when the person asks. */
      if (monitor == NULL)
        continue;
      g_signal_connect_object (monitor, "changed", G_CALLBACK (on_event), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->monitors, monitor);
    }
  return self;
}
