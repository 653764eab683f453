/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-verification.h"

#include <errno.h>

#include "base/file-digest.h"
#include "idle-priority.h"
#include "library-error.h"

/* A file was read. */
typedef struct
{
  guint shard;
  const char *sha256;
  PaddockFileIdentity identity;
} Finding;

/* NULL: nowhere. */
static GPtrArray *
get_files (const PaddockLibraryEntry *entry)
{
  const PaddockEntryLocation *first = entry->locations->len > 0 ? g_ptr_array_index (entry->locations, 0) : NULL;

  return first != NULL && first->files->len > 0 ? first->files : NULL;
}

/* What is known of a file as it is now. */
static gboolean
get_hash (const PaddockModelRecord *record, const PaddockLibraryFile *file, PaddockRecordedHash *hash)
{
  paddock_record_hashes_get (record, paddock_library_file_get_shard (file), hash);
  return hash->sha256 != NULL && paddock_file_identity_equal (&hash->sha256_of, &file->identity);
}

static gboolean
is_file_due (const PaddockModelRecord *record, const PaddockLibraryFile *file, gint64 since)
{
  PaddockRecordedHash hash;

  return !get_hash (record, file, &hash) || hash.sha256_at < since;
}

/**
 * paddock_model_verification_is_due:
 * @entry: a model
 * @since: from when a hash counts
 *
 * Returns: whether there is a file that should be read
 */
gboolean
paddock_model_verification_is_due (const PaddockLibraryEntry *entry, gint64 since)
{
  GPtrArray *files = entry->record->version <= PADDOCK_MODEL_RECORD_VERSION ? get_files (entry) : NULL;

  for (guint i = 0; files != NULL && i < files->len; i++)
    if (is_file_due (entry->record, g_ptr_array_index (files, i), since))
      return TRUE;
  return FALSE;
}

/**
 * paddock_model_verification_measure:
 * @entry: a model
 * @since: from when a hash counts
 *
 * Returns: how many bytes are in the files that should be read
 */
guint64
paddock_model_verification_measure (const PaddockLibraryEntry *entry, gint64 since)
{
  GPtrArray *files = get_files (entry);
  guint64 size = 0;

  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (files, i);

      if (is_file_due (entry->record, file, since))
        size += file->identity.size;
    }
  return size;
}

/**
 * paddock_model_verification_count_read:
 * @entry: a model
 * @record: what is known of it
 *
 * Returns: of how many of its files the hash is known
 */
guint
paddock_model_verification_count_read (const PaddockLibraryEntry *entry, const PaddockModelRecord *record)
{
  GPtrArray *files = get_files (entry);
  PaddockRecordedHash hash;
  guint n = 0;

  for (guint i = 0; files != NULL && i < files->len; i++)
    n += get_hash (record, g_ptr_array_index (files, i), &hash);
  return n;
}

static PaddockVerification
compare (const PaddockRecordedHash *hash)
{
  if (hash->sha256 == NULL || hash->expected_sha256 == NULL)
    return PADDOCK_VERIFICATION_UNKNOWN;
  return g_ascii_strcasecmp (hash->sha256, hash->expected_sha256) == 0 ? PADDOCK_VERIFICATION_MATCHES
                                                                       : PADDOCK_VERIFICATION_DIFFERS;
}

/**
 * paddock_model_verification_judge_file:
 * @record: what is known of a model
 * @file: one of its files
 * @hash: (out caller-allocates): what is known of that; its strings are the record's
 *
 * Returns: how what was computed of it as it is now compares with what was published
 */
PaddockVerification
paddock_model_verification_judge_file (const PaddockModelRecord *record, const PaddockLibraryFile *file,
                                       PaddockRecordedHash *hash)
{
  if (!get_hash (record, file, hash))
    hash->sha256 = NULL;
  return compare (hash);
}

/* One file that differs is enough; a set matches when all of it does. */
static PaddockVerification
judge_all (const PaddockVerification *outcomes, guint n, guint wanted)
{
  guint n_matching = 0;

  for (guint i = 0; i < n; i++)
    {
      if (outcomes[i] == PADDOCK_VERIFICATION_DIFFERS)
        return PADDOCK_VERIFICATION_DIFFERS;
      n_matching += outcomes[i] == PADDOCK_VERIFICATION_MATCHES;
    }
  return n_matching >= MAX (wanted, 1) && n_matching == n ? PADDOCK_VERIFICATION_MATCHES : PADDOCK_VERIFICATION_UNKNOWN;
}

/**
 * paddock_model_verification_judge:
 * @entry: a model
 * @record: what is known of it
 *
 * Returns: how what was computed compares with what was published
 */
PaddockVerification
paddock_model_verification_judge (const PaddockLibraryEntry *entry, const PaddockModelRecord *record)
{
  GPtrArray *files = get_files (entry);
  guint n = files != NULL ? files->len : record->shards->len + 1;
  g_autofree PaddockVerification *outcomes = g_new0 (PaddockVerification, n);
  PaddockRecordedHash hash;

  for (guint i = 0; files != NULL && i < n; i++)
    outcomes[i] = paddock_model_verification_judge_file (record, g_ptr_array_index (files, i), &hash);
  for (guint i = 0; files == NULL && i < n; i++)
    {
      paddock_record_hashes_get (record, 0, &hash);
      outcomes[i] = compare (i > 0 ? g_ptr_array_index (record->shards, i - 1) : &hash);
    }
  return judge_all (outcomes, n, entry->shards);
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

  paddock_record_hashes_set_computed (record, finding->shard, finding->sha256, &finding->identity);
  return TRUE;
}

/* For a worker. */
typedef struct
{
  PaddockLibraryEntry *entry;        /* Owned */
  PaddockRecordStore *records;       /* Owned */
  gint64 since;
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

/* Reads a file and writes down what it found, which it returns. */
static gboolean
read_file (Job *job, const PaddockLibraryFile *file, PaddockVerification *outcome, GError **error)
{
  g_autoptr (PaddockModelRecord) record = NULL;
  g_autofree char *sha256 = NULL;
  PaddockFileIdentity after;
  PaddockRecordedHash hash;
  Finding finding;

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
  finding.shard = paddock_library_file_get_shard (file);
  finding.sha256 = sha256;
  record = paddock_record_store_change (job->records, job->entry->id, TRUE, write_finding, &finding, error);
  if (record == NULL)
    return FALSE;
  paddock_record_hashes_get (record, finding.shard, &hash);
  *outcome = compare (&hash);
  return TRUE;
}

static gboolean
verify (Job *job, GError **error)
{
  GPtrArray *files = get_files (job->entry);
  guint n = files != NULL ? files->len : 0;
  g_autofree PaddockVerification *outcomes = g_new0 (PaddockVerification, n + 1);
  g_autofree gboolean *due = g_new0 (gboolean, n + 1);
  PaddockRecordedHash hash;
  guint64 done = 0, total;

  if (files == NULL)
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "%s is not there now",
                   job->entry->title);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    due[i] = is_file_due (job->entry->record, g_ptr_array_index (files, i), job->since);
  total = paddock_model_verification_measure (job->entry, job->since);
  for (guint i = 0; i < n; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (files, i);

      paddock_worker_set_part (job->worker, done, total);
      if (!due[i])
        outcomes[i] = paddock_model_verification_judge_file (job->entry->record, file, &hash);
      else if (!read_file (job, file, &outcomes[i], error))
        return FALSE;
      done += due[i] ? file->identity.size : 0;
    }
  job->outcome = judge_all (outcomes, n, job->entry->shards);
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
  job->since = work->since;
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
 * Returns: whether the hashes of all its files are on record now
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
