/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_LIBRARY_VERIFIER (paddock_library_verifier_get_type ())

/**
 * PaddockLibraryVerifier:
 *
 * Computes hashes of models one after the other, at idle priority for processor and disk, and writes them into their
 * records. What is done stays done over a restart; a file that did not change since is not read again. Properties: `n-done`,
 * `n-total` (uint), `running` (boolean). Signal `mismatch` (id): a hash is not what its source published.
 */
G_DECLARE_FINAL_TYPE (PaddockLibraryVerifier, paddock_library_verifier, PADDOCK, LIBRARY_VERIFIER, GObject)

PaddockLibraryVerifier *paddock_library_verifier_new   (PaddockLibrary *library);
/* Also those whose hash was computed before a time (seconds since 1970; 0: only those that have none). */
void                    paddock_library_verifier_start (PaddockLibraryVerifier *self, gint64 since);
void                    paddock_library_verifier_stop  (PaddockLibraryVerifier *self);

G_END_DECLS
