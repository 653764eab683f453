/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-tree.h"

#include <string.h>

#include "directory.h"
#include "gguf/gguf-file.h"

static GBytes *
read_file (TestDirectory *directory, const char *name)
{
  g_autofree char *path = test_directory_build_path (directory, name);
  char *contents = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  return g_bytes_new_take (contents, length);
}

static TestLibraryCensus
write_tree (TestDirectory *directory, guint seed)
{
  const TestLibraryTree tree = { .n_files = 200, .n_folders = 3, .seed = seed };
  TestLibraryCensus census;
  g_autoptr (GError) error = NULL;

  g_assert_true (test_library_tree_write (&tree, test_directory_get_path (directory), &census, &error));
  g_assert_no_error (error);
  return census;
}

static void
test_seed (void)
{
  static const char *const names[] = { "folder-0/model-9-F16.gguf", "folder-2/mmproj-5-F16.gguf",
                                       "folder-0/set-0-F16-00002-of-00002.gguf", "folder-1/model-199-F16.gguf" };
  g_autoptr (TestDirectory) one = test_directory_new ();
  g_autoptr (TestDirectory) same = test_directory_new ();
  g_autoptr (TestDirectory) other = test_directory_new ();
  guint n_different = 0;

  write_tree (one, 7);
  write_tree (same, 7);
  write_tree (other, 8);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) first = read_file (one, names[i]);
      g_autoptr (GBytes) second = read_file (same, names[i]);
      g_autoptr (GBytes) third = read_file (other, names[i]);

      g_assert_true (g_bytes_equal (first, second));
      n_different += g_bytes_equal (first, third) ? 0 : 1;
    }
  g_assert_cmpuint (n_different, >, 0);
}

static void
test_sound (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  TestLibraryCensus census = write_tree (directory, 1);
  g_autofree char *path = test_directory_build_path (directory, "folder-0/model-9-F16.gguf");
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_open (path, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (paddock_gguf_file_get_n_tensors (file), >, 0);
  g_assert_cmpuint (census.n_names, ==, 196);
  g_assert_cmpuint (census.n_partial, ==, 4);
  g_assert_cmpuint (census.n_links, ==, 4);
  g_assert_cmpuint (census.n_headers, ==, 188);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/library-tree/seed", test_seed);
  g_test_add_func ("/library-tree/sound", test_sound);
  return g_test_run ();
}
