/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "removal-plan.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "await.h"
#include "base/file-digest.h"
#include "library-case.h"
#include "library-error.h"

typedef struct
{
  TestDirectory *directory;
  char *root;
  PaddockLibraryIndex *index;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_mkdir_with_parents (g_get_home_dir (), 0700), ==, 0);
  fixture->directory = test_directory_new ();
  fixture->root = test_directory_make_folder (fixture->directory, "models");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->index, paddock_library_index_unref);
  g_free (fixture->root);
  test_directory_free (fixture->directory);
}

static char *
add_model (Fixture *fixture, const char *name, const char *title)
{
  g_autofree char *recipe = test_library_make_recipe (title);

  return test_directory_write_recipe (fixture->directory, name, recipe);
}

static void
look (Fixture *fixture, const char *store)
{
  g_autofree char *place = g_strconcat (store, ":", fixture->root, NULL);

  g_clear_pointer (&fixture->index, paddock_library_index_unref);
  fixture->index = test_library_look (NULL, place, NULL);
}

static PaddockRemovalPlan *
plan (Fixture *fixture, const char *path, gboolean foreign)
{
  const char *ids[] = { test_library_find (fixture->index, path)->id, NULL };
  g_autoptr (GError) error = NULL;
  PaddockRemovalPlan *self = paddock_removal_plan_new (fixture->index, ids, foreign, &error);

  g_assert_no_error (error);
  return self;
}

static PaddockRemovalItem *
get_item (PaddockRemovalPlan *self, guint position)
{
  g_assert_cmpuint (position, <, self->items->len);
  return g_ptr_array_index (self->items, position);
}

/* All but the one goes untouched, and undoing leaves no trace. */
static void
test_trash (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "models/one.gguf", "One");
  g_autofree char *two = add_model (fixture, "models/two.gguf", "Two");
  g_autofree char *before = test_library_hash_tree (fixture->root);
  g_autofree char *without = NULL;
  g_autofree char *removed = NULL;
  g_autofree char *after = NULL;
  g_autofree char *trashed = NULL;
  g_autoptr (PaddockRemovalPlan) self = NULL;
  g_autoptr (GError) error = NULL;

  look (fixture, "own");
  self = plan (fixture, one, FALSE);
  g_assert_cmpuint (self->items->len, ==, 1);
  g_assert_cmpuint (self->ids->len, ==, 1);
  g_assert_cmpint (get_item (self, 0)->way, ==, PADDOCK_REMOVAL_TRASH);
  g_assert_cmpuint (self->freed, ==, get_item (self, 0)->identity.size);
  g_assert_null (get_item (self, 0)->trashed);
  paddock_removal_plan_run (self, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (one, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (two, G_FILE_TEST_EXISTS));
  trashed = g_filename_from_uri (get_item (self, 0)->trashed, NULL, NULL);
  g_assert_true (g_file_test (trashed, G_FILE_TEST_IS_REGULAR));
  removed = test_library_hash_tree (fixture->root);
  g_assert_cmpstr (before, !=, removed);
  g_assert_true (paddock_removal_plan_undo (self, &error));
  g_assert_no_error (error);
  after = test_library_hash_tree (fixture->root);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (g_file_test (trashed, G_FILE_TEST_EXISTS));
  g_assert_null (get_item (self, 0)->trashed);
}

static gboolean
write_record (PaddockModelRecord *record, gpointer entry)
{
  const PaddockModelRecord *found = ((const PaddockLibraryEntry *) entry)->record;

  for (guint i = 0; i < found->locations->len; i++)
    g_ptr_array_add (record->locations, paddock_recorded_location_copy (g_ptr_array_index (found->locations, i)));
  g_set_str (&record->notes, "mine");
  return TRUE;
}

/* Of two places one goes: the other, and what somebody said, are still known. */
static void
test_forget (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "models/one.gguf", "One");
  g_autofree char *two = add_model (fixture, "models/two.gguf", "One");
  g_autofree char *folder = test_directory_build_path (fixture->directory, "records");
  g_autoptr (PaddockRecordStore) records = paddock_record_store_new (folder, NULL);
  g_autoptr (PaddockRemovalPlan) self = NULL;
  g_autoptr (PaddockModelRecord) written = NULL, unchanged = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  const char *paths[] = { two, NULL };
  PaddockLibraryEntry *entry;

  look (fixture, "own");
  entry = test_library_find (fixture->index, one);
  g_assert_cmpuint (entry->record->locations->len, ==, 2);
  written = paddock_record_store_change (records, entry->id, FALSE, write_record, entry, &error);
  self = paddock_removal_plan_new_for_files (fixture->index, paths, FALSE, &error);
  g_assert_true (paddock_removal_plan_forget (self, fixture->index, records, &error));
  unchanged = paddock_record_store_read (records, entry->id, &error);
  g_assert_true (paddock_model_record_equal (unchanged, written));
  g_assert_true (paddock_removal_plan_run (self, NULL, &error));
  g_assert_true (paddock_removal_plan_forget (self, fixture->index, records, &error));
  after = paddock_record_store_read (records, entry->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->locations->len, ==, 1);
  g_assert_cmpstr (((PaddockRecordedLocation *) g_ptr_array_index (after->locations, 0))->path, ==, one);
  g_assert_cmpstr (after->notes, ==, "mine");
  g_assert_true (paddock_removal_plan_undo (self, &error));
}

/* Two of one name in the Trash: each comes back as itself. */
static void
test_same_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = test_directory_make_folder (fixture->directory, "models/a");
  g_autofree char *b = test_directory_make_folder (fixture->directory, "models/b");
  g_autofree char *one = add_model (fixture, "models/a/same.gguf", "One");
  g_autofree char *two = add_model (fixture, "models/b/same.gguf", "Two");
  /* A folder that is made again has the usual permissions. */
  g_autofree char *before = chmod (a, 0755) == 0 ? test_library_hash_tree (fixture->root) : NULL;
  g_autofree char *after = NULL;
  g_autoptr (PaddockRemovalPlan) first = NULL;
  g_autoptr (PaddockRemovalPlan) second = NULL;
  g_autoptr (GError) error = NULL;

  look (fixture, "folder");
  first = plan (fixture, one, FALSE);
  second = plan (fixture, two, FALSE);
  g_assert_true (paddock_removal_plan_run (first, NULL, &error));
  g_assert_true (paddock_removal_plan_run (second, NULL, &error));
  g_assert_cmpint (rmdir (a), ==, 0);
  g_assert_true (paddock_removal_plan_undo (first, &error));
  g_assert_true (paddock_removal_plan_undo (second, &error));
  g_assert_no_error (error);
  after = test_library_hash_tree (fixture->root);
  g_assert_cmpstr (before, ==, after);
}

static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = add_model (fixture, "elsewhere.gguf", "One");
  g_autofree char *link = g_build_filename (fixture->root, "link.gguf", NULL);
  g_autofree char *content = NULL;
  g_autoptr (PaddockRemovalPlan) self = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink ("../elsewhere.gguf", link), ==, 0);
  look (fixture, "folder");
  self = plan (fixture, link, FALSE);
  g_assert_cmpint (get_item (self, 0)->way, ==, PADDOCK_REMOVAL_UNLINK);
  g_assert_cmpuint (self->freed, ==, 0);
  g_assert_true (paddock_removal_plan_run (self, NULL, &error));
  g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (target, G_FILE_TEST_IS_REGULAR));
  g_assert_true (paddock_removal_plan_undo (self, &error));
  content = g_file_read_link (link, NULL);
  g_assert_cmpstr (content, ==, "../elsewhere.gguf");
}

/* What lies behind a link to a folder is not below the root, whatever its path says. */
static void
test_linked_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *away = test_directory_make_folder (fixture->directory, "away");
  g_autofree char *target = add_model (fixture, "away/one.gguf", "One");
  g_autofree char *link = g_build_filename (fixture->root, "link", NULL);
  g_autofree char *path = g_build_filename (link, "one.gguf", NULL);
  g_autoptr (PaddockRemovalPlan) self = NULL;

  g_assert_cmpint (symlink (away, link), ==, 0);
  look (fixture, "folder");
  self = plan (fixture, path, FALSE);
  g_assert_cmpuint (self->items->len, ==, 0);
  g_assert_cmpuint (self->kept->len, ==, 1);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "models/one.gguf", "One");
  g_autofree char *again = test_directory_build_path (fixture->directory, "again.gguf");
  g_autofree char *inside = g_build_filename (fixture->root, "two.gguf", NULL);
  g_autoptr (PaddockRemovalPlan) some = NULL;
  g_autoptr (PaddockRemovalPlan) all = NULL;

  g_assert_cmpint (link (one, again), ==, 0);
  look (fixture, "folder");
  some = plan (fixture, one, FALSE);
  g_assert_cmpuint (some->freed, ==, 0);
  g_assert_cmpint (rename (again, inside), ==, 0);
  look (fixture, "folder");
  all = plan (fixture, one, FALSE);
  g_assert_cmpuint (all->items->len, ==, 2);
  g_assert_cmpuint (all->freed, ==, get_item (all, 0)->identity.size);
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "models/one.gguf", "One");
  g_autoptr (PaddockRemovalPlan) kept = NULL;
  g_autoptr (PaddockRemovalPlan) asked = NULL;
  const char *paths[] = { one, NULL };
  g_autoptr (PaddockRemovalPlan) by_path = NULL;

  look (fixture, "gpt4all");
  kept = plan (fixture, one, FALSE);
  g_assert_cmpuint (kept->items->len, ==, 0);
  g_assert_cmpstr (g_ptr_array_index (kept->kept, 0), ==, one);
  asked = plan (fixture, one, TRUE);
  g_assert_cmpuint (asked->items->len, ==, 1);
  g_assert_cmpstr (get_item (asked, 0)->store, ==, "gpt4all");
  by_path = paddock_removal_plan_new_for_files (fixture->index, paths, FALSE, NULL);
  g_assert_cmpuint (by_path->items->len, ==, 0);
}

static void
test_partial (Fixture *fixture, gconstpointer data)
{
  g_autofree char *partial = test_directory_write (fixture->directory, "models/one.gguf.part", "the beginning");
  const char *paths[] = { partial, NULL }, *unknown[] = { "/nowhere/at/all", NULL };
  g_autoptr (PaddockRemovalPlan) self = NULL;
  g_autoptr (GError) error = NULL;

  look (fixture, "folder");
  self = paddock_removal_plan_new_for_files (fixture->index, paths, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->freed, ==, strlen ("the beginning"));
  g_assert_null (paddock_removal_plan_new_for_files (fixture->index, unknown, FALSE, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND);
}

/* Written to, replaced or gone since it was planned: nothing is taken, and the rest is done all the same. */
static void
test_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "models/one.gguf", "One");
  g_autofree char *two = add_model (fixture, "models/two.gguf", "Two");
  const char *ids[] = { NULL, NULL, NULL };
  g_autoptr (PaddockRemovalPlan) self = NULL;
  g_autoptr (GError) error = NULL;

  look (fixture, "own");
  ids[0] = test_library_find (fixture->index, one)->id;
  ids[1] = test_library_find (fixture->index, two)->id;
  self = paddock_removal_plan_new (fixture->index, ids, FALSE, &error);
  g_assert_true (g_file_set_contents (one, "somebody wrote to it", -1, NULL));
  g_assert_false (paddock_removal_plan_run (self, NULL, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED);
  g_clear_error (&error);
  g_assert_true (g_file_test (one, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (two, G_FILE_TEST_EXISTS));
  /* The name was taken since: what is there stays, and the other one in the Trash. */
  g_assert_true (g_file_set_contents (two, "another", -1, NULL));
  g_assert_false (paddock_removal_plan_undo (self, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_cmpint (unlink (two), ==, 0);
  g_assert_true (paddock_removal_plan_undo (self, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (two, G_FILE_TEST_EXISTS));
  /* The index knows the old one. */
  g_assert_null (paddock_removal_plan_new (fixture->index, ids, FALSE, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED);
}

static char *
add_blob (Fixture *fixture, const char *title)
{
  g_autofree char *path = add_model (fixture, "models/new", title);
  g_autofree char *digest = paddock_file_digest_sha256 (path, NULL, NULL, NULL);
  g_autofree char *blob = g_strdup_printf ("%s/blobs/sha256-%s", fixture->root, digest);

  g_assert_cmpint (rename (path, blob), ==, 0);
  return g_steal_pointer (&blob);
}

static char *
add_manifest (Fixture *fixture, const char *name, const char *model, const char *license)
{
  g_autofree char *text = g_strdup_printf (
    "{\"schemaVersion\":2,\"layers\":[{\"mediaType\":\"application/vnd.ollama.image.model\",\"digest\":\"sha256:%s\"},"
    "{\"mediaType\":\"application/vnd.ollama.image.license\",\"digest\":\"sha256:%s\"}]}",
    strstr (model, "sha256-") + 7, strstr (license, "sha256-") + 7);
  g_autofree char *path = g_build_filename ("models/manifests/registry.ollama.ai/library/llama", name, NULL);

  return test_directory_write (fixture->directory, path, text);
}

static gboolean
has_item (PaddockRemovalPlan *self, const char *path)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (get_item (self, i)->path, path))
      return TRUE;
  return FALSE;
}

/* A model goes with all of its names, and what another one needs stays. */
static void
test_ollama (Fixture *fixture, gconstpointer data)
{
  g_autofree char *blobs = test_directory_make_folder (fixture->directory, "models/blobs");
  g_autofree char *names = g_build_filename (fixture->root, "manifests/registry.ollama.ai/library/llama", NULL);
  g_autofree char *one = add_blob (fixture, "One");
  g_autofree char *two = add_blob (fixture, "Two");
  g_autofree char *common = add_blob (fixture, "License");
  g_autofree char *own = add_blob (fixture, "Own license");
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *second = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *broken = NULL;
  g_autoptr (PaddockRemovalPlan) self = NULL;
  g_autoptr (PaddockRemovalPlan) careful = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (names, 0755), ==, 0);
  first = add_manifest (fixture, "first", one, common);
  again = add_manifest (fixture, "again", one, own);
  second = add_manifest (fixture, "second", two, common);
  before = test_library_hash_tree (fixture->root);
  look (fixture, "ollama");
  self = plan (fixture, one, FALSE);
  g_assert_cmpuint (self->items->len, ==, 0);
  g_clear_pointer (&self, paddock_removal_plan_unref);
  self = plan (fixture, one, TRUE);
  g_assert_cmpuint (self->items->len, ==, 4);
  g_assert_true (has_item (self, first) && has_item (self, again) && has_item (self, one) && has_item (self, own));
  g_assert_cmpuint (self->kept->len, ==, 0);
  /* The names go before what they lead to. */
  g_assert_true (g_str_has_prefix (get_item (self, 0)->path, names) && g_str_has_prefix (get_item (self, 1)->path, names));
  g_assert_true (paddock_removal_plan_run (self, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS) && g_file_test (two, G_FILE_TEST_EXISTS) &&
                 g_file_test (common, G_FILE_TEST_EXISTS));
  g_assert_true (paddock_removal_plan_undo (self, &error));
  after = test_library_hash_tree (fixture->root);
  g_assert_cmpstr (before, ==, after);
  /* A name that nobody understands may need any of them. */
  broken = test_directory_write (fixture->directory, "models/manifests/registry.ollama.ai/library/llama/broken", "{");
  careful = plan (fixture, one, TRUE);
  g_assert_cmpuint (careful->items->len, ==, 2);
  g_assert_false (has_item (careful, one));
  g_assert_cmpuint (careful->kept->len, ==, 1);
}

/* Of two snapshots that lead to one blob the first goes alone, both take it along. */
static void
test_snapshots (Fixture *fixture, gconstpointer data)
{
  g_autofree char *blobs = test_directory_make_folder (fixture->directory, "models/models--o--n/blobs");
  g_autofree char *made = add_model (fixture, "models/models--o--n/blobs/made", "One");
  g_autofree char *digest = paddock_file_digest_sha256 (made, NULL, NULL, NULL);
  g_autofree char *blob = g_build_filename (blobs, digest, NULL);
  g_autofree char *target = g_build_filename ("../../blobs", digest, NULL);
  char *links[] = { g_build_filename (fixture->root, "models--o--n/snapshots/a/m.gguf", NULL),
                               g_build_filename (fixture->root, "models--o--n/snapshots/b/m.gguf", NULL), NULL };
  const char *one[] = { links[0], NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (PaddockRemovalPlan) first = NULL;
  g_autoptr (PaddockRemovalPlan) both = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rename (made, blob), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *folder = g_path_get_dirname (links[i]);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
      g_assert_cmpint (symlink (target, links[i]), ==, 0);
    }
  before = test_library_hash_tree (fixture->root);
  look (fixture, "huggingface");
  first = paddock_removal_plan_new_for_files (fixture->index, one, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->items->len, ==, 1);
  g_assert_cmpuint (first->freed, ==, 0);
  both = plan (fixture, links[0], TRUE);
  g_assert_cmpuint (both->items->len, ==, 3);
  g_assert_true (has_item (both, blob));
  g_assert_cmpuint (both->freed, >, 0);
  g_assert_true (paddock_removal_plan_run (both, NULL, &error));
  g_assert_false (g_file_test (blob, G_FILE_TEST_EXISTS));
  g_assert_true (paddock_removal_plan_undo (both, &error));
  after = test_library_hash_tree (fixture->root);
  g_assert_cmpstr (before, ==, after);
  g_free (links[0]);
  g_free (links[1]);
}

static void
test_dangling (Fixture *fixture, gconstpointer data)
{
  g_autofree char *away = test_directory_make_folder (fixture->directory, "away");
  g_autofree char *one = add_model (fixture, "models/one.gguf", "One");
  g_autofree char *link = g_build_filename (away, "one.gguf", NULL);
  g_autofree char *place = g_strconcat ("own:", fixture->root, NULL);
  g_autofree char *other = g_strconcat ("lmstudio:", away, NULL);
  g_autoptr (PaddockRemovalPlan) self = NULL;

  g_assert_cmpint (symlink (one, link), ==, 0);
  fixture->index = test_library_look (NULL, place, other, NULL);
  self = plan (fixture, one, FALSE);
  g_assert_cmpuint (self->items->len, ==, 1);
  g_assert_cmpuint (self->dangling->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (self->dangling, 0), ==, link);
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "models/one.gguf", "One");
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (PaddockRemovalPlan) self = NULL;
  g_autoptr (GError) error = NULL;

  look (fixture, "own");
  self = plan (fixture, one, FALSE);
  paddock_removal_plan_run_async (self, NULL, NULL, NULL, test_await_callback, await);
  g_assert_true (paddock_removal_plan_run_finish (test_await_result (await), &error));
  g_assert_false (g_file_test (one, G_FILE_TEST_EXISTS));
  paddock_removal_plan_undo_async (self, test_await_callback, await);
  g_assert_true (paddock_removal_plan_undo_finish (test_await_result (await), &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (one, G_FILE_TEST_EXISTS));
}

#define ADD(name, test) g_test_add ("/removal-plan/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  /* The Trash is below the home: a home of the test's own, in the same file system. */
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("trash", test_trash);
  ADD ("forget", test_forget);
  ADD ("same-names", test_same_names);
  ADD ("link", test_link);
  ADD ("linked-folder", test_linked_folder);
  ADD ("names", test_names);
  ADD ("foreign", test_foreign);
  ADD ("partial", test_partial);
  ADD ("meanwhile", test_meanwhile);
  ADD ("ollama", test_ollama);
  ADD ("snapshots", test_snapshots);
  ADD ("dangling", test_dangling);
  ADD ("async", test_async);
  return g_test_run ();
}
