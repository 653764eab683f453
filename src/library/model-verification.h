/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "library-entry.h"
#include "record-store.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_VERIFICATION_UNKNOWN,      /* computed, and there is nothing published to compare with */
  PADDOCK_VERIFICATION_MATCHES,
  PADDOCK_VERIFICATION_DIFFERS
} PaddockVerification;

/* Whether the hash of the file as it is now was never computed: of an offline or broken model it cannot be. Of a set of
   shards, the first one's is meant. */
gboolean paddock_model_verification_is_due (const PaddockLibraryEntry *entry);
/* Of what is on record. */
PaddockVerification paddock_model_verification_judge (const PaddockModelRecord *record);

/* What to read, and how. */
typedef struct
{
  PaddockLibraryEntry *entry;
  PaddockRecordStore *records;       /* where its record is */
  gboolean idle;                     /* only with what nobody else wants of processor and disk */
  PaddockProgressFunc progress;      /* in bytes; may be NULL */
  gpointer progress_data;
} PaddockVerificationWork;

/* Computes it and writes it into the record; a library has to be told to look at it again. It fails where the file cannot
   be read, the cancellable says so, or somebody wrote to it meanwhile (PADDOCK_LIBRARY_ERROR_CHANGED). */
void     paddock_model_verification_run_async  (gpointer source_object, const PaddockVerificationWork *work,
                                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean paddock_model_verification_run_finish (gpointer source_object, GAsyncResult *result, PaddockVerification *outcome,
                                                GError **error);

G_END_DECLS
