/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"

G_BEGIN_DECLS

/**
 * PaddockHashJob:
 *
 * What came of hashing one file: its SHA-256, and the one that somebody recorded for it before.
 */
typedef struct
{
  char *sha256;
  char *expected;                    /* NULL: nobody recorded one */
  char *expected_source;             /* the file that says so */
} PaddockHashJob;

void            paddock_hash_job_run_async  (const char           *path,
                                             PaddockProgressFunc   progress,
                                             gpointer              progress_data,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
PaddockHashJob *paddock_hash_job_run_finish (GAsyncResult         *result,
                                             GError              **error);
void            paddock_hash_job_free       (PaddockHashJob       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHashJob, paddock_hash_job_free)

G_END_DECLS
