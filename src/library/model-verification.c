/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-verification.h"

#include <errno.h>

#include "base/file-digest.h"
#include "idle-priority.h"
#include "library-error.h"

/* What a hash says of a file. */
typedef struct
{
  const char *sha256;
  PaddockFileIdentity identity;
} Finding;

static const PaddockLibraryFile *
get_file (const PaddockLibraryEntry *entry)
{
  const PaddockEntryLocation *first = entry->locations->len > 0 ? g_ptr_array_index (entry->locations, 0) : NULL;

  return first != NULL && first->files->len > 0 ? g_ptr_array_index (first->files, 0) : NULL;
}

/**
 * paddock_model_verification_is_due:
 * @entry: a model
 *
 * Returns: whether there is a file whose hash nobody knows
 */
gboolean
paddock_model_verification_is_due (const PaddockLibraryEntry *entry)
{
  const PaddockLibraryFile *file = get_file (entry);

  return file != NULL && entry->record->version <= PADDOCK_MODEL_RECORD_VERSION &&
         (entry->record->sha256 == NULL ||
          !paddock_file_identity_equal (&entry->record->sha256_of, &file->identity));
}

/**
 * paddock_model_verification_judge:
 * @record: a record
 *
 * Returns: how what was computed compares with what was published
 */
PaddockVerification
paddock_model_verification_judge (const PaddockModelRecord *record)
{
  if (record->sha256 == NULL || record->expected_sha256 == NULL)
    return PADDOCK_VERIFICATION_UNKNOWN;
  return g_str_equal (record->sha256, record->expected_sha256) ? PADDOCK_VERIFICATION_MATCHES
                                                               : PADDOCK_VERIFICATION_DIFFERS;
}

static gboolean
identify (const char *path, PaddockFileIdentity *identity, GError **error)
{
  struct stat status;

  if (stat (path, &status) < 0)
    return paddock_library_error_set_errno (error, errno, "cannot read", path);
  paddock_file_identity_set_stat (identity, &status);
  return TRUE;
}

static gboolean
write_finding (PaddockModelRecord *record, gpointer user_data)
{
  const Finding *finding = user_data;

  g_set_str (&record->sha256, finding->sha256);
  record->sha256_at = g_get_real_time () / G_USEC_PER_SEC;
  record->sha256_of = finding->identity;
  return TRUE;
}

/* For a worker. */
typedef struct
{
  PaddockLibraryEntry *entry;        /* Owned */
  PaddockRecordStore *records;       /* Owned */
  gboolean idle;

  /* Borrowed, while it runs */
  PaddockWorker *worker;
  GError **error;

  PaddockVerification outcome;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  paddock_library_entry_unref (job->entry);
  paddock_record_store_unref (job->records);
  g_free (job);
}

static gboolean
verify (Job *job, GError **error)
{
  const PaddockLibraryFile *file = get_file (job->entry);
  g_autoptr (PaddockModelRecord) record = NULL;
  g_autofree char *sha256 = NULL;
  PaddockFileIdentity after;
  Finding finding;

  if (file == NULL)
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "%s is not there now", job->entry->title);
      return FALSE;
    }
  if (!identify (file->path, &finding.identity, error))
    return FALSE;
  sha256 = paddock_file_digest_sha256 (file->path, job->worker, NULL, error);
  if (sha256 == NULL || !identify (file->path, &after, error))
    return FALSE;
  if (!paddock_file_identity_equal (&finding.identity, &after))
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED, "somebody wrote to %s while it was read",
                   job->entry->title);
      return FALSE;
    }
  finding.sha256 = sha256;
  record = paddock_record_store_change (job->records, job->entry->id, TRUE, write_finding, &finding, error);
  if (record == NULL)
    return FALSE;
  job->outcome = paddock_model_verification_judge (record);
  return TRUE;
}

static gpointer
run_job (gpointer data)
{
  Job *job = data;

  return GINT_TO_POINTER (verify (job, job->error));
}

/* The outcome and one, so that it is never nothing. */
static gpointer
run_in_worker (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Job *job = snapshot;
  gboolean done;

  job->worker = worker;
  job->error = error;
  done = GPOINTER_TO_INT (job->idle ? paddock_idle_priority_run (run_job, job) : run_job (job));
  return done ? GUINT_TO_POINTER (job->outcome + 1) : NULL;
}

/**
 * paddock_model_verification_run_async:
 * @source_object: (nullable) (type GObject.Object): whose work it is
 * @work: what to read, of a model that is there; copied
 * @cancellable: (nullable): to stop it
 * @callback: called when it is done
 * @user_data: for @callback
 */
void
paddock_model_verification_run_async (gpointer source_object, const PaddockVerificationWork *work, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);
  const PaddockWork for_worker = {
    .name = "library verify",
    .run = run_in_worker,
    .snapshot = job,
    .snapshot_free = free_job,
    .progress = work->progress,
    .progress_data = work->progress_data,
  };

  job->entry = paddock_library_entry_ref (work->entry);
  job->records = paddock_record_store_ref (work->records);
  job->idle = work->idle;
  paddock_worker_run_async (source_object, &for_worker, cancellable, callback, user_data);
}

/**
 * paddock_model_verification_run_finish:
 * @source_object: (nullable) (type GObject.Object): as it was given
 * @result: what the callback got
 * @outcome: (out) (optional): how what was computed compares with what was published
 * @error: return location for an error
 *
 * Returns: whether the hash is on record now
 */
gboolean
paddock_model_verification_run_finish (gpointer source_object, GAsyncResult *result, PaddockVerification *outcome,
                                       GError **error)
{
  guint known = GPOINTER_TO_UINT (paddock_worker_run_finish (source_object, result, error));

  if (known > 0 && outcome != NULL)
    *outcome = (PaddockVerification) (known - 1);
  return known > 0;
}
