/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-move.h"

#include "file-place.h"
#include "library-error.h"
#include "model-store.h"

static gboolean
may_move (const PaddockLibraryFile *file)
{
  const PaddockModelStore *store = paddock_model_store_find (file->store);

  return store != NULL && (store->flags & PADDOCK_STORE_FOREIGN) == 0 && file->target == NULL &&
         !paddock_file_place_is_below_link (file->root, file->path);
}

/* One copy of it, the best. */
static gboolean
add_entry (GPtrArray *paths, const PaddockLibraryEntry *entry)
{
  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);
      guint before = paths->len;

      for (guint j = 0; location->online && j < location->files->len; j++)
        if (may_move (g_ptr_array_index (location->files, j)))
          g_ptr_array_add (paths, ((PaddockLibraryFile *) g_ptr_array_index (location->files, j))->path);
      if (paths->len > before)
        return TRUE;
    }
  return FALSE;
}

/**
 * paddock_model_move_plan:
 * @index: a library
 * @ids: (array zero-terminated=1): of entries
 * @folder: (type filename): where they go
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plan
 */
PaddockImportPlan *
paddock_model_move_plan (PaddockLibraryIndex *index, const char *const *ids, const char *folder, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const PaddockLibraryEntry *entry = paddock_library_index_find (index, ids[i]);

      if (entry == NULL)
        {
          g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "the library has no model %s", ids[i]);
          return NULL;
        }
      if (entry->state == PADDOCK_ENTRY_OFFLINE)
        {
          g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "%s is offline", entry->title);
          return NULL;
        }
      if (!add_entry (paths, entry))
        {
          g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_FOREIGN, "%s belongs to another program",
                       entry->title);
          return NULL;
        }
    }
  g_ptr_array_add (paths, NULL);
  /* Without the library, in which they would be found as duplicates of themselves and of their other copies. */
  return paddock_import_plan_new ((const char *const *) paths->pdata, PADDOCK_IMPORT_MOVE, folder, NULL, cancellable, error);
}
