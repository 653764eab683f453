/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/survey-activity.h"

#include "base/units.h"
#include "model/model-stamp.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

/**
 * PaddockSurveyActivity:
 *
 * Reads every number of a model and sums up those of each tensor.
 */
struct _PaddockSurveyActivity
{
  PaddockActivity parent_instance;

  /* Owned */
  PaddockModelStamp *stamp;
  PaddockGgufShards *shards;         /* until it is over */
  PaddockTensorSurvey *survey;       /* from then on */
};

G_DEFINE_FINAL_TYPE (PaddockSurveyActivity, paddock_survey_activity, PADDOCK_TYPE_ACTIVITY)

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  paddock_activity_report (user_data, done, total);
}

static void
end_with (PaddockSurveyActivity *self, PaddockTensorSurvey *survey)
{
  g_autofree char *text = NULL;
  guint n_problems = 0;

  for (guint i = 0; i < paddock_tensor_survey_get_n_tensors (survey); i++)
    n_problems += paddock_tensor_survey_get_summary (survey, i) == NULL ? 1 : 0;
  if (n_problems > 0)
    text = g_strdup_printf (ngettext ("%u tensor could not be read and is left out",
                                      "%u tensors could not be read and are left out", n_problems), n_problems);
  self->survey = survey;
  paddock_activity_end (PADDOCK_ACTIVITY (self), n_problems > 0 ? PADDOCK_ACTIVITY_FAILED : PADDOCK_ACTIVITY_DONE, text);
}

static void
end_without (PaddockSurveyActivity *self, const GError *error)
{
  gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_autofree char *reason = paddock_units_escape (error->message, -1, 300);

  paddock_activity_end (PADDOCK_ACTIVITY (self), stopped ? PADDOCK_ACTIVITY_STOPPED : PADDOCK_ACTIVITY_FAILED,
                        stopped ? _("Stopped before its end") : reason);
}

static void
on_surveyed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockSurveyActivity) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  PaddockTensorSurvey *survey = paddock_tensor_survey_run_finish (result, &error);

  g_clear_pointer (&self->shards, paddock_gguf_shards_unref);
  if (survey != NULL)
    end_with (self, survey);
  else
    end_without (self, error);
}

static void
paddock_survey_activity_start (PaddockActivity *activity)
{
  PaddockSurveyActivity *self = PADDOCK_SURVEY_ACTIVITY (activity);

  paddock_tensor_survey_run_async (self->shards, on_progress, self, paddock_activity_get_cancellable (activity), on_surveyed,
                                   g_object_ref (self));
}

static void
paddock_survey_activity_finalize (GObject *object)
{
  PaddockSurveyActivity *self = PADDOCK_SURVEY_ACTIVITY (object);

  g_clear_pointer (&self->stamp, paddock_model_stamp_free);
  g_clear_pointer (&self->shards, paddock_gguf_shards_unref);
  g_clear_pointer (&self->survey, paddock_tensor_survey_free);
  G_OBJECT_CLASS (paddock_survey_activity_parent_class)->finalize (object);
}

static void
paddock_survey_activity_class_init (PaddockSurveyActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_survey_activity_finalize;
  PADDOCK_ACTIVITY_CLASS (klass)->start = paddock_survey_activity_start;
  PADDOCK_ACTIVITY_CLASS (klass)->view = "tensors";
}

static void
paddock_survey_activity_init (PaddockSurveyActivity *self)
{
}

/**
 * paddock_survey_activity_new:
 * @snapshot: a model that could be opened
 *
 * Returns: (transfer full): the reading of all its tensors, not begun
 */
PaddockActivity *
paddock_survey_activity_new (PaddockModelSnapshot *snapshot)
{
  g_autofree char *title = paddock_model_words_dup_title (snapshot);
  PaddockSurveyActivity *self = g_object_new (PADDOCK_TYPE_SURVEY_ACTIVITY,
                                              "title", title,
                                              "subtitle", _("Reading All Values"),
                                              "path", snapshot->path,
                                              NULL);

  self->stamp = paddock_model_stamp_new (snapshot);
  self->shards = paddock_gguf_shards_ref (snapshot->shards);
  paddock_activity_report (PADDOCK_ACTIVITY (self), 0, paddock_model_stamp_get_total (self->stamp));
  return PADDOCK_ACTIVITY (self);
}

/**
 * paddock_survey_activity_is_of:
 * @self: the activity
 * @snapshot: a model
 *
 * Returns: whether it reads the files of that model, and they have not changed since
 */
gboolean
paddock_survey_activity_is_of (PaddockSurveyActivity *self, PaddockModelSnapshot *snapshot)
{
  return paddock_model_stamp_is_of (self->stamp, snapshot);
}

PaddockTensorSurvey *
paddock_survey_activity_get_survey (PaddockSurveyActivity *self)
{
  return self->survey;
}
