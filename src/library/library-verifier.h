/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_LIBRARY_VERIFIER (paddock_library_verifier_get_type ())

/**
 * PaddockLibraryVerifier:
 *
 * Computes hashes of models one after the other, at idle priority for processor and disk, and writes them into their
 * records. What is done stays done over a restart; a file that did not change since is not read again, and one that could
 * not be read is not tried again as long as it is the same. Properties: `n-done`, `n-total` (uint), `running` (boolean).
 * Signals: `progress`; `mismatch` (id): a hash is not what its source published; `unreadable` (id, message).
 */
G_DECLARE_FINAL_TYPE (PaddockLibraryVerifier, paddock_library_verifier, PADDOCK, LIBRARY_VERIFIER, GObject)

PaddockLibraryVerifier *paddock_library_verifier_new       (PaddockLibrary *library);
/* Whether there is something to do; also those whose hash was computed before a time (seconds since 1970; 0: only those
   that have none). */
gboolean                paddock_library_verifier_is_due    (PaddockLibraryVerifier *self, gint64 since);
void                    paddock_library_verifier_start     (PaddockLibraryVerifier *self, gint64 since);
void                    paddock_library_verifier_stop      (PaddockLibraryVerifier *self);
/* What could not be read may be tried again. */
void                    paddock_library_verifier_retry     (PaddockLibraryVerifier *self);
/* Of the run that goes on, or of the last one: how far it is, in bytes. */
void                    paddock_library_verifier_get_bytes (PaddockLibraryVerifier *self, guint64 *done, guint64 *total);
guint                   paddock_library_verifier_get_n_done  (PaddockLibraryVerifier *self);
guint                   paddock_library_verifier_get_n_total (PaddockLibraryVerifier *self);

G_END_DECLS
