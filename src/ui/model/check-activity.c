/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/check-activity.h"

#include "activity/text-direction.h"
#include "base/units.h"
#include "loading/deep-check.h"
#include "model/model-stamp.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

#define SHORTEST_SECONDS 0.05        /* anything less would be told as none */

/**
 * PaddockCheckActivity:
 *
 * Reads every number of a model and looks for those that spoil what it says.
 */
struct _PaddockCheckActivity
{
  PaddockActivity parent_instance;

  /* Owned */
  PaddockModelStamp *stamp;
  PaddockGgufShards *shards;         /* until it is over */
  PaddockModelReport *before;        /* without the check, likewise */
  PaddockModelReport *report;        /* with it, from then on */

  PaddockLoadingEfficiency efficiency;
};

G_DEFINE_FINAL_TYPE (PaddockCheckActivity, paddock_check_activity, PADDOCK_TYPE_ACTIVITY)

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  paddock_activity_report (user_data, done, total);
}

static char *
dup_result (PaddockDeepCheck *check, gboolean *good)
{
  guint count = paddock_deep_check_get_n_problems (check);
  guint bad = 0, changed = 0;

  for (guint i = 0; i < count; i++)
    {
      PaddockDeepProblemKind kind = paddock_deep_check_get_problem (check, i)->kind;

      bad += kind == PADDOCK_DEEP_PROBLEM_NUMBERS ? 1 : 0;
      changed += kind == PADDOCK_DEEP_PROBLEM_CHANGED ? 1 : 0;
    }
  *good = count == 0;
  if (changed > 0)
    return g_strdup (_("The file changed while it was read: check it again"));
  if (bad > 0)
    return g_strdup_printf (ngettext ("%u tensor holds numbers that are none", "%u tensors hold numbers that are none", bad),
                            bad);
  if (count > 0)
    return g_strdup_printf (ngettext ("%u tensor could not be read", "%u tensors could not be read", count), count);
  return g_strdup (_("Every number of every tensor is sound"));
}

static void
end_with (PaddockCheckActivity *self, PaddockDeepCheck *check)
{
  gboolean good;
  g_autofree char *text = dup_result (check, &good);

  self->efficiency = *paddock_deep_check_get_efficiency (check);
  self->report = paddock_deep_check_complete_report (check, self->before);
  paddock_activity_end (PADDOCK_ACTIVITY (self), good ? PADDOCK_ACTIVITY_DONE : PADDOCK_ACTIVITY_FAILED, text);
}

static void
end_without (PaddockCheckActivity *self, const GError *error)
{
  gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *reason = paddock_units_escape (error->message, -1, 300);
  /* Translators: what follows is the reason. */
  g_autofree char *text = g_strdup_printf (_("The check could not be finished: %s"), reason);

  paddock_activity_end (PADDOCK_ACTIVITY (self), stopped ? PADDOCK_ACTIVITY_STOPPED : PADDOCK_ACTIVITY_FAILED,
                        stopped ? _("Stopped before its end") : text);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockCheckActivity) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockDeepCheck) check = paddock_deep_check_run_finish (result, &error);

  if (check != NULL)
    end_with (self, check);
  else
    end_without (self, error);
  g_clear_pointer (&self->shards, paddock_gguf_shards_unref);
  g_clear_pointer (&self->before, paddock_model_report_unref);
}

static void
paddock_check_activity_start (PaddockActivity *activity)
{
  PaddockCheckActivity *self = PADDOCK_CHECK_ACTIVITY (activity);

  paddock_deep_check_run_async (self->shards, on_progress, self, paddock_activity_get_cancellable (activity), on_checked,
                                g_object_ref (self));
}

static void
paddock_check_activity_finalize (GObject *object)
{
  PaddockCheckActivity *self = PADDOCK_CHECK_ACTIVITY (object);

  g_clear_pointer (&self->stamp, paddock_model_stamp_free);
  g_clear_pointer (&self->shards, paddock_gguf_shards_unref);
  g_clear_pointer (&self->before, paddock_model_report_unref);
  g_clear_pointer (&self->report, paddock_model_report_unref);
  G_OBJECT_CLASS (paddock_check_activity_parent_class)->finalize (object);
}

static void
paddock_check_activity_class_init (PaddockCheckActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_check_activity_finalize;
  PADDOCK_ACTIVITY_CLASS (klass)->start = paddock_check_activity_start;
  PADDOCK_ACTIVITY_CLASS (klass)->view = "health";
}

static void
paddock_check_activity_init (PaddockCheckActivity *self)
{
}

/**
 * paddock_check_activity_new:
 * @snapshot: a model that could be opened
 *
 * Returns: (transfer full): the check of all its files, not begun
 */
PaddockActivity *
paddock_check_activity_new (PaddockModelSnapshot *snapshot)
{
  g_autofree char *title = paddock_model_words_dup_title (snapshot);
  PaddockCheckActivity *self = g_object_new (PADDOCK_TYPE_CHECK_ACTIVITY,
                                             "title", title,
                                             "subtitle", _("Deep check"),
                                             "path", snapshot->path,
                                             NULL);

  self->stamp = paddock_model_stamp_new (snapshot);
  self->shards = paddock_gguf_shards_ref (snapshot->shards);
  self->before = paddock_model_report_ref (snapshot->report);
  paddock_activity_report (PADDOCK_ACTIVITY (self), 0, paddock_model_stamp_get_total (self->stamp));
  return PADDOCK_ACTIVITY (self);
}

/**
 * paddock_check_activity_is_of:
 * @self: the activity
 * @snapshot: a model
 *
 * Returns: whether it checks the files of that model, and they have not changed since
 */
gboolean
paddock_check_activity_is_of (PaddockCheckActivity *self, PaddockModelSnapshot *snapshot)
{
  return paddock_model_stamp_is_of (self->stamp, snapshot);
}

PaddockModelReport *
paddock_check_activity_get_report (PaddockCheckActivity *self)
{
  return self->report;
}

/**
 * paddock_check_activity_dup_effort:
 * @self: the activity
 *
 * Returns: (transfer full) (nullable): what the check took, in words
 */
char *
paddock_check_activity_dup_effort (PaddockCheckActivity *self)
{
  const PaddockLoadingEfficiency *effort = &self->efficiency;
  g_autofree char *read = NULL;
  g_autofree char *rate = NULL;
  g_autofree char *memory = NULL;

  if (self->report == NULL)
    return NULL;
  read = paddock_text_direction_isolate (paddock_units_format_size (effort->bytes_copied));
  memory = paddock_text_direction_isolate (paddock_units_format_size (effort->peak_held));
  /* What took no time to speak of has no rate either. */
  if (effort->seconds < SHORTEST_SECONDS)
    /* Translators: how much was read, and the memory it took. */
    return paddock_text_direction_lead (g_strdup_printf (_("%s read in under 0.1 s, %s of memory"), read, memory));
  rate = paddock_text_direction_isolate (
    paddock_units_format_size ((guint64) paddock_loading_efficiency_get_throughput (effort)));
  /* Translators: how much was read in how many seconds, how much that is in a second, and the memory it took. */
  return paddock_text_direction_lead (g_strdup_printf (_("%s read in %.1f s, %s/s, %s of memory"), read, effort->seconds,
                                                       rate, memory));
}
