/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-store.h"

#include <unistd.h>

#include "directory.h"

static gboolean
keep (PaddockLibraryFile *file, gpointer user_data)
{
  g_ptr_array_add (user_data, file);
  return TRUE;
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    int role;                        /* -1: none */
  } cases[] = {
    { "a.gguf", PADDOCK_FILE_ROLE_FOUND },
    { "A.GGUF", PADDOCK_FILE_ROLE_FOUND },
    { "model.Q4_K_M-00001-of-00002.gguf", PADDOCK_FILE_ROLE_FOUND },
    { "a.gguf.part", PADDOCK_FILE_ROLE_PARTIAL },
    { "a.GGUF.crdownload", PADDOCK_FILE_ROLE_PARTIAL },
    { "a.gguf-split-a", PADDOCK_FILE_ROLE_PARTIAL },
    { ".gguf", -1 },
    { "._a.gguf", -1 },              /* what another system keeps beside a file */
    { "a.gguf.sha256", -1 },
    { "a.gguf.txt", -1 },
    { "archive.part", -1 },
    { "agguf", -1 },
    { "", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PaddockFileRole role = PADDOCK_FILE_ROLE_ORPHAN;
      gboolean judged = paddock_folder_store_judge_name (cases[i].name, &role);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (judged ? (int) role : -1, ==, cases[i].role);
    }
}

static void
test_list (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *root = test_directory_get_path (directory);
  g_autofree char *folder = test_directory_make_folder (directory, "folder");
  g_autofree char *model = test_directory_write (directory, "folder/a.gguf", "abc");
  g_autofree char *partial = test_directory_write (directory, "folder/b.gguf.part", "ab");
  g_autofree char *other = test_directory_write (directory, "folder/c.txt", "ab");
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  g_autoptr (GError) error = NULL;
  const PaddockLibraryFile *file;

  g_assert_true (paddock_folder_store_list ("folder", root, keep, files, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 4);
  file = g_ptr_array_index (files, 1);
  g_assert_cmpint (file->role, ==, PADDOCK_FILE_ROLE_DIRECTORY);
  g_assert_cmpstr (file->path, ==, folder);
  file = g_ptr_array_index (files, 2);
  g_assert_cmpint (file->role, ==, PADDOCK_FILE_ROLE_FOUND);
  g_assert_cmpstr (file->path, ==, model);
  g_assert_cmpstr (file->root, ==, root);
  g_assert_cmpstr (file->store, ==, "folder");
  g_assert_cmpuint (file->identity.size, ==, 3);
  g_assert_null (file->facts);
  file = g_ptr_array_index (files, 3);
  g_assert_cmpint (file->role, ==, PADDOCK_FILE_ROLE_PARTIAL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/folder-store/names", test_names);
  g_test_add_func ("/folder-store/list", test_list);
  return g_test_run ();
}
