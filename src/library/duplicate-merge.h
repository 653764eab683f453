/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "library-storage.h"

G_BEGIN_DECLS

/* Makes files share their bytes, after comparing all of them: those of some duplicates (their replaced paths, NULL: all)
   that are not to remain. Done one by one: what fails stays as it is. The first failure is the error. */
gboolean paddock_duplicate_merge_run    (PaddockLibraryStorage *storage, const char * const *replaced, guint64 *saved,
                                         PaddockWorker *worker, GError **error);
void     paddock_duplicate_merge_async  (PaddockLibraryStorage *storage, const char * const *replaced,
                                         PaddockProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
gboolean paddock_duplicate_merge_finish (GAsyncResult *result, guint64 *saved, GError **error);

G_END_DECLS
