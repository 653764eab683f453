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
  gboolean copy;                     /* another one than the one that is used */
  const char *sha256;
  PaddockFileIdentity identity;
} Finding;

gboolean
paddock_verification_is_wrong (PaddockVerification outcome)
{
  return outcome == PADDOCK_VERIFICATION_DIFFERS || outcome == PADDOCK_VERIFICATION_COPY_DIFFERS;
}

/* Of the copy that is used. NULL: nowhere. */
static GPtrArray *
get_files (const PaddockLibraryEntry *entry)
{
  const PaddockEntryLocation *first = entry->locations->len > 0 ? g_ptr_array_index (entry->locations, 0) : NULL;

  return first != NULL && first->files->len > 0 ? first->files : NULL;
}

static gboolean
has_file (GPtrArray *files, const PaddockLibraryFile *file)
{
  for (guint i = 0; i < files->len; i++)
    if (paddock_file_identity_same_file (&((PaddockLibraryFile *) g_ptr_array_index (files, i))->identity, &file->identity))
      return TRUE;
  return FALSE;
}

/* Those that no earlier one is another name of. */
static void
add_copy (GPtrArray *files, const PaddockEntryLocation *location)
{
  for (guint i = 0; i < location->files->len; i++)
    if (!has_file (files, g_ptr_array_index (location->files, i)))
      g_ptr_array_add (files, paddock_library_file_ref (g_ptr_array_index (location->files, i)));
}

/**
 * paddock_model_verification_list_files:
 * @entry: a model
 *
 * Returns: (transfer full) (element-type PaddockLibraryFile): its files in all places, as far as they are there; those of
 *   its first place before others
 */
GPtrArray *
paddock_model_verification_list_files (const PaddockLibraryEntry *entry)
{
  GPtrArray *files;

  /* So it is with nearly all of them, and the whole library is asked. */
  if (entry->locations->len == 1)
    return g_ptr_array_ref (((PaddockEntryLocation *) g_ptr_array_index (entry->locations, 0))->files);
  files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  for (guint i = 0; i < entry->locations->len; i++)
    add_copy (files, g_ptr_array_index (entry->locations, i));
  return files;
}

static gboolean
is_file_due (const PaddockModelRecord *record, const PaddockLibraryFile *file, gint64 since)
{
  PaddockRecordedHash hash;

  paddock_record_hashes_get_of (record, paddock_library_file_get_shard (file), &file->identity, &hash);
  return hash.sha256 == NULL || hash.sha256_at < since;
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
  g_autoptr (GPtrArray) files = paddock_model_verification_list_files (entry);

  for (guint i = 0; i < files->len && entry->record->version <= PADDOCK_MODEL_RECORD_VERSION; i++)
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
  g_autoptr (GPtrArray) files = paddock_model_verification_list_files (entry);
  guint64 size = 0;

  for (guint i = 0; i < files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (files, i);

      if (is_file_due (entry->record, file, since))
        size += file->identity.size;
    }
  return size;
}

static PaddockVerification
compare (const char *sha256, const char *wanted)
{
  if (sha256 == NULL || wanted == NULL)
    return PADDOCK_VERIFICATION_UNKNOWN;
  return g_ascii_strcasecmp (sha256, wanted) == 0 ? PADDOCK_VERIFICATION_MATCHES : PADDOCK_VERIFICATION_DIFFERS;
}

/* What the same part of the copy that is used was found to be; NULL: nobody knows. */
static const char *
find_first_hash (const PaddockLibraryEntry *entry, const PaddockModelRecord *record, guint shard)
{
  GPtrArray *files = get_files (entry);
  PaddockRecordedHash hash;

  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (files, i);

      if (paddock_library_file_get_shard (file) != shard)
        continue;
      paddock_record_hashes_get_of (record, shard, &file->identity, &hash);
      return hash.sha256;
    }
  return NULL;
}

/**
 * paddock_model_verification_get_hash:
 * @entry: a model
 * @record: what is known of it
 *
 * Returns: (nullable): the hash of its first file
 */
const char *
paddock_model_verification_get_hash (const PaddockLibraryEntry *entry, const PaddockModelRecord *record)
{
  return get_files (entry) != NULL ? find_first_hash (entry, record, 0) : record->sha256;
}

/**
 * paddock_model_verification_judge_file:
 * @entry: a model
 * @record: what is known of it
 * @file: one of its files
 * @hash: (out caller-allocates): what is known of that; its strings are the record's
 *
 * Returns: how what was computed of it as it is now compares with what was published; where nothing was, whether it is
 *   other than the same file of the copy that is used
 */
PaddockVerification
paddock_model_verification_judge_file (const PaddockLibraryEntry *entry, const PaddockModelRecord *record,
                                       const PaddockLibraryFile *file, PaddockRecordedHash *hash)
{
  guint shard = paddock_library_file_get_shard (file);

  paddock_record_hashes_get_of (record, shard, &file->identity, hash);
  if (hash->sha256 == NULL || hash->expected_sha256 != NULL)
    return compare (hash->sha256, hash->expected_sha256);
  return compare (hash->sha256, find_first_hash (entry, record, shard)) == PADDOCK_VERIFICATION_DIFFERS
           ? PADDOCK_VERIFICATION_DIFFERS : PADDOCK_VERIFICATION_UNKNOWN;
}

/* One file that differs is enough; a model matches when all of it does. */
static PaddockVerification
judge_all (const PaddockVerification *outcomes, guint n, guint n_first, guint wanted)
{
  guint n_matching = 0;

  for (guint i = 0; i < n; i++)
    {
      if (outcomes[i] == PADDOCK_VERIFICATION_DIFFERS)
        return i < n_first ? PADDOCK_VERIFICATION_DIFFERS : PADDOCK_VERIFICATION_COPY_DIFFERS;
      n_matching += outcomes[i] == PADDOCK_VERIFICATION_MATCHES;
    }
  return n_matching >= MAX (wanted, 1) && n_matching == n ? PADDOCK_VERIFICATION_MATCHES : PADDOCK_VERIFICATION_UNKNOWN;
}

static PaddockVerification
judge_remembered (const PaddockModelRecord *record, guint wanted)
{
  guint n = record->shards->len + 1;
  g_autofree PaddockVerification *outcomes = g_new0 (PaddockVerification, n);

  outcomes[0] = compare (record->sha256, record->expected_sha256);
  for (guint i = 1; i < n; i++)
    {
      const PaddockRecordedHash *hash = g_ptr_array_index (record->shards, i - 1);

      outcomes[i] = compare (hash->sha256, hash->expected_sha256);
    }
  return judge_all (outcomes, n, n, wanted);
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
  g_autoptr (GPtrArray) files = paddock_model_verification_list_files (entry);
  g_autofree PaddockVerification *outcomes = g_new0 (PaddockVerification, MAX (files->len, 1));
  PaddockRecordedHash hash;

  if (get_files (entry) == NULL)
    return judge_remembered (record, entry->shards);
  for (guint i = 0; i < files->len; i++)
    outcomes[i] = paddock_model_verification_judge_file (entry, record, g_ptr_array_index (files, i), &hash);
  return judge_all (outcomes, files->len, get_files (entry)->len, entry->shards);
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

  if (finding->copy)
    paddock_record_hashes_set_copy (record, finding->shard, finding->sha256, &finding->identity);
  else
    paddock_record_hashes_set_computed (record, finding->shard, finding->sha256, &finding->identity);
  return TRUE;
}

/* For a worker. */
typedef struct
{
  PaddockLibraryEntry *entry;        /* Owned */
  PaddockRecordStore *records;       /* Owned */
  PaddockModelRecord *record;        /* Owned: as it was written last */
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
  paddock_model_record_unref (job->record);
  g_free (job);
}

/* Reads a file and writes down what it found, which it returns. */
static gboolean
read_file (Job *job, const PaddockLibraryFile *file, PaddockVerification *outcome, GError **error)
{
  Finding finding = {
    .shard = paddock_library_file_get_shard (file),
    .copy = !has_file (get_files (job->entry), file),
  };
  g_autoptr (PaddockModelRecord) record = NULL;
  g_autofree char *sha256 = NULL;
  PaddockFileIdentity after;
  PaddockRecordedHash hash;

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
  paddock_record_hashes_get (record, finding.shard, &hash);
  *outcome = compare (sha256, hash.expected_sha256);
  paddock_model_record_unref (job->record);
  job->record = g_steal_pointer (&record);
  return TRUE;
}

/* One that cannot be read keeps nobody from reading the others. */
static gboolean
read_files (Job *job, GPtrArray *files, PaddockVerification *outcomes, GError **error)
{
  guint64 done = 0, total = paddock_model_verification_measure (job->entry, job->since);
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (files, i);
      g_autoptr (GError) problem = NULL;

      if (!is_file_due (job->entry->record, file, job->since))
        continue;
      paddock_worker_set_part (job->worker, done, total);
      if (!read_file (job, file, &outcomes[i], &problem) && g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (first == NULL)
        first = g_steal_pointer (&problem);
      done += file->identity.size;
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
verify (Job *job, GError **error)
{
  g_autoptr (GPtrArray) files = paddock_model_verification_list_files (job->entry);
  g_autofree PaddockVerification *outcomes = g_new0 (PaddockVerification, MAX (files->len, 1));
  PaddockRecordedHash hash;

  if (get_files (job->entry) == NULL)
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "%s is not there now",
                   job->entry->title);
      return FALSE;
    }
  if (!read_files (job, files, outcomes, error))
    return FALSE;
  /* Of what was written to since the library looked at it, only that is known which was found now. */
  for (guint i = 0; i < files->len; i++)
    {
      PaddockVerification known =
        paddock_model_verification_judge_file (job->entry, job->record, g_ptr_array_index (files, i), &hash);

      outcomes[i] = known != PADDOCK_VERIFICATION_UNKNOWN ? known : outcomes[i];
    }
  job->outcome = judge_all (outcomes, files->len, get_files (job->entry)->len, job->entry->shards);
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
  job->record = paddock_model_record_ref (work->entry->record);
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
