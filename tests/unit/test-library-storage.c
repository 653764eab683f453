/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-storage.h"

#include <string.h>
#include <unistd.h>
#include <utime.h>

#include "await.h"
#include "cleanup-plan.h"
#include "duplicate-merge.h"
#include "library-case.h"
#include "library-error.h"

#define NOW 1800000000
#define DAY 86400

typedef struct
{
  TestDirectory *directory;
  char *own, *folder, *foreign;
  PaddockLibraryIndex *index;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_mkdir_with_parents (g_get_home_dir (), 0700), ==, 0);
  fixture->directory = test_directory_new ();
  fixture->own = test_directory_make_folder (fixture->directory, "own");
  fixture->folder = test_directory_make_folder (fixture->directory, "folder");
  fixture->foreign = test_directory_make_folder (fixture->directory, "foreign");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->index, paddock_library_index_unref);
  g_free (fixture->own);
  g_free (fixture->folder);
  g_free (fixture->foreign);
  test_directory_free (fixture->directory);
}

static char *
add_model (Fixture *fixture, const char *name, const char *title)
{
  g_autofree char *recipe = test_library_make_recipe (title);

  return test_directory_write_recipe (fixture->directory, name, recipe);
}

static void
look (Fixture *fixture)
{
  g_autofree char *own = g_strconcat ("own:", fixture->own, NULL);
  g_autofree char *folder = g_strconcat ("folder:", fixture->folder, NULL);
  g_autofree char *foreign = g_strconcat ("gpt4all:", fixture->foreign, NULL);

  g_clear_pointer (&fixture->index, paddock_library_index_unref);
  fixture->index = test_library_look (NULL, own, folder, foreign, NULL);
}

static guint64
get_size (const char *path)
{
  struct stat status;

  g_assert_cmpint (lstat (path, &status), ==, 0);
  return (guint64) status.st_size;
}

static guint64
get_share (GPtrArray *shares, const char *id)
{
  for (guint i = 0; i < shares->len; i++)
    if (g_str_equal (((PaddockStorageShare *) g_ptr_array_index (shares, i))->id, id))
      return ((PaddockStorageShare *) g_ptr_array_index (shares, i))->bytes;
  return 0;
}

/* Each file is counted once, whatever it is called and wherever links lead to it. */
static void
test_totals (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "own/one.gguf", "One");
  g_autofree char *two = add_model (fixture, "foreign/two.gguf", "Two");
  g_autofree char *again = g_build_filename (fixture->folder, "again.gguf", NULL);
  g_autofree char *linked = g_build_filename (fixture->folder, "linked.gguf", NULL);
  g_autofree char *partial = test_directory_write (fixture->directory, "folder/three.gguf.part", "the beginning");
  g_autoptr (PaddockLibraryStorage) self = NULL;

  g_assert_cmpint (link (one, again), ==, 0);
  g_assert_cmpint (symlink (two, linked), ==, 0);
  look (fixture);
  self = paddock_library_storage_new (fixture->index);
  g_assert_cmpuint (self->total, ==, get_size (one) + get_size (two));
  g_assert_cmpuint (get_share (self->by_store, "own"), ==, get_size (one));
  g_assert_cmpuint (get_share (self->by_store, "own") + get_share (self->by_store, "folder") +
                      get_share (self->by_store, "gpt4all"), ==, self->total);
  g_assert_cmpuint (get_share (self->by_family, "llama"), ==, self->total);
  g_assert_cmpuint (self->duplicates->len, ==, 0);
  g_assert_cmpuint (self->leftovers->len, ==, 1);
  g_assert_cmpuint (self->leftover_bytes, <=, strlen ("the beginning"));
}

/* Neither used nor brought in for so long. */
static void
test_use (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name, *use;
    int days;
  } models[] = { { "a", "recent", 1 }, { "b", "year", 400 }, { "c", "quarter", 100 }, { "d", "month", 40 }, { "e", "year", 366 } };
  static const char *const order[] = { "year", "quarter", "month", "recent" };
  g_autoptr (PaddockLibraryStorage) self = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      g_autofree char *name = g_strdup_printf ("own/%s.gguf", models[i].name);
      g_autofree char *path = add_model (fixture, name, models[i].name);
      struct utimbuf times = { now - models[i].days * 86400, now - models[i].days * 86400 };

      g_assert_cmpint (utime (path, &times), ==, 0);
    }
  look (fixture);
  self = paddock_library_storage_new (fixture->index);
  g_assert_cmpuint (self->by_use->len, ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < self->by_use->len; i++)
    {
      const PaddockStorageShare *share = g_ptr_array_index (self->by_use, i);

      g_assert_cmpstr (share->id, ==, order[i]);
      g_assert_cmpuint (share->models, ==, i == 0 ? 2 : 1);
    }
}

/* What was written to a moment ago may be written to still. */
static void
test_under_way (Fixture *fixture, gconstpointer data)
{
  g_autofree char *partial = test_directory_write (fixture->directory, "folder/three.gguf.part", "the beginning");
  g_autoptr (PaddockLibraryStorage) self = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  PaddockLibraryFile *file;

  look (fixture);
  self = paddock_library_storage_new (fixture->index);
  g_assert_cmpuint (self->leftovers->len, ==, 1);
  file = g_ptr_array_index (self->leftovers, 0);
  g_assert_true (paddock_library_storage_is_under_way (file, now));
  g_assert_false (paddock_library_storage_is_under_way (file, now + 2 * 3600));
}

static void
test_duplicates (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "own/one.gguf", "One");
  g_autofree char *copy = add_model (fixture, "folder/copy.gguf", "One");
  g_autofree char *theirs = add_model (fixture, "foreign/theirs.gguf", "One");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (PaddockLibraryStorage) self = NULL;
  g_autoptr (PaddockLibraryStorage) then = NULL;
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;
  const PaddockDuplicate *duplicate;
  guint64 saved;

  look (fixture);
  paddock_library_storage_load_async (fixture->index, NULL, test_await_callback, await);
  self = paddock_library_storage_load_finish (test_await_result (await), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->duplicates->len, ==, 2);
  duplicate = g_ptr_array_index (self->duplicates, 0);
  g_assert_cmpstr (duplicate->kept, ==, one);
  g_assert_cmpstr (duplicate->replaced, ==, copy);
  g_assert_cmpint (duplicate->way, !=, PADDOCK_DUPLICATE_REMAINS);
  g_assert_cmpuint (duplicate->saves, ==, get_size (copy));
  g_assert_false (duplicate->proven);
  duplicate = g_ptr_array_index (self->duplicates, 1);
  g_assert_cmpstr (duplicate->replaced, ==, theirs);
  g_assert_cmpint (duplicate->way, ==, PADDOCK_DUPLICATE_REMAINS);
  g_assert_cmpuint (duplicate->saves, ==, 0);
  g_assert_cmpuint (self->duplicates_save, ==, get_size (copy));
  before = test_library_hash_tree (test_directory_get_path (fixture->directory));
  paddock_duplicate_merge_async (self, NULL, NULL, NULL, NULL, test_await_callback, await);
  g_assert_true (paddock_duplicate_merge_finish (test_await_result (await), &saved, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (saved, ==, get_size (copy));
  after = test_library_hash_tree (test_directory_get_path (fixture->directory));
  g_assert_cmpstr (before, ==, after);
}

/* Headers that are alike are no proof: the bytes are looked at before anything is done. */
static void
test_alike (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "own/one.gguf", "One");
  g_autofree char *copy = add_model (fixture, "folder/copy.gguf", "One");
  g_autofree char *bytes = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (PaddockLibraryStorage) self = NULL;
  g_autoptr (GError) error = NULL;
  guint64 saved;
  gsize length;

  g_assert_true (g_file_get_contents (copy, &bytes, &length, NULL));
  bytes[length - 1] ^= 1;
  g_assert_true (g_file_set_contents (copy, bytes, (gssize) length, NULL));
  look (fixture);
  self = paddock_library_storage_new (fixture->index);
  g_assert_cmpuint (self->duplicates->len, ==, 1);
  before = test_library_hash_tree (test_directory_get_path (fixture->directory));
  g_assert_false (paddock_duplicate_merge_run (self, NULL, &saved, NULL, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_DIFFERENT);
  g_assert_cmpuint (saved, ==, 0);
  after = test_library_hash_tree (test_directory_get_path (fixture->directory));
  g_assert_cmpstr (before, ==, after);
}

static void
say (Fixture *fixture, const char *path, gint64 last_used, gboolean pinned)
{
  PaddockModelRecord *record = test_library_find (fixture->index, path)->record;

  record->last_used = last_used;
  record->added_at = 1;
  record->pinned = pinned;
}

static PaddockCleanupPlan *
propose (Fixture *fixture, PaddockCleanupRules rules, const char *default_model)
{
  g_autoptr (GError) error = NULL;
  PaddockCleanupPlan *plan;

  rules.now = NOW;
  plan = paddock_cleanup_plan_new (fixture->index, &rules, default_model, &error);
  g_assert_no_error (error);
  return plan;
}

static void
assert_proposed (PaddockCleanupPlan *plan, guint position, const char *path, PaddockCleanupReason reason)
{
  const PaddockCleanupProposal *proposal;

  g_assert_cmpuint (position, <, plan->proposals->len);
  proposal = g_ptr_array_index (plan->proposals, position);
  g_assert_cmpstr (g_ptr_array_index (proposal->paths, 0), ==, path);
  g_assert_cmpint (proposal->reason, ==, reason);
}

static void
test_rules (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "own/one.gguf", "One");
  g_autofree char *two = add_model (fixture, "own/two.gguf", "Two");
  g_autofree char *three = add_model (fixture, "own/three.gguf", "Three");
  g_autofree char *other = add_model (fixture, "folder/other.gguf", "Other");
  g_autofree char *elsewhere = add_model (fixture, "folder/one.gguf", "One");
  g_autoptr (PaddockCleanupPlan) nothing = NULL;
  g_autoptr (PaddockCleanupPlan) unused = NULL;
  g_autoptr (PaddockCleanupPlan) keep = NULL;
  g_autoptr (PaddockCleanupPlan) limit = NULL;
  g_autoptr (PaddockCleanupPlan) pinned = NULL;
  g_autoptr (PaddockCleanupPlan) chosen = NULL;

  look (fixture);
  say (fixture, one, NOW - 100 * DAY, FALSE);
  say (fixture, two, NOW - 50 * DAY, FALSE);
  say (fixture, three, NOW - DAY, FALSE);
  say (fixture, other, 0, FALSE);
  nothing = propose (fixture, (PaddockCleanupRules){ 0 }, NULL);
  g_assert_cmpuint (nothing->proposals->len, ==, 0);
  g_assert_cmpuint (nothing->own_bytes, ==, get_size (one) + get_size (two) + get_size (three));
  unused = propose (fixture, (PaddockCleanupRules){ .unused_days = 60 }, NULL);
  g_assert_cmpuint (unused->proposals->len, ==, 1);
  assert_proposed (unused, 0, one, PADDOCK_CLEANUP_UNUSED);
  /* The copy in another folder is not the rules' business. */
  g_assert_cmpuint (unused->removal->items->len, ==, 1);
  keep = propose (fixture, (PaddockCleanupRules){ .keep = 1 }, NULL);
  g_assert_cmpuint (keep->proposals->len, ==, 2);
  assert_proposed (keep, 0, one, PADDOCK_CLEANUP_NOT_KEPT);
  assert_proposed (keep, 1, two, PADDOCK_CLEANUP_NOT_KEPT);
  limit = propose (fixture, (PaddockCleanupRules){ .limit = get_size (two) + get_size (three) }, NULL);
  g_assert_cmpuint (limit->proposals->len, ==, 1);
  assert_proposed (limit, 0, one, PADDOCK_CLEANUP_LIMIT);
  g_assert_cmpuint (limit->over_limit, ==, 0);
  chosen = propose (fixture, (PaddockCleanupRules){ .keep = 1 }, test_library_find (fixture->index, one)->id);
  g_assert_cmpuint (chosen->proposals->len, ==, 1);
  assert_proposed (chosen, 0, two, PADDOCK_CLEANUP_NOT_KEPT);
  say (fixture, one, NOW - 100 * DAY, TRUE);
  say (fixture, two, NOW - 50 * DAY, TRUE);
  say (fixture, three, NOW - DAY, TRUE);
  pinned = propose (fixture, (PaddockCleanupRules){ .limit = 1, .keep = 1, .unused_days = 1 }, NULL);
  g_assert_cmpuint (pinned->proposals->len, ==, 0);
  g_assert_cmpuint (pinned->over_limit, ==, pinned->own_bytes - 1);
}

/* A file with a name elsewhere would free nothing. */
static void
test_other_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "own/one.gguf", "One");
  g_autofree char *again = test_directory_build_path (fixture->directory, "again.gguf");
  g_autoptr (PaddockCleanupPlan) self = NULL;

  g_assert_cmpint (link (one, again), ==, 0);
  look (fixture);
  say (fixture, one, 1, FALSE);
  self = propose (fixture, (PaddockCleanupRules){ .unused_days = 1 }, NULL);
  g_assert_cmpuint (self->proposals->len, ==, 0);
}

#define ADD(name, test) g_test_add ("/library-storage/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("totals", test_totals);
  ADD ("use", test_use);
  ADD ("under-way", test_under_way);
  ADD ("duplicates", test_duplicates);
  ADD ("alike", test_alike);
  ADD ("rules", test_rules);
  ADD ("other-name", test_other_name);
  return g_test_run ();
}
