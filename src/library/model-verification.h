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

/* Computes it and writes it into the record; blocks. FALSE: it could not be read, was cancelled, or somebody wrote to the
   file meanwhile (PADDOCK_LIBRARY_ERROR_CHANGED). */
gboolean paddock_model_verification_run (const PaddockLibraryEntry *entry, PaddockRecordStore *records, PaddockWorker *worker,
                                         GCancellable *cancellable, PaddockVerification *outcome, GError **error);

G_END_DECLS
