/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "removal-plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "file-place.h"
#include "library-error.h"
#include "store-removal.h"

typedef struct
{
  /* Borrowed */
  PaddockRemovalPlan *plan;
  GHashTable *shared;                /* root -> files (PaddockLibraryFile) that are kept as names of blobs */
  GHashTable *met;                   /* paths of the plan's items */

  gboolean foreign;
} Planning;

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
  PaddockRemovalPlan *self = g_atomic_rc_box_new0 (PaddockRemovalPlan);

  self->items = g_ptr_array_new_with_free_func (free_item);
  self->kept = g_ptr_array_new_with_free_func (g_free);
  self->dangling = g_ptr_array_new_with_free_func (g_free);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
clear_plan (gpointer data)
{
  PaddockRemovalPlan *self = data;

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->dangling);
  g_ptr_array_unref (self->ids);
}

/**
 * paddock_removal_plan_ref:
 * @self: a plan
 *
 * Returns: (transfer full): @self
 */
PaddockRemovalPlan *
paddock_removal_plan_ref (PaddockRemovalPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * paddock_removal_plan_unref:
 * @self: (transfer full): a plan
 */
void
paddock_removal_plan_unref (PaddockRemovalPlan *self)
{
  g_atomic_rc_box_release_full (self, clear_plan);
}

static gboolean
fail (const char *path, PaddockLibraryError code, const char *why, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, PADDOCK_LIBRARY_ERROR, code, "%s: %s", name, why);
  return FALSE;
}

static gboolean
belongs_to_another (const PaddockLibraryFile *file)
{
  const PaddockModelStore *store = paddock_model_store_find (file->store);

  return store == NULL || (store->flags & PADDOCK_STORE_FOREIGN) != 0;
}

/* What is not there any more needs no removing. expected: NULL, or what it has to be. */
static gboolean
add_path (Planning *self, const char *path, const char *store, const PaddockFileIdentity *expected, GError **error)
{
  PaddockRemovalItem *item;
  struct stat status;

  if (g_hash_table_contains (self->met, path))
    return TRUE;
  if (lstat (path, &status) != 0)
    return errno == ENOENT || errno == ENOTDIR || paddock_library_error_set_errno (error, errno, "cannot look at", path);
  if (!S_ISREG (status.st_mode) && !S_ISLNK (status.st_mode))
    return fail (path, PADDOCK_LIBRARY_ERROR_CHANGED, "it is no file any more", error);
  item = g_new0 (PaddockRemovalItem, 1);
  item->path = g_strdup (path);
  item->store = store;
  item->way = S_ISLNK (status.st_mode) ? PADDOCK_REMOVAL_UNLINK : PADDOCK_REMOVAL_TRASH;
  paddock_file_identity_set_stat (&item->identity, &status);
  g_ptr_array_add (self->plan->items, item);
  g_hash_table_add (self->met, item->path);
  if (item->way == PADDOCK_REMOVAL_UNLINK)
    {
      item->link_target = g_file_read_link (path, NULL);
      return item->link_target != NULL || fail (path, PADDOCK_LIBRARY_ERROR_CHANGED, "the link cannot be read", error);
    }
  return expected == NULL || paddock_file_identity_equal (&item->identity, expected) ||
         fail (path, PADDOCK_LIBRARY_ERROR_CHANGED, "it is no longer the file that it was", error);
}

static void
free_files (gpointer files)
{
  g_ptr_array_unref (files);
}

/* Those of one root are looked at together: what they share may go with the last of them. */
static void
defer (Planning *self, const PaddockLibraryFile *file)
{
  GPtrArray *files = g_hash_table_lookup (self->shared, file->root);

  if (files == NULL)
    {
      files = g_ptr_array_new ();
      g_hash_table_insert (self->shared, file->root, files);
    }
  g_ptr_array_add (files, (gpointer) file);
}

static gboolean
add_file (Planning *self, const PaddockLibraryFile *file, GError **error)
{
  if ((!self->foreign && belongs_to_another (file)) || paddock_file_place_is_below_link (file->root, file->path))
    {
      g_ptr_array_add (self->plan->kept, g_strdup (file->path));
      return TRUE;
    }
  if (paddock_store_removal_concerns (file))
    {
      defer (self, file);
      return TRUE;
    }
  return add_path (self, file->path, file->store, &file->identity, error);
}

static gboolean
add_deferred (Planning *self, GPtrArray *files, GError **error)
{
  g_autoptr (GPtrArray) paths = paddock_store_removal_collect (files);

  for (guint i = 0; i < files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (files, i);

      if (!g_ptr_array_find_with_equal_func (paths, file->path, g_str_equal, NULL))
        g_ptr_array_add (self->plan->kept, g_strdup (file->path));
    }
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      const PaddockFileIdentity *expected = NULL;

      for (guint j = 0; j < files->len; j++)
        {
          const PaddockLibraryFile *file = g_ptr_array_index (files, j);

          if (g_str_equal (file->path, path) || g_strcmp0 (file->target, path) == 0)
            expected = &file->identity;
        }
      if (!add_path (self, path, ((PaddockLibraryFile *) g_ptr_array_index (files, 0))->store, expected, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_shared (Planning *self, GError **error)
{
  GHashTableIter iter;
  gpointer files;

  g_hash_table_iter_init (&iter, self->shared);
  while (g_hash_table_iter_next (&iter, NULL, &files))
    if (!add_deferred (self, files, error))
      return FALSE;
  return TRUE;
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

/* Links of other places whose bytes go. */
static void
find_dangling (PaddockRemovalPlan *self, PaddockLibraryIndex *index)
{
  g_autoptr (GHashTable) going = g_hash_table_new_full (g_str_hash, g_str_equal, free, NULL);
  g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->items->len; i++)
    {
      const PaddockRemovalItem *item = g_ptr_array_index (self->items, i);
      char *real = item->way == PADDOCK_REMOVAL_TRASH ? realpath (item->path, NULL) : NULL;

      g_hash_table_add (paths, item->path);
      if (real != NULL)
        g_hash_table_add (going, real);
    }
  for (guint i = 0; g_hash_table_size (going) > 0 && i < index->files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (index->files, i);

      if (file->target != NULL && g_hash_table_contains (going, file->target) && !g_hash_table_contains (paths, file->path))
        g_ptr_array_add (self->dangling, g_strdup (file->path));
    }
}

static gboolean
add_entry (Planning *self, const PaddockLibraryEntry *entry, GError **error)
{
  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);

      for (guint j = 0; j < location->files->len; j++)
        if (!add_file (self, g_ptr_array_index (location->files, j), error))
          return FALSE;
    }
  g_ptr_array_add (self->plan->ids, g_strdup (entry->id));
  return TRUE;
}

static gboolean
finish (Planning *self, PaddockLibraryIndex *index, GError **error)
{
  if (!add_shared (self, error))
    return FALSE;
  count_freed (self->plan);
  find_dangling (self->plan, index);
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
  g_autoptr (PaddockRemovalPlan) plan = new_plan ();
  g_autoptr (GHashTable) shared = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_files);
  g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);
  Planning self = { plan, shared, met, foreign };

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const PaddockLibraryEntry *entry = paddock_library_index_find (index, ids[i]);

      if (entry == NULL)
        {
          fail (ids[i], PADDOCK_LIBRARY_ERROR_NOT_FOUND, "the library has no such model", error);
          return NULL;
        }
      if (!add_entry (&self, entry, error))
        return NULL;
    }
  return finish (&self, index, error) ? g_steal_pointer (&plan) : NULL;
}

static GHashTable *
collect_files (PaddockLibraryIndex *index)
{
  GHashTable *files = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < index->files->len; i++)
    {
      PaddockLibraryFile *file = g_ptr_array_index (index->files, i);

      g_hash_table_insert (files, file->path, file);
    }
  return files;
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
  g_autoptr (PaddockRemovalPlan) plan = new_plan ();
  g_autoptr (GHashTable) shared = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_files);
  g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) files = collect_files (index);
  Planning self = { plan, shared, met, foreign };

  for (guint i = 0; paths[i] != NULL; i++)
    {
      const PaddockLibraryFile *file = g_hash_table_lookup (files, paths[i]);

      if (file == NULL)
        {
          fail (paths[i], PADDOCK_LIBRARY_ERROR_NOT_FOUND, "the library has no such file", error);
          return NULL;
        }
      if (!add_file (&self, file, error))
        return NULL;
    }
  return finish (&self, index, error) ? g_steal_pointer (&plan) : NULL;
}
