/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/measure-activity.h"

#include <glib/gi18n.h>

#include "base/units.h"
#include "base/worker.h"
#include "hardware/bandwidth-store.h"
#include "hardware/bandwidth.h"

/**
 * PaddockMeasureActivity:
 *
 * Measures how fast this computer moves bytes, and keeps what comes of it: the next scan tells it.
 */
struct _PaddockMeasureActivity
{
  PaddockActivity parent_instance;

  /* Owned */
  char *problem;                     /* why a part could not be measured; NULL: all could */
};

G_DEFINE_FINAL_TYPE (PaddockMeasureActivity, paddock_measure_activity, PADDOCK_TYPE_ACTIVITY)

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  paddock_activity_report (user_data, done, total);
}

static void
end_without (PaddockMeasureActivity *self, const GError *error)
{
  gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  paddock_activity_end (PADDOCK_ACTIVITY (self), stopped ? PADDOCK_ACTIVITY_STOPPED : PADDOCK_ACTIVITY_FAILED,
                        stopped ? _("Stopped before its end") : error->message);
}

static gpointer
keep (PaddockWorker *worker, gpointer measured, GError **error)
{
  return paddock_bandwidth_store_add (measured, error) ? GINT_TO_POINTER (1) : NULL;
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockMeasureActivity) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;

  if (paddock_worker_run_finish (self, result, &error) == NULL)
    end_without (self, error);
  else
    paddock_activity_end (PADDOCK_ACTIVITY (self), self->problem != NULL ? PADDOCK_ACTIVITY_FAILED : PADDOCK_ACTIVITY_DONE,
                          self->problem != NULL ? self->problem : _("Measured"));
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockMeasureActivity) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measured = paddock_bandwidth_measure_finish (result, &error);
  PaddockWork work = { .name = "keep-measurement", .run = keep, .snapshot_free = (GDestroyNotify) g_ptr_array_unref };

  if (measured == NULL)
    {
      end_without (self, error);
      return;
    }
  for (guint i = 0; i < measured->len && self->problem == NULL; i++)
    {
      const PaddockBandwidth *one = g_ptr_array_index (measured, i);

      self->problem = one->problem != NULL ? paddock_units_escape (one->problem, -1, 300) : NULL;
    }
  work.snapshot = g_steal_pointer (&measured);
  paddock_worker_run_async (self, &work, NULL, on_kept, g_object_ref (self));
}

static void
paddock_measure_activity_start (PaddockActivity *activity)
{
  paddock_bandwidth_measure_async (PADDOCK_BANDWIDTH_OF_MEMORY | PADDOCK_BANDWIDTH_OF_DISK | PADDOCK_BANDWIDTH_OF_DEVICES,
                                   NULL, paddock_activity_get_cancellable (activity), on_progress, activity, on_measured,
                                   g_object_ref (activity));
}

static void
paddock_measure_activity_finalize (GObject *object)
{
  g_free (PADDOCK_MEASURE_ACTIVITY (object)->problem);
  G_OBJECT_CLASS (paddock_measure_activity_parent_class)->finalize (object);
}

static void
paddock_measure_activity_class_init (PaddockMeasureActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_measure_activity_finalize;
  PADDOCK_ACTIVITY_CLASS (klass)->start = paddock_measure_activity_start;
}

static void
paddock_measure_activity_init (PaddockMeasureActivity *self)
{
}

/**
 * paddock_measure_activity_new:
 *
 * Returns: (transfer full): the measurement of this computer, not begun
 */
PaddockActivity *
paddock_measure_activity_new (void)
{
  return g_object_new (PADDOCK_TYPE_MEASURE_ACTIVITY, "title", _("This Computer"), "subtitle", _("Speed measurement"), NULL);
}
