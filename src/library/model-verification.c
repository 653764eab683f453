/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-verification.h"

#include <errno.h>

#include "base/file-digest.h"
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

/**
 * paddock_model_verification_run:
 * @entry: a model that is there
 * @records: where its record is
 * @worker: (nullable): takes the progress, in bytes
 * @cancellable: (nullable): to stop it
 * @outcome: (out): how it compares with what was published
 * @error: return location for an error
 *
 * Returns: whether the hash is on record now
 */
gboolean
paddock_model_verification_run (const PaddockLibraryEntry *entry, PaddockRecordStore *records, PaddockWorker *worker,
                                GCancellable *cancellable, PaddockVerification *outcome, GError **error)
{
  const PaddockLibraryFile *file = get_file (entry);
  g_autoptr (PaddockModelRecord) record = NULL;
  g_autofree char *sha256 = NULL;
  PaddockFileIdentity after;
  Finding finding;

  if (file == NULL)
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "%s is not there now", entry->title);
      return FALSE;
    }
  if (!identify (file->path, &finding.identity, error))
    return FALSE;
  sha256 = paddock_file_digest_sha256 (file->path, worker, cancellable, error);
  if (sha256 == NULL || !identify (file->path, &after, error))
    return FALSE;
  if (!paddock_file_identity_equal (&finding.identity, &after))
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED, "somebody wrote to %s while it was read",
                   entry->title);
      return FALSE;
    }
  finding.sha256 = sha256;
  record = paddock_record_store_change (records, entry->id, TRUE, write_finding, &finding, error);
  if (record == NULL)
    return FALSE;
  *outcome = paddock_model_verification_judge (record);
  return TRUE;
}
