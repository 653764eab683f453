/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "duplicate-merge.h"

#include "file-transfer.h"

typedef struct
{
  PaddockLibraryStorage *storage;
  char **replaced;
} Merge;

static void
free_merge (gpointer data)
{
  Merge *self = data;

  paddock_library_storage_unref (self->storage);
  g_strfreev (self->replaced);
  g_free (self);
}

static gboolean
is_chosen (const PaddockDuplicate *duplicate, const char *const *replaced)
{
  return duplicate->way != PADDOCK_DUPLICATE_REMAINS && (replaced == NULL || g_strv_contains (replaced, duplicate->replaced));
}

/**
 * paddock_duplicate_merge_run:
 * @storage: a storage
 * @replaced: (nullable) (array zero-terminated=1) (element-type filename): of which duplicates
 * @saved: (out): bytes that are free now
 * @worker: (nullable): the worker that does it
 * @error: return location for an error
 *
 * Returns: whether all of them share their bytes now
 */
gboolean
paddock_duplicate_merge_run (PaddockLibraryStorage *storage, const char *const *replaced, guint64 *saved,
                             PaddockWorker *worker, GError **error)
{
  g_autoptr (GError) first = NULL;

  *saved = 0;
  for (guint i = 0; i < storage->duplicates->len; i++)
    {
      const PaddockDuplicate *duplicate = g_ptr_array_index (storage->duplicates, i);
      g_autoptr (GError) problem = NULL;
      guint64 here = 0;

      if (!is_chosen (duplicate, replaced))
        continue;
      if (!paddock_worker_poll (worker, error))
        return FALSE;
      paddock_file_merge (duplicate->kept, duplicate->replaced, &here, worker, &problem);
      *saved += here;
      if (problem != NULL && first == NULL)
        first = g_steal_pointer (&problem);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gpointer
merge_in_worker (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const Merge *self = snapshot;
  guint64 saved;

  if (!paddock_duplicate_merge_run (self->storage, (const char *const *) self->replaced, &saved, worker, error))
    return NULL;
  return g_memdup2 (&saved, sizeof saved);
}

/**
 * paddock_duplicate_merge_async:
 * @storage: a storage
 * @replaced: (nullable) (array zero-terminated=1) (element-type filename): of which duplicates
 * @progress: (nullable): is told how much of the file at hand is compared
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
paddock_duplicate_merge_async (PaddockLibraryStorage *storage, const char *const *replaced, PaddockProgressFunc progress,
                               gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Merge *merge = g_new0 (Merge, 1);
  const PaddockWork work = {
    .name = "merge-duplicates",
    .run = merge_in_worker,
    .snapshot = merge,
    .snapshot_free = free_merge,
    .result_free = g_free,
    .progress = progress,
    .progress_data = progress_data,
  };

  merge->storage = paddock_library_storage_ref (storage);
  merge->replaced = g_strdupv ((char **) replaced);
  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_duplicate_merge_finish:
 * @result: as it was given to the callback
 * @saved: (out) (optional): bytes that are free now
 * @error: return location for an error
 *
 * Returns: as of paddock_duplicate_merge_run()
 */
gboolean
paddock_duplicate_merge_finish (GAsyncResult *result, guint64 *saved, GError **error)
{
  g_autofree guint64 *here = paddock_worker_run_finish (NULL, result, error);

  if (saved != NULL)
    *saved = here != NULL ? *here : 0;
  return here != NULL;
}
