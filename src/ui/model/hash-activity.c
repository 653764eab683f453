/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/hash-activity.h"

#include "base/units.h"
#include "model/model-stamp.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

/**
 * PaddockHashActivity:
 *
 * Hashes the files of a model, one after the other, and compares each with what was recorded for it.
 */
struct _PaddockHashActivity
{
  PaddockActivity parent_instance;

  /* Owned */
  PaddockModelStamp *stamp;
  GPtrArray *jobs;                   /* PaddockHashJob, NULL where there is none (yet) */
  GPtrArray *problems;               /* char *, NULL where there is none */

  guint current;
  guint64 before;                    /* bytes of the files before it */
  guint64 done;                      /* of the current one */
};

enum
{
  FILE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockHashActivity, paddock_hash_activity, PADDOCK_TYPE_ACTIVITY)

static void hash_next (PaddockHashActivity *self);

static gboolean
is_mismatch (const PaddockHashJob *job)
{
  return job != NULL && job->expected != NULL && g_ascii_strcasecmp (job->expected, job->sha256) != 0;
}

static char *
dup_result (PaddockHashActivity *self, gboolean *good)
{
  guint count = paddock_model_stamp_get_n_files (self->stamp);
  guint wrong = 0, right = 0, unread = 0;

  for (guint i = 0; i < count; i++)
    {
      const PaddockHashJob *job = g_ptr_array_index (self->jobs, i);

      unread += job == NULL ? 1 : 0;
      wrong += is_mismatch (job) ? 1 : 0;
      right += job != NULL && job->expected != NULL && !is_mismatch (job) ? 1 : 0;
    }
  *good = wrong == 0 && unread == 0;
  if (wrong > 0)
    return g_strdup_printf (ngettext ("%u file is damaged or another one", "%u files are damaged or others", wrong), wrong);
  if (unread > 0 && count == 1)
    return g_strdup (g_ptr_array_index (self->problems, 0));
  if (unread > 0)
    return g_strdup_printf (ngettext ("%u file could not be hashed", "%u files could not be hashed", unread), unread);
  if (right == count)
    return g_strdup (_("Every byte is as it should be"));
  return g_strdup_printf (ngettext ("%u file hashed", "%u files hashed", count), count);
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  PaddockHashActivity *self = user_data;

  self->done = done;
  paddock_activity_report (PADDOCK_ACTIVITY (self), self->before + done, paddock_model_stamp_get_total (self->stamp));
}

static void
on_fraction_changed (PaddockHashActivity *self)
{
  g_signal_emit (self, signals[FILE_CHANGED], 0, self->current);
}

static void
on_hashed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockHashActivity) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  PaddockHashJob *job = paddock_hash_job_run_finish (result, &error);
  guint file = self->current;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_STOPPED, NULL);
      return;
    }
  if (job != NULL)
    g_ptr_array_index (self->jobs, file) = job;
  else
    g_ptr_array_index (self->problems, file) = paddock_units_escape (error->message, -1, 300);
  self->before += paddock_model_stamp_get_size (self->stamp, file);
  self->done = 0;
  self->current++;
  g_signal_emit (self, signals[FILE_CHANGED], 0, file);
  hash_next (self);
}

static void
hash_next (PaddockHashActivity *self)
{
  GCancellable *cancellable = paddock_activity_get_cancellable (PADDOCK_ACTIVITY (self));
  gboolean good = FALSE;
  g_autofree char *text = NULL;

  if (self->current < paddock_model_stamp_get_n_files (self->stamp))
    {
      paddock_activity_report (PADDOCK_ACTIVITY (self), self->before, paddock_model_stamp_get_total (self->stamp));
      g_signal_emit (self, signals[FILE_CHANGED], 0, self->current);
      paddock_hash_job_run_async (paddock_model_stamp_get_path (self->stamp, self->current), on_progress, self,
                                  cancellable, on_hashed, g_object_ref (self));
      return;
    }
  text = dup_result (self, &good);
  paddock_activity_end (PADDOCK_ACTIVITY (self), good ? PADDOCK_ACTIVITY_DONE : PADDOCK_ACTIVITY_FAILED, text);
}

static void
paddock_hash_activity_start (PaddockActivity *activity)
{
  hash_next (PADDOCK_HASH_ACTIVITY (activity));
}

static void
free_job (gpointer job)
{
  if (job != NULL)
    paddock_hash_job_free (job);
}

static void
paddock_hash_activity_finalize (GObject *object)
{
  PaddockHashActivity *self = PADDOCK_HASH_ACTIVITY (object);

  g_clear_pointer (&self->stamp, paddock_model_stamp_free);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  G_OBJECT_CLASS (paddock_hash_activity_parent_class)->finalize (object);
}

static void
paddock_hash_activity_class_init (PaddockHashActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_hash_activity_finalize;
  PADDOCK_ACTIVITY_CLASS (klass)->start = paddock_hash_activity_start;
  PADDOCK_ACTIVITY_CLASS (klass)->view = "health";

  /**
   * PaddockHashActivity::file-changed:
   * @file: which of the files there is something new about
   */
  signals[FILE_CHANGED] = g_signal_new ("file-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
paddock_hash_activity_init (PaddockHashActivity *self)
{
  self->jobs = g_ptr_array_new_with_free_func (free_job);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (self, "notify::fraction", G_CALLBACK (on_fraction_changed), NULL);
}

/**
 * paddock_hash_activity_new:
 * @snapshot: a model, some of whose files are there
 *
 * Returns: (transfer full): the hashing of its files, not begun
 */
PaddockActivity *
paddock_hash_activity_new (PaddockModelSnapshot *snapshot)
{
  g_autofree char *title = paddock_model_words_dup_title (snapshot);
  PaddockHashActivity *self = g_object_new (PADDOCK_TYPE_HASH_ACTIVITY,
                                            "title", title,
                                            "subtitle", _("Hash"),
                                            "path", snapshot->path,
                                            NULL);

  self->stamp = paddock_model_stamp_new (snapshot);
  g_ptr_array_set_size (self->jobs, (int) paddock_model_stamp_get_n_files (self->stamp));
  g_ptr_array_set_size (self->problems, (int) paddock_model_stamp_get_n_files (self->stamp));
  paddock_activity_report (PADDOCK_ACTIVITY (self), 0, paddock_model_stamp_get_total (self->stamp));
  return PADDOCK_ACTIVITY (self);
}

/**
 * paddock_hash_activity_is_of:
 * @self: the activity
 * @snapshot: a model
 *
 * Returns: whether it hashes the files of that model, and they have not changed since
 */
gboolean
paddock_hash_activity_is_of (PaddockHashActivity *self, PaddockModelSnapshot *snapshot)
{
  return paddock_model_stamp_is_of (self->stamp, snapshot);
}

const PaddockHashJob *
paddock_hash_activity_get_job (PaddockHashActivity *self, guint file)
{
  return g_ptr_array_index (self->jobs, file);
}

const char *
paddock_hash_activity_get_problem (PaddockHashActivity *self, guint file)
{
  return g_ptr_array_index (self->problems, file);
}

guint
paddock_hash_activity_get_current (PaddockHashActivity *self)
{
  return self->current;
}

/**
 * paddock_hash_activity_get_progress:
 * @self: the activity
 * @done: (out): how much of the current file is hashed
 * @total: (out): of how much
 */
void
paddock_hash_activity_get_progress (PaddockHashActivity *self, guint64 *done, guint64 *total)
{
  *done = self->done;
  *total = self->current < paddock_model_stamp_get_n_files (self->stamp)
             ? paddock_model_stamp_get_size (self->stamp, self->current)
             : 0;
}
