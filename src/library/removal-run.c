/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "removal-plan.h"

#include <errno.h>
#include <gio/gio.h>
#include <unistd.h>

#include "file-place.h"
#include "library-error.h"
#include "trash-place.h"

#define UNKNOWN_PLACE "trash:///"

static gboolean
fail (const char *path, PaddockLibraryError code, const char *why, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, PADDOCK_LIBRARY_ERROR, code, "%s: %s", name, why);
  return FALSE;
}

static void
set_trash_error (const char *path, const GError *problem, GError **error)
{
  static const struct
  {
    int io, library;
  } codes[] = {
    { G_IO_ERROR_NOT_FOUND, PADDOCK_LIBRARY_ERROR_NOT_FOUND },
    { G_IO_ERROR_PERMISSION_DENIED, PADDOCK_LIBRARY_ERROR_PERMISSION },
    { G_IO_ERROR_READ_ONLY, PADDOCK_LIBRARY_ERROR_READ_ONLY },
    { G_IO_ERROR_NO_SPACE, PADDOCK_LIBRARY_ERROR_NO_SPACE },
  };
  int code = PADDOCK_LIBRARY_ERROR_FAILED;
  g_autofree char *name = g_filename_display_name (path);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (problem, G_IO_ERROR, codes[i].io))
      code = codes[i].library;
  g_set_error (error, PADDOCK_LIBRARY_ERROR, code, "cannot put %s in the Trash: %s", name, problem->message);
}

static gboolean
trash (PaddockRemovalItem *item, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (item->path);
  g_autoptr (GError) problem = NULL;
  g_autofree char *place = NULL;

  if (!g_file_trash (file, NULL, &problem))
    {
      set_trash_error (item->path, problem, error);
      return FALSE;
    }
  place = paddock_trash_place_find (item->path, &item->identity);
  item->trashed = place != NULL ? g_filename_to_uri (place, NULL, NULL) : NULL;
  if (item->trashed == NULL)
    item->trashed = g_strdup (UNKNOWN_PLACE);
  return TRUE;
}

static gboolean
remove_item (PaddockRemovalItem *item, GError **error)
{
  g_auto (PaddockFilePlace) place = PADDOCK_FILE_PLACE_INIT;

  if (!paddock_file_place_open (&place, item->path))
    return paddock_library_error_set_errno (error, errno, "cannot remove", item->path);
  if (!paddock_file_place_holds (&place, &item->identity))
    return fail (item->path, PADDOCK_LIBRARY_ERROR_CHANGED, "it is no longer the file that it was", error);
  if (item->way == PADDOCK_REMOVAL_TRASH)
    return trash (item, error);
  if (!paddock_file_place_unlink (&place))
    return paddock_library_error_set_errno (error, errno, "cannot remove", item->path);
  paddock_file_place_sync (&place);
  return TRUE;
}

/**
 * paddock_removal_plan_run:
 * @self: a plan
 * @worker: (nullable): the worker that does it
 * @error: return location for an error
 *
 * Returns: whether all of it was removed
 */
gboolean
paddock_removal_plan_run (PaddockRemovalPlan *self, PaddockWorker *worker, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < self->items->len; i++)
    {
      PaddockRemovalItem *item = g_ptr_array_index (self->items, i);
      g_autoptr (GError) problem = NULL;

      if (!paddock_worker_poll (worker, error))
        return FALSE;
      if (!item->removed)
        item->removed = remove_item (item, &problem);
      if (problem != NULL && first == NULL)
        first = g_steal_pointer (&problem);
      paddock_worker_report (worker, i + 1, self->items->len);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/* Where it was put, or where somebody took it within the Trash since. */
static gboolean
restore_file (PaddockRemovalItem *item, GError **error)
{
  g_autofree char *place = paddock_trash_place_find (item->path, &item->identity);

  if (place == NULL)
    return fail (item->path, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "it is not in the Trash any more", error);
  if (!paddock_trash_place_restore (place, item->path, &item->identity, error))
    return FALSE;
  g_clear_pointer (&item->trashed, g_free);
  return TRUE;
}

static gboolean
restore_link (PaddockRemovalItem *item, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (item->path);

  if (g_mkdir_with_parents (folder, 0755) != 0 || symlink (item->link_target, item->path) != 0)
    return paddock_library_error_set_errno (error, errno, "cannot put back", item->path);
  return TRUE;
}

/**
 * paddock_removal_plan_undo:
 * @self: a plan that was run
 * @error: return location for an error
 *
 * Puts back what was removed, the last first. What cannot be put back stays in the Trash, and may be tried again.
 *
 * Returns: whether everything is where it was
 */
gboolean
paddock_removal_plan_undo (PaddockRemovalPlan *self, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = self->items->len; i > 0; i--)
    {
      PaddockRemovalItem *item = g_ptr_array_index (self->items, i - 1);
      g_autoptr (GError) problem = NULL;

      if (!item->removed)
        continue;
      item->removed = item->way == PADDOCK_REMOVAL_UNLINK ? !restore_link (item, &problem) : !restore_file (item, &problem);
      if (problem != NULL && first == NULL)
        first = g_steal_pointer (&problem);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
forget_locations (PaddockModelRecord *record, gpointer removed)
{
  guint before = record->locations->len;

  for (guint i = before; i > 0; i--)
    if (g_hash_table_contains (removed, ((PaddockRecordedLocation *) g_ptr_array_index (record->locations, i - 1))->path))
      g_ptr_array_remove_index (record->locations, i - 1);
  return record->locations->len < before;
}

/**
 * paddock_removal_plan_forget:
 * @self: a plan that was run
 * @index: what it was made of
 * @records: where the records are
 * @error: return location for an error
 *
 * Returns: whether nothing that is gone is remembered to be where it was
 */
gboolean
paddock_removal_plan_forget (PaddockRemovalPlan *self, PaddockLibraryIndex *index, PaddockRecordStore *records,
                             GError **error)
{
  g_autoptr (GHashTable) removed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < self->items->len; i++)
    {
      const PaddockRemovalItem *item = g_ptr_array_index (self->items, i);
      const PaddockLibraryEntry *entry = g_hash_table_lookup (index->by_path, item->path);

      if (!item->removed)
        continue;
      g_hash_table_add (removed, item->path);
      if (entry != NULL)
        g_hash_table_add (ids, entry->id);
    }
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (PaddockModelRecord) record =
        paddock_record_store_change (records, id, FALSE, forget_locations, removed, error);

      if (record == NULL)
        return FALSE;
    }
  return TRUE;
}

static gpointer
run_in_worker (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  return paddock_removal_plan_run (snapshot, worker, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static gpointer
undo_in_worker (PaddockWorker *worker G_GNUC_UNUSED, gpointer snapshot, GError **error)
{
  return paddock_removal_plan_undo (snapshot, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

/**
 * paddock_removal_plan_run_async:
 * @self: a plan
 * @progress: (nullable): is told how many files are done
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it; what is done by then may be undone
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
paddock_removal_plan_run_async (PaddockRemovalPlan *self, PaddockProgressFunc progress, gpointer progress_data,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const PaddockWork work = {
    .name = "removal",
    .run = run_in_worker,
    .snapshot = paddock_removal_plan_ref (self),
    .snapshot_free = (GDestroyNotify) paddock_removal_plan_unref,
    .progress = progress,
    .progress_data = progress_data,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_removal_plan_run_finish:
 * @result: as it was given to the callback
 * @error: return location for an error
 *
 * Returns: as of paddock_removal_plan_run()
 */
gboolean
paddock_removal_plan_run_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error) != NULL;
}

/**
 * paddock_removal_plan_undo_async:
 * @self: a plan that was run
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
paddock_removal_plan_undo_async (PaddockRemovalPlan *self, GAsyncReadyCallback callback, gpointer user_data)
{
  const PaddockWork work = {
    .name = "removal-undo",
    .run = undo_in_worker,
    .snapshot = paddock_removal_plan_ref (self),
    .snapshot_free = (GDestroyNotify) paddock_removal_plan_unref,
  };

  paddock_worker_run_async (NULL, &work, NULL, callback, user_data);
}

/**
 * paddock_removal_plan_undo_finish:
 * @result: as it was given to the callback
 * @error: return location for an error
 *
 * Returns: as of paddock_removal_plan_undo()
 */
gboolean
paddock_removal_plan_undo_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error) != NULL;
}
