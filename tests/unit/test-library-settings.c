/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "directory.h"
#include "library-error.h"
#include "library-settings.h"

static char *
make_folder (const char *parent, const char *name)
{
  char *path = g_build_filename (parent, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  return path;
}

static void
test_round_trip (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *folder = test_directory_get_path (directory);
  g_autofree char *path = g_build_filename (folder, "config", "library.json", NULL);
  g_autofree char *odd = make_folder (folder, "n\xff");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockLibrarySettings) settings = paddock_library_settings_load (path, &error);
  g_autoptr (PaddockLibrarySettings) read = NULL;

  g_assert_no_error (error);
  g_assert_true (paddock_library_settings_add_folder (settings, odd, &error));
  g_assert_no_error (error);
  settings->own_limit = 5;
  settings->default_model = g_strdup ("qwen");
  json_object_set_string_member (settings->others, "mood", "good");
  g_assert_true (paddock_library_settings_save (settings, path, &error));
  g_assert_no_error (error);
  read = paddock_library_settings_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (read->folders), ==, 1);
  g_assert_cmpstr (read->folders[0], ==, odd);
  g_assert_cmpuint (read->own_limit, ==, 5);
  g_assert_cmpstr (read->default_model, ==, "qwen");
  g_assert_true (paddock_library_settings_save (read, path, &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "mood"));
}

static void
expect_refused (PaddockLibrarySettings *settings, const char *path, PaddockLibraryError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (paddock_library_settings_add_folder (settings, path, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, (int) code);
}

static void
test_folders (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *folder = test_directory_get_path (directory);
  g_autofree char *a = make_folder (folder, "a");
  g_autofree char *inside = make_folder (a, "b");
  g_autofree char *beside = make_folder (folder, "ab");
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autofree char *loop = g_build_filename (folder, "loop", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autoptr (PaddockLibrarySettings) settings = paddock_library_settings_load (missing, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_cmpint (symlink (loop, loop), ==, 0);
  g_assert_cmpint (symlink (a, link), ==, 0);
  g_assert_true (paddock_library_settings_add_folder (settings, a, &error));
  g_assert_no_error (error);
  expect_refused (settings, a, PADDOCK_LIBRARY_ERROR_EXISTS);
  expect_refused (settings, link, PADDOCK_LIBRARY_ERROR_EXISTS);
  expect_refused (settings, inside, PADDOCK_LIBRARY_ERROR_EXISTS);
  expect_refused (settings, folder, PADDOCK_LIBRARY_ERROR_INVALID);
  expect_refused (settings, file, PADDOCK_LIBRARY_ERROR_INVALID);
  expect_refused (settings, loop, PADDOCK_LIBRARY_ERROR_INVALID);
  expect_refused (settings, missing, PADDOCK_LIBRARY_ERROR_NOT_FOUND);
  expect_refused (settings, "", PADDOCK_LIBRARY_ERROR_NOT_FOUND);
  g_assert_true (paddock_library_settings_add_folder (settings, beside, &error));
  g_assert_true (paddock_library_settings_remove_folder (settings, a));
  g_assert_false (paddock_library_settings_remove_folder (settings, a));
  g_assert_cmpuint (g_strv_length (settings->folders), ==, 1);
}

static void
test_broken (void)
{
  static const char *texts[] = { "{", "7", "[]" };
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *folder = test_directory_get_path (directory);
  g_autofree char *path = g_build_filename (folder, "library.json", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      g_assert_null (paddock_library_settings_load (path, &error));
      g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID);
    }
}

static PaddockLibrarySettings *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  PaddockLibrarySettings *settings = paddock_library_settings_load (path, &error);

  g_assert_no_error (error);
  return settings;
}

/* Two programs that began with the same settings. */
static void
test_update (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *folder = test_directory_get_path (directory);
  g_autofree char *path = g_build_filename (folder, "config", "library.json", NULL);
  g_autofree char *a = make_folder (folder, "a");
  g_autofree char *b = make_folder (folder, "b");
  g_autofree char *c = make_folder (folder, "c");
  g_autoptr (PaddockLibrarySettings) start = load (path);
  g_autoptr (PaddockLibrarySettings) before = NULL;
  g_autoptr (PaddockLibrarySettings) mine = NULL;
  g_autoptr (PaddockLibrarySettings) theirs = NULL;
  g_autoptr (PaddockLibrarySettings) first = NULL;
  g_autoptr (PaddockLibrarySettings) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (paddock_library_settings_add_folder (start, a, NULL));
  json_object_set_string_member (start->others, "mood", "good");
  json_object_set_string_member (start->others, "weather", "fine");
  before = paddock_library_settings_new ();
  first = paddock_library_settings_update (path, before, start, &error);
  g_assert_no_error (error);
  g_clear_pointer (&first, paddock_library_settings_free);
  g_clear_pointer (&before, paddock_library_settings_free);

  before = load (path);
  mine = load (path);
  theirs = load (path);
  g_assert_true (paddock_library_settings_add_folder (mine, b, NULL));
  g_set_str (&mine->default_model, "qwen");
  json_object_set_string_member (mine->others, "mood", "better");
  g_assert_true (paddock_library_settings_add_folder (theirs, c, NULL));
  g_assert_true (paddock_library_settings_remove_folder (theirs, a));
  theirs->own_limit = 7;
  json_object_remove_member (theirs->others, "weather");
  first = paddock_library_settings_update (path, before, mine, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (first->folders), ==, 2);
  second = paddock_library_settings_update (path, before, theirs, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (second->folders), ==, 2);
  g_assert_cmpstr (second->folders[0], ==, b);
  g_assert_cmpstr (second->folders[1], ==, c);
  g_assert_cmpstr (second->default_model, ==, "qwen");
  g_assert_cmpuint (second->own_limit, ==, 7);
  g_assert_cmpstr (json_object_get_string_member (second->others, "mood"), ==, "better");
  g_assert_false (json_object_has_member (second->others, "weather"));
}

static void
test_update_broken (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = g_build_filename (test_directory_get_path (directory), "library.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (PaddockLibrarySettings) before = paddock_library_settings_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "{", -1, NULL));
  g_assert_null (paddock_library_settings_update (path, before, before, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/library-settings/round-trip", test_round_trip);
  g_test_add_func ("/library-settings/folders", test_folders);
  g_test_add_func ("/library-settings/broken", test_broken);
  g_test_add_func ("/library-settings/update", test_update);
  g_test_add_func ("/library-settings/update-broken", test_update_broken);
  return g_test_run ();
}
