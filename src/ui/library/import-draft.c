/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/import-draft.h"

#include "library-error.h"

#include <stdlib.h>
#include <string.h>

/* On its way to a worker. */
typedef struct
{
  char **paths;
  char *folder;
  PaddockLibraryIndex *index;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_strfreev (question->paths);
  g_free (question->folder);
  paddock_library_index_unref (question->index);
  g_free (question);
}

static gboolean
is_at_or_below (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  return strncmp (path, folder, length) == 0 &&
         (path[length] == '\0' || path[length] == '/' || (length > 0 && folder[length - 1] == '/'));
}

static gboolean
is_below_root (PaddockLibraryIndex *index, const char *path)
{
  for (guint i = 0; i < index->roots->len; i++)
    {
      const PaddockScannedRoot *root = g_ptr_array_index (index->roots, i);

      if (root->state == PADDOCK_ROOT_LISTED && is_at_or_below (path, root->path))
        return TRUE;
    }
  return g_hash_table_contains (index->by_path, path);
}

/* By the name that was given, or by where links lead. */
static gboolean
is_known (PaddockLibraryIndex *index, const char *path)
{
  g_autofree char *canonical = g_canonicalize_filename (path, NULL);
  g_autofree char *real = realpath (path, NULL);

  return is_below_root (index, canonical) || (real != NULL && is_below_root (index, real));
}

static gboolean
are_all_known (PaddockLibraryIndex *index, const char *const *paths)
{
  for (gsize i = 0; paths[i] != NULL; i++)
    if (!is_known (index, paths[i]))
      return FALSE;
  return TRUE;
}

/* What the library shows already neither comes in again nor is looked into twice. */
static void
leave_out_known (PaddockImportPlan *plan, PaddockLibraryIndex *index)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      PaddockImportItem *item = g_ptr_array_index (plan->items, i);

      if (paddock_import_draft_is_wanted (item) && is_known (index, g_ptr_array_index (item->sources, 0)))
        g_set_error_literal (&item->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS,
                             "the library has it already");
    }
  for (guint i = plan->folders->len; i > 0; i--)
    if (is_known (index, g_ptr_array_index (plan->folders, i - 1)))
      g_ptr_array_remove_index (plan->folders, i - 1);
  paddock_import_plan_measure (plan);
}

/**
 * paddock_import_draft_new:
 * @paths: (array zero-terminated=1) (element-type filename): files and folders
 * @folder: (type filename): where they would go
 * @index: what the library has
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plans; %NULL when cancelled
 */
PaddockImportDraft *
paddock_import_draft_new (const char *const *paths, const char *folder, PaddockLibraryIndex *index,
                          GCancellable *cancellable, GError **error)
{
  g_autoptr (PaddockImportDraft) self = g_new0 (PaddockImportDraft, 1);

  self->index = paddock_library_index_ref (index);
  self->known = are_all_known (index, paths);
  if (self->known)
    return g_steal_pointer (&self);
  for (guint i = 0; i < G_N_ELEMENTS (self->plans); i++)
    {
      self->plans[i] = paddock_import_plan_new (paths, (PaddockImportMode) i, folder, index, cancellable, error);
      if (self->plans[i] == NULL)
        return NULL;
      leave_out_known (self->plans[i], index);
    }
  return g_steal_pointer (&self);
}

/**
 * paddock_import_draft_free:
 * @self: (transfer full): a draft
 */
void
paddock_import_draft_free (PaddockImportDraft *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->plans); i++)
    g_clear_pointer (&self->plans[i], paddock_import_plan_unref);
  paddock_library_index_unref (self->index);
  g_free (self);
}

static gpointer
run_question (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const Question *question = snapshot;

  return paddock_import_draft_new ((const char *const *) question->paths, question->folder, question->index,
                                   paddock_worker_get_cancellable (worker), error);
}

/**
 * paddock_import_draft_load_async:
 * @paths: (array zero-terminated=1) (element-type filename): files and folders
 * @folder: (type filename): where they would go
 * @index: what the library has
 * @cancellable: (nullable): to stop it
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
paddock_import_draft_load_async (const char *const *paths, const char *folder, PaddockLibraryIndex *index,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Question *question = g_new0 (Question, 1);
  const PaddockWork work = {
    .name = "import plans",
    .run = run_question,
    .snapshot = question,
    .snapshot_free = free_question,
    .result_free = (GDestroyNotify) paddock_import_draft_free,
  };

  question->paths = g_strdupv ((char **) paths);
  question->folder = g_strdup (folder);
  question->index = paddock_library_index_ref (index);
  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_import_draft_load_finish:
 * @result: as it was given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): as of paddock_import_draft_new()
 */
PaddockImportDraft *
paddock_import_draft_load_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}

gboolean
paddock_import_draft_is_wanted (const PaddockImportItem *item)
{
  return item->problem == NULL && item->duplicate_of == NULL;
}

/**
 * paddock_import_draft_count:
 * @plan: a plan
 * @size: (out) (optional): how large they are together
 *
 * Returns: how many models would come in
 */
guint
paddock_import_draft_count (const PaddockImportPlan *plan, guint64 *size)
{
  guint64 bytes = 0;
  guint count = 0;

  for (guint i = 0; i < plan->items->len; i++)
    {
      const PaddockImportItem *item = g_ptr_array_index (plan->items, i);

      if (paddock_import_draft_is_wanted (item))
        {
          bytes += item->size;
          count++;
        }
    }
  if (size != NULL)
    *size = bytes;
  return count;
}

gboolean
paddock_import_draft_is_possible (const PaddockImportPlan *plan)
{
  return paddock_import_draft_count (plan, NULL) > 0 && plan->bytes <= plan->free_bytes;
}
