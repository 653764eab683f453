/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "removal-plan.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "file-place.h"
#include "library-error.h"
#include "trash-place.h"

#define UNKNOWN_PLACE "trash:///"

static void
free_item (gpointer data)
{
  PaddockRemovalItem *item = data;

  g_free (item->path);
  g_free (item->link_target);
  g_free (item->trashed);
  g_free (item);
}

static PaddockRemovalPlan *
new_plan (void)
{
  PaddockRemovalPlan *self = g_new0 (PaddockRemovalPlan, 1);

  self->items = g_ptr_array_new_with_free_func (free_item);
  self->kept = g_ptr_array_new_with_free_func (g_free);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * paddock_removal_plan_free:
 * @self: (transfer full): a plan
 */
void
paddock_removal_plan_free (PaddockRemovalPlan *self)
{
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->ids);
  g_free (self);
}

static gboolean
fail (const char *path, PaddockLibraryError code, const char *why, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, PADDOCK_LIBRARY_ERROR, code, "%s: %s", name, why);
  return FALSE;
}

/* A file that is reached through a link to a folder belongs where the link leads: nothing there is ours to take. */
static gboolean
goes_through_link (const char *root, const char *path)
{
  gsize length = root != NULL && g_str_has_prefix (path, root) ? strlen (root) : 0;

  for (const char *end = strchr (path + length + 1, '/'); length > 0 && end != NULL; end = strchr (end + 1, '/'))
    {
      g_autofree char *folder = g_strndup (path, (gsize) (end - path));
      struct stat status;

      if (lstat (folder, &status) == 0 && S_ISLNK (status.st_mode))
        return TRUE;
    }
  return FALSE;
}

static gboolean
belongs_to_another (const PaddockLibraryFile *file)
{
  const PaddockModelStore *store = paddock_model_store_find (file->store);

  return store == NULL || (store->flags & PADDOCK_STORE_FOREIGN) != 0;
}

static PaddockRemovalItem *
make_item (const PaddockLibraryFile *file, const struct stat *status)
{
  PaddockRemovalItem *item = g_new0 (PaddockRemovalItem, 1);

  item->path = g_strdup (file->path);
  item->store = file->store;
  item->way = S_ISLNK (status->st_mode) ? PADDOCK_REMOVAL_UNLINK : PADDOCK_REMOVAL_TRASH;
  paddock_file_identity_set_stat (&item->identity, status);
  return item;
}

/* What is not there any more needs no removing. */
static gboolean
add_file (PaddockRemovalPlan *self, const PaddockLibraryFile *file, gboolean foreign, GError **error)
{
  PaddockRemovalItem *item;
  struct stat status;

  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (((PaddockRemovalItem *) g_ptr_array_index (self->items, i))->path, file->path))
      return TRUE;
  if ((!foreign && belongs_to_another (file)) || goes_through_link (file->root, file->path))
    {
      g_ptr_array_add (self->kept, g_strdup (file->path));
      return TRUE;
    }
  if (lstat (file->path, &status) != 0)
    return errno == ENOENT || errno == ENOTDIR ||
           paddock_library_error_set_errno (error, errno, "cannot look at", file->path);
  if (!S_ISREG (status.st_mode) && !S_ISLNK (status.st_mode))
    return fail (file->path, PADDOCK_LIBRARY_ERROR_CHANGED, "it is no file any more", error);
  item = make_item (file, &status);
  g_ptr_array_add (self->items, item);
  if (item->way == PADDOCK_REMOVAL_UNLINK)
    {
      item->link_target = g_file_read_link (file->path, NULL);
      return item->link_target != NULL || fail (file->path, PADDOCK_LIBRARY_ERROR_CHANGED, "the link cannot be read", error);
    }
  return paddock_file_identity_equal (&item->identity, &file->identity) ||
         fail (file->path, PADDOCK_LIBRARY_ERROR_CHANGED, "it is no longer the file that it was", error);
}

/* Of a file with several names the bytes go with the last one, if that is among them. */
static void
count_freed (PaddockRemovalPlan *self)
{
  g_autoptr (GHashTable) names = g_hash_table_new (paddock_file_identity_hash, paddock_file_identity_equal);

  for (guint i = 0; i < self->items->len; i++)
    {
      PaddockRemovalItem *item = g_ptr_array_index (self->items, i);
      guint met = GPOINTER_TO_UINT (g_hash_table_lookup (names, &item->identity)) + 1;
      struct stat status;

      if (item->way == PADDOCK_REMOVAL_UNLINK)
        continue;
      g_hash_table_insert (names, &item->identity, GUINT_TO_POINTER (met));
      if (lstat (item->path, &status) == 0 && met == status.st_nlink)
        item->freed = item->identity.size;
      self->freed += item->freed;
    }
}

static gboolean
add_entry (PaddockRemovalPlan *self, const PaddockLibraryEntry *entry, gboolean foreign, GError **error)
{
  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);

      for (guint j = 0; j < location->files->len; j++)
        if (!add_file (self, g_ptr_array_index (location->files, j), foreign, error))
          return FALSE;
    }
  g_ptr_array_add (self->ids, g_strdup (entry->id));
  return TRUE;
}

/**
 * paddock_removal_plan_new:
 * @index: the library
 * @ids: (array zero-terminated=1): of entries
 * @foreign: whether what other programs keep goes as well
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plan
 */
PaddockRemovalPlan *
paddock_removal_plan_new (PaddockLibraryIndex *index, const char *const *ids, gboolean foreign, GError **error)
{
  g_autoptr (PaddockRemovalPlan) self = new_plan ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const PaddockLibraryEntry *entry = paddock_library_index_find (index, ids[i]);

      if (entry == NULL)
        {
          fail (ids[i], PADDOCK_LIBRARY_ERROR_NOT_FOUND, "the library has no such model", error);
          return NULL;
        }
      if (!add_entry (self, entry, foreign, error))
        return NULL;
    }
  count_freed (self);
  return g_steal_pointer (&self);
}

static const PaddockLibraryFile *
find_file (PaddockLibraryIndex *index, const char *path)
{
  for (guint i = 0; i < index->files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (index->files, i);

      if (g_str_equal (file->path, path))
        return file;
    }
  return NULL;
}

/**
 * paddock_removal_plan_new_for_files:
 * @index: the library
 * @paths: (array zero-terminated=1) (element-type filename): files that it met
 * @foreign: whether what other programs keep goes as well
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plan
 */
PaddockRemovalPlan *
paddock_removal_plan_new_for_files (PaddockLibraryIndex *index, const char *const *paths, gboolean foreign, GError **error)
{
  g_autoptr (PaddockRemovalPlan) self = new_plan ();

  for (guint i = 0; paths[i] != NULL; i++)
    {
      const PaddockLibraryFile *file = find_file (index, paths[i]);

      if (file == NULL)
        {
          fail (paths[i], PADDOCK_LIBRARY_ERROR_NOT_FOUND, "the library has no such file", error);
          return NULL;
        }
      if (!add_file (self, file, foreign, error))
        return NULL;
    }
  count_freed (self);
  return g_steal_pointer (&self);
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
