/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/verify-activity.h"

#include "base/units.h"
#include "base/worker.h"
#include "library/library-words.h"
#include "model-verification.h"

#include <glib/gi18n.h>

#define MESSAGE_CHARS 300

struct _PaddockVerifyActivity
{
  PaddockActivity parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockLibraryEntry *entry;
};

/* For a worker. */
typedef struct
{
  PaddockLibraryEntry *entry;
  PaddockRecordStore *records;
} Job;

G_DEFINE_FINAL_TYPE (PaddockVerifyActivity, paddock_verify_activity, PADDOCK_TYPE_ACTIVITY)

static void
free_job (gpointer data)
{
  Job *job = data;

  paddock_library_entry_unref (job->entry);
  paddock_record_store_unref (job->records);
  g_free (job);
}

/* The outcome and one, so that it is never nothing. */
static gpointer
run_job (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Job *job = snapshot;
  PaddockVerification outcome = PADDOCK_VERIFICATION_UNKNOWN;

  if (!paddock_model_verification_run (job->entry, job->records, worker, paddock_worker_get_cancellable (worker), &outcome,
                                       error))
    return NULL;
  return GUINT_TO_POINTER (outcome + 1);
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  paddock_activity_report (user_data, done, total);
}

/* The record is written: the library only has to look at it again. */
static gboolean
keep_record (PaddockModelRecord *record, gpointer user_data)
{
  return FALSE;
}

static const char *
describe (PaddockVerification outcome)
{
  if (outcome == PADDOCK_VERIFICATION_MATCHES)
    return _("Every byte is as it should be");
  if (outcome == PADDOCK_VERIFICATION_DIFFERS)
    return _("It is not what its source published");
  return _("Hash kept; there is none to compare it with");
}

static void
on_job (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaddockVerifyActivity *self = PADDOCK_VERIFY_ACTIVITY (source);
  g_autoptr (GError) error = NULL;
  guint outcome = GPOINTER_TO_UINT (paddock_worker_run_finish (source, result, &error));

  if (outcome > 0)
    {
      paddock_library_change_async (self->library, self->entry->id, keep_record, NULL, NULL, NULL, NULL);
      outcome--;
      paddock_activity_end (PADDOCK_ACTIVITY (self),
                            outcome == PADDOCK_VERIFICATION_DIFFERS ? PADDOCK_ACTIVITY_FAILED : PADDOCK_ACTIVITY_DONE,
                            describe ((PaddockVerification) outcome));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_STOPPED, NULL);
  else
    {
      g_autofree char *text = paddock_units_escape (error->message, -1, MESSAGE_CHARS);

      paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_FAILED, text);
    }
}

static void
paddock_verify_activity_start (PaddockActivity *activity)
{
  PaddockVerifyActivity *self = PADDOCK_VERIFY_ACTIVITY (activity);
  Job *job = g_new0 (Job, 1);
  PaddockWork work = {
    .name = "library verify",
    .run = run_job,
    .snapshot = job,
    .snapshot_free = free_job,
    .progress = on_progress,
    .progress_data = self,
  };

  job->entry = paddock_library_entry_ref (self->entry);
  job->records = paddock_record_store_ref (paddock_library_get_records (self->library));
  paddock_worker_run_async (self, &work, paddock_activity_get_cancellable (activity), on_job, NULL);
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
 * Returns: (transfer full): the hashing of its first file, not begun
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
