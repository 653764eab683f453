/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever is planned in whatever tree: no byte outside what the plan names ever changes, and none is lost. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cleanup-plan.h"
#include "duplicate-merge.h"
#include "import-plan.h"
#include "library-case.h"
#include "model-move.h"
#include "sharing-plan.h"

#define ROUNDS 40
#define DEEP 20
#define NOW 1800000000

typedef struct
{
  guint number;
  TestDirectory *directory;
  const char *root;
  PaddockLibraryIndex *index;
  GHashTable *before;                /* path -> what is there */
  GHashTable *leave, *come;          /* paths that the plan names */
} Round;

static const char *const folders[] = { "own", "own/deep", "folder", "folder/deep", "theirs", "from", "from/deep",
                                       ".lmstudio/models" };

static const char *
pick (const char *const *from, gsize n)
{
  return from[g_test_rand_int_range (0, (gint32) n)];
}

static gboolean
chance (guint of)
{
  return g_test_rand_int_range (0, (gint32) of) == 0;
}

static void
add_file (Round *self)
{
  static const char *const titles[] = { "One", "Two", "Three", "Four" };
  static const char *const names[] = { "a.gguf", "b.gguf", "c (2).gguf", "$(d).gguf", "s-00001-of-00002.gguf",
                                       "s-00002-of-00002.gguf", "e.gguf.part", "notes.txt" };
  /* What earlier rounds left in the Trash must not be taken for this one's. */
  g_autofree char *title = g_strdup_printf ("%s %u", pick (titles, G_N_ELEMENTS (titles)), self->number);
  g_autofree char *recipe = test_library_make_recipe (title);
  g_autofree char *path = g_build_filename (pick (folders, G_N_ELEMENTS (folders)), pick (names, G_N_ELEMENTS (names)), NULL);
  g_autofree char *full = g_build_filename (self->root, path, NULL);
  g_autofree char *other = g_build_filename (self->root, pick (folders, G_N_ELEMENTS (folders)), "linked.gguf", NULL);

  /* Never through a link that is there. */
  unlink (full);
  g_free (test_directory_write_recipe (self->directory, path, recipe));
  if (chance (4))
    g_assert_true (link (full, other) == 0 || errno == EEXIST);
  else if (chance (4))
    g_assert_true (symlink (full, other) == 0 || errno == EEXIST);
}

static char *
describe (const char *path, const struct stat *status)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  if (S_ISLNK (status->st_mode))
    {
      g_autofree char *target = g_file_read_link (path, NULL);

      return g_strconcat ("-> ", target, NULL);
    }
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, length);
}

static void
take_snapshot (const char *folder, GHashTable *snapshot, guint depth)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_cmpuint (depth, <, DEEP);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      char *path = g_build_filename (folder, name, NULL);
      struct stat status;

      g_assert_cmpint (lstat (path, &status), ==, 0);
      if (!S_ISDIR (status.st_mode))
        {
          char *description = describe (path, &status);

          g_hash_table_insert (snapshot, path, description);
          continue;
        }
      take_snapshot (path, snapshot, depth + 1);
      g_free (path);
    }
}

static GHashTable *
new_snapshot (const char *folder)
{
  GHashTable *snapshot = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  take_snapshot (folder, snapshot, 0);
  return snapshot;
}

static void
begin (Round *self)
{
  g_autofree char *own = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *theirs = NULL;

  self->directory = test_directory_new ();
  self->root = test_directory_get_path (self->directory);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (self->root, folders[i], NULL);

      g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
    }
  for (int i = g_test_rand_int_range (3, 16); i > 0; i--)
    add_file (self);
  own = g_strconcat ("own:", self->root, "/own", NULL);
  folder = g_strconcat ("folder:", self->root, "/folder", NULL);
  theirs = g_strconcat ("gpt4all:", self->root, "/theirs", NULL);
  self->index = test_library_look (NULL, own, folder, theirs, NULL);
  self->leave = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->come = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
end (Round *self)
{
  paddock_library_index_unref (self->index);
  g_hash_table_unref (self->leave);
  g_hash_table_unref (self->come);
  g_clear_pointer (&self->before, g_hash_table_unref);
  test_directory_free (self->directory);
}

/* Between a plan and its deed somebody may write to any file. */
static void
disturb (Round *self)
{
  g_autoptr (GHashTable) now = new_snapshot (self->root);
  g_autofree gpointer *paths = NULL;
  guint n;

  paths = g_hash_table_get_keys_as_array (now, &n);
  if (n > 0 && chance (3))
    {
      const char *path = paths[g_test_rand_int_range (0, (gint32) n)];

      unlink (path);
      g_assert_true (chance (2) || g_file_set_contents (path, "somebody else's", -1, NULL));
    }
  self->before = new_snapshot (self->root);
}

static void
name_all (GHashTable *set, GPtrArray *paths)
{
  for (guint i = 0; i < paths->len; i++)
    g_hash_table_add (set, g_strdup (g_ptr_array_index (paths, i)));
}

static void
run_import (Round *self, PaddockImportPlan *plan)
{
  g_assert_nonnull (plan);
  for (guint i = 0; i < plan->items->len; i++)
    {
      const PaddockImportItem *item = g_ptr_array_index (plan->items, i);

      if (item->problem != NULL || item->duplicate_of != NULL)
        continue;
      name_all (self->come, item->targets);
      if (plan->mode == PADDOCK_IMPORT_MOVE)
        name_all (self->leave, item->sources);
    }
  disturb (self);
  paddock_import_plan_run (plan, NULL, NULL);
}

static void
do_import (Round *self)
{
  g_autofree char *from = g_build_filename (self->root, "from", NULL);
  g_autofree char *to = g_build_filename (self->root, chance (2) ? "own" : "new/folder", NULL);
  const char *paths[] = { from, NULL };
  g_autoptr (PaddockImportPlan) plan =
    paddock_import_plan_new (paths, g_test_rand_int_range (0, 3), to, chance (2) ? self->index : NULL, NULL, NULL);

  run_import (self, plan);
}

static const char **
pick_ids (Round *self)
{
  const char **ids = g_new0 (const char *, self->index->entries->len + 1);
  guint n = 0;

  for (guint i = 0; i < self->index->entries->len; i++)
    if (chance (2))
      ids[n++] = ((PaddockLibraryEntry *) g_ptr_array_index (self->index->entries, i))->id;
  return ids;
}

static void
do_move (Round *self)
{
  g_autofree const char **ids = pick_ids (self);
  g_autofree char *to = g_build_filename (self->root, "drive", NULL);
  g_autoptr (PaddockImportPlan) plan = paddock_model_move_plan (self->index, ids, to, NULL, NULL);

  if (plan != NULL)
    run_import (self, plan);
  else
    disturb (self);
}

static void
run_removal (Round *self, PaddockRemovalPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    g_hash_table_add (self->leave, g_strdup (((PaddockRemovalItem *) g_ptr_array_index (plan->items, i))->path));
  disturb (self);
  paddock_removal_plan_run (plan, NULL, NULL);
  if (chance (2) && paddock_removal_plan_undo (plan, NULL))
    g_hash_table_remove_all (self->leave);
}

static void
do_removal (Round *self)
{
  g_autofree const char **ids = pick_ids (self);
  gboolean foreign = chance (3);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockRemovalPlan) plan = paddock_removal_plan_new (self->index, ids, foreign, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < plan->items->len; i++)
    g_assert_true (foreign || strstr (((PaddockRemovalItem *) g_ptr_array_index (plan->items, i))->path, "/theirs/") == NULL);
  run_removal (self, plan);
}

static void
do_cleanup (Round *self)
{
  const PaddockCleanupRules rules = { .keep = (guint) g_test_rand_int_range (0, 3),
                                      .limit = (guint) g_test_rand_int_range (0, 9000),
                                      .unused_days = (guint) g_test_rand_int_range (0, 2), .now = NOW + 86400 * 3 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockCleanupPlan) plan = paddock_cleanup_plan_new (self->index, &rules, NULL, &error);
  g_autofree char *own = g_build_filename (self->root, "own/", NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < plan->removal->items->len; i++)
    g_assert_true (g_str_has_prefix (((PaddockRemovalItem *) g_ptr_array_index (plan->removal->items, i))->path, own));
  run_removal (self, plan->removal);
}

static void
do_merge (Round *self)
{
  g_autoptr (PaddockLibraryStorage) storage = paddock_library_storage_new (self->index);
  guint64 saved;

  disturb (self);
  paddock_duplicate_merge_run (storage, NULL, &saved, NULL, NULL);
}

static void
do_sharing (Round *self)
{
  const char *environment[] = { NULL };
  g_autoptr (PaddockStorePlaces) places = paddock_store_places_new_in (self->root, (char **) environment);
  g_autofree const char **ids = pick_ids (self);
  g_autoptr (PaddockSharingPlan) plan = NULL;

  if (ids[0] != NULL)
    plan = paddock_sharing_plan_new (self->index, ids[0], "lmstudio", places, NULL, NULL);
  for (guint i = 0; plan != NULL && i < plan->steps->len; i++)
    g_hash_table_add (self->come, g_strdup (((PaddockSharingStep *) g_ptr_array_index (plan->steps, i))->path));
  disturb (self);
  if (plan != NULL && paddock_sharing_plan_run (plan, NULL) && chance (2) && paddock_sharing_plan_undo (plan, NULL))
    g_hash_table_remove_all (self->come);
}

static void
check (Round *self)
{
  g_autoptr (GHashTable) after = new_snapshot (self->root);
  g_autoptr (GHashTable) trash = new_snapshot (g_get_user_data_dir ());
  g_autoptr (GHashTable) bytes = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer path, what;

  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &path, &what))
    {
      g_hash_table_add (bytes, what);
      g_assert_true (g_hash_table_contains (self->before, path) || g_hash_table_contains (self->come, path));
    }
  g_hash_table_iter_init (&iter, trash);
  while (g_hash_table_iter_next (&iter, NULL, &what))
    g_hash_table_add (bytes, what);
  g_hash_table_iter_init (&iter, self->before);
  while (g_hash_table_iter_next (&iter, &path, &what))
    {
      const char *now = g_hash_table_lookup (after, path);

      if (now == NULL)
        g_assert_true (g_hash_table_contains (self->leave, path));
      else
        g_assert_cmpstr (now, ==, what);
      g_assert_true (g_str_has_prefix (what, "-> ") || g_hash_table_contains (bytes, what));
    }
}

static void
test_rounds (gconstpointer data)
{
  void (*work) (Round *self) = data;

  g_assert_cmpint (g_mkdir_with_parents (g_get_home_dir (), 0700), ==, 0);
  for (guint i = 0; i < ROUNDS; i++)
    {
      Round round = { .number = i };

      begin (&round);
      work (&round);
      check (&round);
      end (&round);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*work) (Round *self);
  } works[] = { { "import", do_import }, { "move", do_move }, { "removal", do_removal }, { "cleanup", do_cleanup },
                { "merge", do_merge }, { "sharing", do_sharing } };

  /* In memory: hundreds of plans wait for the disk otherwise. */
  if (g_getenv ("TMPDIR") == NULL && g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (works); i++)
    {
      g_autofree char *path = g_strconcat ("/library-plans/", works[i].name, NULL);

      g_test_add_data_func (path, works[i].work, test_rounds);
    }
  return g_test_run ();
}
