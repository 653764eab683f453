/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "library-entry.h"
#include "record-hashes.h"
#include "record-store.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_VERIFICATION_UNKNOWN,      /* computed, and there is nothing published to compare with */
  PADDOCK_VERIFICATION_MATCHES,
  PADDOCK_VERIFICATION_DIFFERS,
  PADDOCK_VERIFICATION_COPY_DIFFERS  /* nothing is wrong with the copy that is used, but another one has other bytes */
} PaddockVerification;

/* Whether some of it has other bytes than it should. */
gboolean            paddock_verification_is_wrong (PaddockVerification outcome);
/* Whether there is a file whose hash as it is now nobody computed, or only before a time (seconds since 1970; 0: whenever).
   All copies of it count, but no file twice. Of a model that is offline there is none. */
gboolean            paddock_model_verification_is_due (const PaddockLibraryEntry *entry, gint64 since);
/* How many bytes would have to be read for it. */
guint64             paddock_model_verification_measure (const PaddockLibraryEntry *entry, gint64 since);
/* The files that are read for it: PaddockLibraryFile, those of the copy that is used before others (transfer full). */
GPtrArray          *paddock_model_verification_list_files (const PaddockLibraryEntry *entry);
/* Of all files of a model, as they are now; of one that is offline, as they were. */
PaddockVerification paddock_model_verification_judge (const PaddockLibraryEntry *entry, const PaddockModelRecord *record);
/* What was computed of the first file of the copy that is used, as it is now; of a model that is offline, as it was. NULL:
   nothing. */
const char         *paddock_model_verification_get_hash (const PaddockLibraryEntry *entry, const PaddockModelRecord *record);
/* Of one of them: one of which nothing is published should have the bytes of the copy that is used. */
PaddockVerification paddock_model_verification_judge_file (const PaddockLibraryEntry *entry, const PaddockModelRecord *record,
                                                           const PaddockLibraryFile *file, PaddockRecordedHash *hash);

/* What to read, and how. */
typedef struct
{
  PaddockLibraryEntry *entry;
  PaddockRecordStore *records;       /* where its record is */
  gint64 since;                      /* what was computed before is computed again; G_MAXINT64: all of it */
  gboolean idle;                     /* only with what nobody else wants of processor and disk */
  PaddockProgressFunc progress;      /* in bytes; may be NULL */
  gpointer progress_data;
} PaddockVerificationWork;

/* Computes what is due of it and writes it into the record, file by file, so that a set goes on where it was stopped; a
   library has to be told to look at it again. It fails where a file cannot be read, the cancellable says so, or somebody
   wrote to one meanwhile (PADDOCK_LIBRARY_ERROR_CHANGED). */
void     paddock_model_verification_run_async  (gpointer source_object, const PaddockVerificationWork *work,
                                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean paddock_model_verification_run_finish (gpointer source_object, GAsyncResult *result, PaddockVerification *outcome,
                                                GError **error);

G_END_DECLS
