/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"

G_BEGIN_DECLS

char *paddock_file_digest_sha256        (const char           *path,
                                         PaddockWorker        *worker,
                                         GCancellable         *cancellable,
                                         GError              **error);
void  paddock_file_digest_sha256_async  (const char           *path,
                                         PaddockProgressFunc   progress,
                                         gpointer              progress_data,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
char *paddock_file_digest_sha256_finish (GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
