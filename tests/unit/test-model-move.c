/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-move.h"

#include <unistd.h>

#include "library-case.h"
#include "library-error.h"

/* Own models go to another folder; a second copy, a link and other programs' files stay where they are. */
static void
test_move (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *own = test_directory_make_folder (directory, "own");
  g_autofree char *theirs = test_directory_make_folder (directory, "theirs");
  g_autofree char *to = test_directory_build_path (directory, "drive/models");
  g_autofree char *recipe = test_library_make_recipe ("One");
  g_autofree char *other = test_library_make_recipe ("Two");
  g_autofree char *one = test_directory_write_recipe (directory, "own/one.gguf", recipe);
  g_autofree char *copy = test_directory_write_recipe (directory, "theirs/one.gguf", recipe);
  g_autofree char *two = test_directory_write_recipe (directory, "theirs/two.gguf", other);
  g_autofree char *link = g_build_filename (own, "two.gguf", NULL);
  g_autofree char *target = g_build_filename (to, "one.gguf", NULL);
  g_autofree char *place = g_strconcat ("own:", own, NULL);
  g_autofree char *foreign = g_strconcat ("gpt4all:", theirs, NULL);
  g_autofree char *before = test_library_hash_tree (theirs);
  g_autofree char *after = NULL;
  g_autoptr (PaddockLibraryIndex) index = NULL;
  g_autoptr (PaddockImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  const char *ids[] = { NULL, NULL };

  g_assert_cmpint (symlink (two, link), ==, 0);
  index = test_library_look (NULL, place, foreign, NULL);
  ids[0] = test_library_find (index, two)->id;
  g_assert_null (paddock_model_move_plan (index, ids, to, NULL, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_FOREIGN);
  g_clear_error (&error);
  ids[0] = test_library_find (index, one)->id;
  test_library_find (index, one)->state = PADDOCK_ENTRY_OFFLINE;
  g_assert_null (paddock_model_move_plan (index, ids, to, NULL, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  test_library_find (index, one)->state = PADDOCK_ENTRY_READY;
  plan = paddock_model_move_plan (index, ids, to, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->items->len, ==, 1);
  g_assert_true (paddock_import_plan_run (plan, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (target, G_FILE_TEST_IS_REGULAR));
  g_assert_false (g_file_test (one, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  after = test_library_hash_tree (theirs);
  g_assert_cmpstr (before, ==, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model-move/move", test_move);
  return g_test_run ();
}
