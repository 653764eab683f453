/* SPDX-License-Identifier: GPL-3.0-or-later */

/* WORK ROOT: does something with the models below a folder, as a program does that may be killed. */
#include <stdio.h>

#include "cleanup-plan.h"
#include "duplicate-merge.h"
#include "import-plan.h"
#include "index-builder.h"
#include "library-error.h"
#include "library.h"
#include "sharing-plan.h"

static void
free_root (gpointer root)
{
  paddock_scan_root_free (root);
}

#define EDITS 6

/* The folders "own", "folder" and ".lmstudio/models" of the tree. */
static PaddockLibraryIndex *
look (const char *root, GError **error)
{
  static const struct
  {
    const char *store, *folder;
  } places[] = { { "own", "own" }, { "folder", "folder" }, { "ollama", ".ollama/models" } };
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (free_root);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (PaddockScan) scan = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (root, places[i].folder, NULL);

      g_ptr_array_add (roots, paddock_scan_root_new (paddock_model_store_find (places[i].store), path));
    }
  scan = paddock_library_scan (roots, none, NULL, NULL, NULL, error);
  if (scan == NULL)
    return NULL;
  return paddock_index_build (&(PaddockIndexInput){ .files = scan->files, .roots = scan->roots, .records = none, .now = 1 },
                              NULL, NULL);
}

static gboolean
bring_in (const char *root, PaddockImportMode mode, const char *folder, GError **error)
{
  g_autofree char *from = g_build_filename (root, "from", NULL);
  const char *paths[] = { from, NULL };
  g_autoptr (PaddockImportPlan) plan = paddock_import_plan_new (paths, mode, folder, NULL, NULL, error);

  return plan != NULL && paddock_import_plan_run (plan, NULL, error);
}

static gboolean
clean_up (const char *root, GError **error)
{
  g_autoptr (PaddockLibraryIndex) index = look (root, error);
  const PaddockCleanupRules rules = { .unused_days = 1, .now = 1800000000 };
  g_autoptr (PaddockCleanupPlan) plan = index != NULL ? paddock_cleanup_plan_new (index, &rules, NULL, error) : NULL;

  return plan != NULL && paddock_removal_plan_run (plan->removal, NULL, error);
}

static gboolean
merge (const char *root, GError **error)
{
  g_autoptr (PaddockLibraryIndex) index = look (root, error);
  g_autoptr (PaddockLibraryStorage) storage = index != NULL ? paddock_library_storage_new (index) : NULL;
  guint64 saved;

  return storage != NULL && paddock_duplicate_merge_run (storage, NULL, &saved, NULL, error);
}

static gboolean
share (const char *root, GError **error)
{
  const char *environment[] = { NULL };
  g_autoptr (PaddockStorePlaces) places = paddock_store_places_new_in (root, (char **) environment);
  g_autoptr (PaddockLibraryIndex) index = look (root, error);
  g_autofree char *path = g_build_filename (root, "own", "single.gguf", NULL);
  const PaddockLibraryEntry *entry = index != NULL ? g_hash_table_lookup (index->by_path, path) : NULL;
  g_autoptr (PaddockSharingPlan) plan = NULL;

  if (entry == NULL)
    return FALSE;
  plan = paddock_sharing_plan_new (index, entry->id, "ollama", places, NULL, error);
  /* The second time it may be there already. */
  if (plan == NULL && g_error_matches (*error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS))
    {
      g_clear_error (error);
      return TRUE;
    }
  return plan != NULL && paddock_sharing_plan_run (plan, error);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Looks at everything, and writes down what it met. */
static PaddockLibrary *
open_library (const char *root, GError **error)
{
  const char *environment[] = { NULL };
  g_autoptr (PaddockStorePlaces) places = paddock_store_places_new_in (root, (char **) environment);
  g_autoptr (PaddockLibrary) library = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  g_set_str (&places->system, root);
  library = paddock_library_new (places);
  paddock_library_start_async (library, FALSE, NULL, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return paddock_library_start_finish (library, result, error) ? g_steal_pointer (&library) : NULL;
}

static gboolean
set_notes (PaddockModelRecord *record, gpointer user_data)
{
  return g_set_str (&record->notes, user_data);
}

/* Each time it says so when it is done: from then on it must not get lost. */
static gboolean
note (const char *root, GError **error)
{
  g_autoptr (PaddockLibrary) library = open_library (root, error);
  const PaddockLibraryEntry *entry;

  if (library == NULL || paddock_library_get_index (library)->entries->len == 0)
    return FALSE;
  entry = g_ptr_array_index (paddock_library_get_index (library)->entries, 0);
  for (guint i = 1; i <= EDITS; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      g_autoptr (PaddockModelRecord) record =
        paddock_record_store_change (paddock_library_get_records (library), entry->id, TRUE, set_notes, text, error);

      if (record == NULL)
        return FALSE;
      printf ("%s %u\n", entry->id, i);
      fflush (stdout);
    }
  return TRUE;
}

static gboolean
scan (const char *root, GError **error)
{
  g_autoptr (PaddockLibrary) library = open_library (root, error);

  return library != NULL;
}

static gboolean
work (const char *what, const char *root, const char *folder, GError **error)
{
  if (g_str_equal (what, "copy"))
    return bring_in (root, PADDOCK_IMPORT_COPY, folder, error);
  if (g_str_equal (what, "move"))
    return bring_in (root, PADDOCK_IMPORT_MOVE, folder, error);
  if (g_str_equal (what, "clean"))
    return clean_up (root, error);
  if (g_str_equal (what, "scan"))
    return scan (root, error);
  if (g_str_equal (what, "note"))
    return note (root, error);
  return g_str_equal (what, "merge") ? merge (root, error) : share (root, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc != 4)
    return 2;
  if (work (argv[1], argv[2], argv[3], &error))
    return 0;
  fprintf (stderr, "%s\n", error != NULL ? error->message : "nothing to do");
  return 1;
}
