/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/verify-activity.h"

#include "library/library-words.h"
#include "library/problem-words.h"
#include "model-verification.h"

#include <glib/gi18n.h>

struct _PaddockVerifyActivity
{
  PaddockActivity parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockLibraryEntry *entry;
};

G_DEFINE_FINAL_TYPE (PaddockVerifyActivity, paddock_verify_activity, PADDOCK_TYPE_ACTIVITY)

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  paddock_activity_report (user_data, done, total);
}

static const char *
describe (PaddockVerification outcome)
{
  if (outcome == PADDOCK_VERIFICATION_MATCHES)
    return _("Every byte is as it should be");
  if (outcome == PADDOCK_VERIFICATION_DIFFERS)
    return _("It is not what its source published");
  if (outcome == PADDOCK_VERIFICATION_COPY_DIFFERS)
    return _("A further copy of it has other bytes");
  return _("Hash kept; there is none to compare it with");
}

static void
on_job (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaddockVerifyActivity *self = PADDOCK_VERIFY_ACTIVITY (source);
  g_autoptr (GError) error = NULL;
  PaddockVerification outcome = PADDOCK_VERIFICATION_UNKNOWN;

  if (paddock_model_verification_run_finish (source, result, &outcome, &error))
    {
      paddock_library_look_again (self->library);
      paddock_activity_end (PADDOCK_ACTIVITY (self),
                            paddock_verification_is_wrong (outcome) ? PADDOCK_ACTIVITY_FAILED : PADDOCK_ACTIVITY_DONE,
                            describe (outcome));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_STOPPED, NULL);
  else
    {
      g_autofree char *text = paddock_problem_words_dup (error);

      paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_FAILED, text);
    }
}

static void
paddock_verify_activity_start (PaddockActivity *activity)
{
  PaddockVerifyActivity *self = PADDOCK_VERIFY_ACTIVITY (activity);
  const PaddockVerificationWork work = {
    .entry = self->entry,
    .records = paddock_library_get_records (self->library),
    .since = G_MAXINT64,
    .progress = on_progress,
    .progress_data = self,
  };

  paddock_model_verification_run_async (self, &work, paddock_activity_get_cancellable (activity), on_job, NULL);
}

static void
paddock_verify_activity_finalize (GObject *object)
{
  PaddockVerifyActivity *self = PADDOCK_VERIFY_ACTIVITY (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->entry, paddock_library_entry_unref);
  G_OBJECT_CLASS (paddock_verify_activity_parent_class)->finalize (object);
}

static void
paddock_verify_activity_class_init (PaddockVerifyActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_verify_activity_finalize;
  PADDOCK_ACTIVITY_CLASS (klass)->start = paddock_verify_activity_start;
  PADDOCK_ACTIVITY_CLASS (klass)->view = "health";
}

static void
paddock_verify_activity_init (PaddockVerifyActivity *self)
{
}

/**
 * paddock_verify_activity_new:
 * @library: the library
 * @entry: a model of it that is there
 *
 * Returns: (transfer full): the hashing of its files, not begun
 */
PaddockActivity *
paddock_verify_activity_new (PaddockLibrary *library, PaddockLibraryEntry *entry)
{
  g_autofree char *title = paddock_library_words_dup_title (entry);
  PaddockVerifyActivity *self = g_object_new (PADDOCK_TYPE_VERIFY_ACTIVITY,
                                              "title", title,
                                              "subtitle", _("Hash"),
                                              "path", paddock_library_entry_get_path (entry),
                                              NULL);

  self->library = g_object_ref (library);
  self->entry = paddock_library_entry_ref (entry);
  return PADDOCK_ACTIVITY (self);
}
