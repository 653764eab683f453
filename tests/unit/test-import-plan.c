/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-plan.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "await.h"
#include "library-case.h"
#include "library-error.h"
#include "surroundings.h"

/* A folder of things to import, and one to import into. */
typedef struct
{
  TestDirectory *directory;
  char *from, *to;
  PaddockImportPlan *plan;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->from = test_directory_make_folder (fixture->directory, "from");
  fixture->to = test_directory_build_path (fixture->directory, "new/models");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->plan, paddock_import_plan_unref);
  g_free (fixture->from);
  g_free (fixture->to);
  test_directory_free (fixture->directory);
}

static char *
add_model (Fixture *fixture, const char *name, const char *title)
{
  g_autofree char *recipe = test_library_make_recipe (title);
  g_autofree char *path = g_build_filename ("from", name, NULL);

  return test_directory_write_recipe (fixture->directory, path, recipe);
}

static void
add_shards (Fixture *fixture, const char *prefix, guint count)
{
  for (guint i = 1; i <= count; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%05u-of-%05u.gguf", prefix, i, count);
      g_autofree char *title = g_strdup_printf ("%s %u", prefix, i);
      g_autofree char *path = add_model (fixture, name, title);
    }
}

static void
plan (Fixture *fixture, PaddockImportMode mode, PaddockLibraryIndex *index, const char *path)
{
  const char *paths[] = { path, NULL };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->plan, paddock_import_plan_unref);
  fixture->plan = paddock_import_plan_new (paths, mode, fixture->to, index, NULL, &error);
  g_assert_no_error (error);
}

static void
run (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (paddock_import_plan_run (fixture->plan, NULL, &error));
  g_assert_no_error (error);
}

static PaddockImportItem *
get_item (Fixture *fixture, guint position)
{
  g_assert_cmpuint (position, <, fixture->plan->items->len);
  return g_ptr_array_index (fixture->plan->items, position);
}

static gboolean
is_there (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "one.gguf", "One");
  g_autofree char *two = NULL;
  g_autofree char *deeper = test_directory_make_folder (fixture->directory, "from/deeper");
  g_autofree char *text = test_directory_write (fixture->directory, "from/readme.txt", "no model");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  two = add_model (fixture, "deeper/two.gguf", "Two");
  before = test_library_hash_tree (fixture->from);
  plan (fixture, PADDOCK_IMPORT_COPY, NULL, fixture->from);
  g_assert_cmpuint (fixture->plan->items->len, ==, 2);
  g_assert_false (g_file_test (fixture->to, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (fixture->plan->bytes, ==, fixture->plan->shares ? 0 : 2 * get_item (fixture, 0)->size);
  g_assert_cmpuint (fixture->plan->free_bytes, >, 0);
  paddock_import_plan_measure (fixture->plan);
  g_assert_cmpuint (fixture->plan->bytes, ==, fixture->plan->shares ? 0 : 2 * get_item (fixture, 0)->size);
  run (fixture);
  g_assert_cmpuint (fixture->plan->imported->len, ==, 2);
  g_assert_true (is_there (fixture->to, "one.gguf"));
  g_assert_true (is_there (fixture->to, "two.gguf"));
  g_assert_false (is_there (fixture->to, "readme.txt"));
  after = test_library_hash_tree (fixture->from);
  g_assert_cmpstr (before, ==, after);
}

static void
test_move (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "one.gguf", "One");
  g_autofree char *two = add_model (fixture, "two.gguf", "Two");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  before = test_library_hash_tree (fixture->from);
  plan (fixture, PADDOCK_IMPORT_MOVE, NULL, fixture->from);
  g_assert_true (fixture->plan->shares);
  g_assert_cmpuint (fixture->plan->bytes, ==, 0);
  run (fixture);
  g_assert_false (is_there (fixture->from, "one.gguf"));
  after = test_library_hash_tree (fixture->to);
  g_assert_cmpstr (before, ==, after);
}

static void
test_leave (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "one.gguf", "One");
  g_autofree char *before = test_library_hash_tree (fixture->from);
  g_autofree char *after = NULL;

  plan (fixture, PADDOCK_IMPORT_LEAVE, NULL, fixture->from);
  g_assert_cmpuint (get_item (fixture, 0)->targets->len, ==, 0);
  run (fixture);
  g_assert_false (g_file_test (fixture->to, G_FILE_TEST_EXISTS));
  after = test_library_hash_tree (fixture->from);
  g_assert_cmpstr (before, ==, after);
}

/* One of its parts is enough to name a set, and the set stays one under a name that is free. */
static void
test_shards (Fixture *fixture, gconstpointer mode)
{
  g_autofree char *second = NULL;
  g_autofree char *before = NULL;

  add_shards (fixture, "big", 3);
  second = g_build_filename (fixture->from, "big-00002-of-00003.gguf", NULL);
  before = test_directory_write (fixture->directory, "taken", "");
  g_assert_cmpint (g_mkdir_with_parents (fixture->to, 0755), ==, 0);
  {
    g_autofree char *taken = g_build_filename (fixture->to, "big-00003-of-00003.gguf", NULL);

    g_assert_cmpint (rename (before, taken), ==, 0);
  }
  plan (fixture, GPOINTER_TO_INT (mode), NULL, second);
  g_assert_cmpuint (fixture->plan->items->len, ==, 1);
  g_assert_no_error (get_item (fixture, 0)->problem);
  g_assert_cmpuint (get_item (fixture, 0)->sources->len, ==, 3);
  run (fixture);
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("big (2)-%05u-of-00003.gguf", i);
      g_autofree char *old = g_strdup_printf ("big-%05u-of-00003.gguf", i);

      g_assert_true (is_there (fixture->to, name));
      g_assert_true (is_there (fixture->from, old) == (GPOINTER_TO_INT (mode) == PADDOCK_IMPORT_COPY));
    }
}

static void
test_clash (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = test_directory_make_folder (fixture->directory, "from/a");
  g_autofree char *b = test_directory_make_folder (fixture->directory, "from/b");
  g_autofree char *one = add_model (fixture, "a/model.gguf", "One");
  g_autofree char *two = add_model (fixture, "b/model.gguf", "Two");

  plan (fixture, PADDOCK_IMPORT_COPY, NULL, fixture->from);
  run (fixture);
  g_assert_true (is_there (fixture->to, "model.gguf"));
  g_assert_true (is_there (fixture->to, "model (2).gguf"));
  g_assert_cmpuint (fixture->plan->imported->len, ==, 2);
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *name, *recipe;
    int code;
  } cases[] = {
    { "from/text.gguf", "header none\nappend text \"no model at all, only text\"\n", PADDOCK_LIBRARY_ERROR_NOT_A_MODEL },
    { "from/short.gguf", "tensor t f16 64x32\ncut -1\n", PADDOCK_LIBRARY_ERROR_NOT_A_MODEL },
    { "from/set-00001-of-00002.gguf", "tensor t f16 64x32\n", PADDOCK_LIBRARY_ERROR_NOT_A_MODEL },
    { "from/empty.gguf", "cut 0\n", PADDOCK_LIBRARY_ERROR_NOT_A_MODEL },
  };
  g_autofree char *missing = test_directory_build_path (fixture->directory, "missing.gguf");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = test_directory_write_recipe (fixture->directory, cases[i].name, cases[i].recipe);

      plan (fixture, PADDOCK_IMPORT_COPY, NULL, path);
      g_assert_cmpuint (fixture->plan->items->len, ==, 1);
      g_assert_error (get_item (fixture, 0)->problem, PADDOCK_LIBRARY_ERROR, cases[i].code);
      g_assert_cmpuint (fixture->plan->bytes, ==, 0);
      g_assert_false (paddock_import_plan_run (fixture->plan, NULL, &error));
      g_assert_error (error, PADDOCK_LIBRARY_ERROR, cases[i].code);
      g_clear_error (&error);
      g_assert_cmpuint (fixture->plan->imported->len, ==, 0);
    }
  plan (fixture, PADDOCK_IMPORT_COPY, NULL, missing);
  g_assert_error (get_item (fixture, 0)->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND);
}

static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "one.gguf", "One");
  g_autofree char *link = test_directory_build_path (fixture->directory, "link.gguf");
  g_autofree char *copied = g_build_filename (fixture->to, "link.gguf", NULL);

  g_assert_cmpint (symlink (one, link), ==, 0);
  plan (fixture, PADDOCK_IMPORT_MOVE, NULL, link);
  g_assert_error (get_item (fixture, 0)->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID);
  plan (fixture, PADDOCK_IMPORT_COPY, NULL, link);
  run (fixture);
  g_assert_true (is_there (fixture->to, "link.gguf"));
  g_assert_false (g_file_test (copied, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (one, G_FILE_TEST_IS_REGULAR));
}

static void
test_duplicate (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "one.gguf", "One");
  g_autofree char *recipe = test_library_make_recipe ("One");
  g_autofree char *library = test_directory_make_folder (fixture->directory, "library");
  g_autofree char *has = test_directory_write_recipe (fixture->directory, "library/has.gguf", recipe);
  g_autofree char *place = g_strconcat ("folder:", library, NULL);
  g_autoptr (PaddockLibraryIndex) index = test_library_look (NULL, place, NULL);
  g_autoptr (GError) error = NULL;

  plan (fixture, PADDOCK_IMPORT_COPY, index, one);
  g_assert_cmpstr (get_item (fixture, 0)->duplicate_of, ==, test_library_find (index, has)->id);
  g_assert_false (paddock_import_plan_run (fixture->plan, NULL, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS);
  /* From there itself it may come. */
  plan (fixture, PADDOCK_IMPORT_COPY, index, has);
  g_assert_null (get_item (fixture, 0)->duplicate_of);
  run (fixture);
  plan (fixture, PADDOCK_IMPORT_COPY, index, one);
  g_clear_pointer (&get_item (fixture, 0)->duplicate_of, g_free);
  run (fixture);
  g_assert_true (is_there (fixture->to, "one.gguf"));
}

/* Between the plan and the deed: the source changed or went, or somebody took the name. */
static void
test_meanwhile (Fixture *fixture, gconstpointer mode)
{
  g_autofree char *changed = add_model (fixture, "changed.gguf", "Changed");
  g_autofree char *gone = add_model (fixture, "gone.gguf", "Gone");
  g_autofree char *sound = add_model (fixture, "sound.gguf", "Sound");
  g_autofree char *taken = add_model (fixture, "taken.gguf", "Taken");
  g_autofree char *other = NULL;
  g_autofree char *target = NULL;

  plan (fixture, GPOINTER_TO_INT (mode), NULL, fixture->from);
  g_assert_cmpint (g_mkdir_with_parents (fixture->to, 0755), ==, 0);
  g_assert_true (g_file_set_contents (changed, "other bytes", -1, NULL));
  g_assert_cmpint (unlink (gone), ==, 0);
  target = g_build_filename (fixture->to, "taken.gguf", NULL);
  g_assert_true (g_file_set_contents (target, "somebody's", -1, NULL));
  run (fixture);
  g_assert_cmpuint (fixture->plan->imported->len, ==, 1);
  g_assert_error (get_item (fixture, 0)->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED);
  g_assert_error (get_item (fixture, 1)->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND);
  g_assert_no_error (get_item (fixture, 2)->problem);
  g_assert_error (get_item (fixture, 3)->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS);
  g_assert_true (is_there (fixture->to, "sound.gguf"));
  g_assert_false (is_there (fixture->to, "changed.gguf"));
  g_assert_true (is_there (fixture->from, "changed.gguf"));
  g_assert_true (is_there (fixture->from, "taken.gguf"));
  g_assert_true (g_file_get_contents (target, &other, NULL, NULL));
  g_assert_cmpstr (other, ==, "somebody's");
}

/* A part that changed: nothing of the set is left in the folder, nothing is missing where it was. */
static void
test_set_or_nothing (Fixture *fixture, gconstpointer mode)
{
  g_autofree char *third = g_build_filename (fixture->from, "big-00003-of-00003.gguf", NULL);
  g_autoptr (GDir) directory = NULL;
  g_autoptr (GError) error = NULL;

  add_shards (fixture, "big", 3);
  plan (fixture, GPOINTER_TO_INT (mode), NULL, fixture->from);
  g_assert_true (g_file_set_contents (third, "other bytes", -1, NULL));
  g_assert_false (paddock_import_plan_run (fixture->plan, NULL, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED);
  g_assert_true (is_there (fixture->from, "big-00001-of-00003.gguf"));
  g_assert_true (is_there (fixture->from, "big-00002-of-00003.gguf"));
  directory = g_dir_open (fixture->to, 0, NULL);
  g_assert_nonnull (directory);
  g_assert_null (g_dir_read_name (directory));
}

static void
test_hostile_names (Fixture *fixture, gconstpointer data)
{
  const char *names[] = { "$(touch x);'\"\n.gguf", "\xff\xfe.gguf", "-rf.gguf", " (2).gguf", "%s%n%05u.gguf" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = add_model (fixture, names[i], names[i][0] == '\xff' ? "bytes" : "name");
    }
  plan (fixture, PADDOCK_IMPORT_COPY, NULL, fixture->from);
  g_assert_cmpuint (fixture->plan->items->len, ==, G_N_ELEMENTS (names));
  run (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (is_there (fixture->to, names[i]));
}

/* What has no name that the library would look at gets one. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *blob = add_model (fixture, "sha256-1234", "Blob");

  plan (fixture, PADDOCK_IMPORT_COPY, NULL, blob);
  run (fixture);
  g_assert_true (is_there (fixture->to, "sha256-1234.gguf"));
  /* And what is there already does not come again. */
  plan (fixture, PADDOCK_IMPORT_COPY, NULL, fixture->to);
  g_assert_error (get_item (fixture, 0)->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS);
}

/* An import that was interrupted goes on under the same names; bytes of somebody else are not taken for it. */
static void
test_continue (Fixture *fixture, gconstpointer mode)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  add_shards (fixture, "big", 3);
  from = g_build_filename (fixture->from, "big-00002-of-00003.gguf", NULL);
  to = g_build_filename (fixture->to, "big-00002-of-00003.gguf", NULL);
  g_assert_cmpint (g_mkdir_with_parents (fixture->to, 0755), ==, 0);
  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
  plan (fixture, GPOINTER_TO_INT (mode), NULL, fixture->from);
  run (fixture);
  g_assert_cmpuint (fixture->plan->imported->len, ==, 3);
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("big-%05u-of-00003.gguf", i);

      g_assert_true (is_there (fixture->to, name));
      g_assert_true (is_there (fixture->from, name) == (GPOINTER_TO_INT (mode) == PADDOCK_IMPORT_COPY));
    }
  if (GPOINTER_TO_INT (mode) != PADDOCK_IMPORT_COPY)
    return;
  /* All of it is there now. */
  plan (fixture, PADDOCK_IMPORT_COPY, NULL, fixture->from);
  g_assert_error (get_item (fixture, 0)->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS);
  bytes[length - 1] ^= 1;
  g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
  plan (fixture, PADDOCK_IMPORT_COPY, NULL, fixture->from);
  run (fixture);
  g_assert_true (is_there (fixture->to, "big (2)-00002-of-00003.gguf"));
}

/* The same part under two endings is no whole set. */
static void
test_endings (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = add_model (fixture, "big-00001-of-00002.gguf", "one");
  g_autofree char *other = add_model (fixture, "big-00001-of-00002.GGUF", "other");

  plan (fixture, PADDOCK_IMPORT_COPY, NULL, fixture->from);
  g_assert_cmpuint (fixture->plan->items->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_error (get_item (fixture, i)->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_A_MODEL);
}

/* What another program keeps is copied, and never taken away from it; a person's folder inside of it is theirs. */
static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deeper = test_directory_make_folder (fixture->directory, "from/mine");
  g_autofree char *theirs = add_model (fixture, "one.gguf", "One");
  g_autofree char *mine = add_model (fixture, "mine/two.gguf", "Two");
  g_autofree char *foreign = g_strconcat ("gpt4all:", fixture->from, NULL);
  g_autofree char *folder = g_strconcat ("folder:", deeper, NULL);
  g_autoptr (PaddockLibraryIndex) index = test_library_look (NULL, foreign, folder, NULL);

  plan (fixture, PADDOCK_IMPORT_MOVE, index, theirs);
  g_assert_error (get_item (fixture, 0)->problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_FOREIGN);
  plan (fixture, PADDOCK_IMPORT_COPY, index, theirs);
  g_assert_no_error (get_item (fixture, 0)->problem);
  plan (fixture, PADDOCK_IMPORT_MOVE, index, mine);
  g_assert_no_error (get_item (fixture, 0)->problem);
  run (fixture);
  g_assert_true (is_there (fixture->to, "two.gguf"));
  g_assert_true (is_there (fixture->from, "one.gguf"));
}

/* A file that is mostly a hole, and would not fit; on another file system, with which nothing can be shared. */
static void
test_space (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestDirectory) apart = test_surroundings_make_apart (fixture->directory);
  g_autofree char *recipe = test_library_make_recipe ("One");
  g_autofree char *one = test_directory_write_recipe (apart, "one.gguf", recipe);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (truncate (one, (off_t) 1 << 43), ==, 0);
  plan (fixture, PADDOCK_IMPORT_COPY, NULL, one);
  g_assert_false (fixture->plan->shares);
  g_assert_null (get_item (fixture, 0)->problem);
  g_assert_cmpuint (fixture->plan->bytes, ==, G_GUINT64_CONSTANT (1) << 43);
  g_assert_cmpuint (fixture->plan->bytes, >, fixture->plan->free_bytes);
  g_assert_false (paddock_import_plan_run (fixture->plan, NULL, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NO_SPACE);
  g_assert_false (g_file_test (fixture->to, G_FILE_TEST_EXISTS));
}

static void
test_folders (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deeper = test_directory_make_folder (fixture->directory, "from/deeper");
  g_autofree char *one = add_model (fixture, "deeper/one.gguf", "One");
  g_autofree char *two = add_model (fixture, "two.gguf", "Two");
  const char *paths[] = { one, two, deeper, NULL };
  g_autoptr (GError) error = NULL;

  plan (fixture, PADDOCK_IMPORT_LEAVE, NULL, one);
  g_assert_cmpuint (fixture->plan->folders->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->plan->folders, 0), ==, deeper);
  g_clear_pointer (&fixture->plan, paddock_import_plan_unref);
  fixture->plan = paddock_import_plan_new (paths, PADDOCK_IMPORT_LEAVE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->plan->folders->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->plan->folders, 0), ==, fixture->from);
}

static void
note (guint64 done, guint64 total, gpointer user_data)
{
  g_assert_cmpuint (done, <=, total);
  *(guint64 *) user_data = done;
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "one.gguf", "One");
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint64 done = 0;

  plan (fixture, PADDOCK_IMPORT_COPY, NULL, one);
  g_cancellable_cancel (cancellable);
  paddock_import_plan_run_async (fixture->plan, NULL, NULL, cancellable, test_await_callback, await);
  g_assert_false (paddock_import_plan_run_finish (test_await_result (await), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (is_there (fixture->to, "one.gguf"));
  paddock_import_plan_run_async (fixture->plan, note, &done, NULL, test_await_callback, await);
  g_assert_true (paddock_import_plan_run_finish (test_await_result (await), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (done, ==, get_item (fixture, 0)->size);
  g_assert_true (is_there (fixture->to, "one.gguf"));
}

/* A folder that nobody may write into, and a source that nobody may take away. */
static void
test_permission (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = add_model (fixture, "one.gguf", "One");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->to, 0755), ==, 0);
  plan (fixture, PADDOCK_IMPORT_COPY, NULL, one);
  g_assert_cmpint (chmod (fixture->to, 0555), ==, 0);
  g_assert_false (paddock_import_plan_run (fixture->plan, NULL, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_PERMISSION);
  g_clear_error (&error);
  g_assert_cmpint (chmod (fixture->to, 0755), ==, 0);
  g_assert_cmpint (chmod (fixture->from, 0555), ==, 0);
  plan (fixture, PADDOCK_IMPORT_MOVE, NULL, one);
  g_assert_false (paddock_import_plan_run (fixture->plan, NULL, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_PERMISSION);
  g_assert_true (is_there (fixture->from, "one.gguf"));
  g_assert_false (is_there (fixture->to, "one.gguf"));
}

#define ADD(name, mode, test) g_test_add ("/import-plan/" name, Fixture, GINT_TO_POINTER (mode), set_up, test, tear_down)

int
main (int argc, char **argv)
{
  test_surroundings_obey_permissions ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("copy", 0, test_copy);
  ADD ("move", 0, test_move);
  ADD ("leave", 0, test_leave);
  ADD ("shards/copy", PADDOCK_IMPORT_COPY, test_shards);
  ADD ("shards/move", PADDOCK_IMPORT_MOVE, test_shards);
  ADD ("endings", 0, test_endings);
  ADD ("clash", 0, test_clash);
  ADD ("problems", 0, test_problems);
  ADD ("links", 0, test_links);
  ADD ("foreign", 0, test_foreign);
  ADD ("duplicate", 0, test_duplicate);
  ADD ("meanwhile/copy", PADDOCK_IMPORT_COPY, test_meanwhile);
  ADD ("meanwhile/move", PADDOCK_IMPORT_MOVE, test_meanwhile);
  ADD ("set-or-nothing/copy", PADDOCK_IMPORT_COPY, test_set_or_nothing);
  ADD ("set-or-nothing/move", PADDOCK_IMPORT_MOVE, test_set_or_nothing);
  ADD ("hostile-names", 0, test_hostile_names);
  ADD ("names", 0, test_names);
  ADD ("continue/copy", PADDOCK_IMPORT_COPY, test_continue);
  ADD ("continue/move", PADDOCK_IMPORT_MOVE, test_continue);
  ADD ("space", 0, test_space);
  ADD ("folders", 0, test_folders);
  ADD ("async", 0, test_async);
  ADD ("permission", 0, test_permission);
  return g_test_run ();
}
