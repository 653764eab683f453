/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-notices.h"

static void
free_root (gpointer data)
{
  PaddockScannedRoot *root = data;

  g_free (root->path);
  g_free (root);
}

static void
add_root (PaddockLibraryIndex *index, const char *store, const char *path, PaddockRootState state)
{
  PaddockScannedRoot *root = g_new0 (PaddockScannedRoot, 1);

  root->store = store;
  root->path = g_strdup (path);
  root->state = state;
  g_ptr_array_add (index->roots, root);
}

static void
expect (PaddockLibraryIndex *index, const char *beginning)
{
  g_autofree char *text = paddock_library_notices_dup_folders (index);

  if (beginning == NULL)
    g_assert_null (text);
  else
    g_assert_true (g_str_has_prefix (text, beginning));
}

static void
test_text (void)
{
  g_autoptr (PaddockLibraryIndex) index = paddock_library_index_new ();

  g_ptr_array_set_free_func (index->roots, free_root);
  expect (index, NULL);
  add_root (index, "folder", "/m/good", PADDOCK_ROOT_LISTED);
  add_root (index, "own", "/m/own", PADDOCK_ROOT_OFFLINE);
  expect (index, NULL);
  add_root (index, "folder", "/m/drive", PADDOCK_ROOT_OFFLINE);
  expect (index, "“drive” is not there");
  g_ptr_array_remove_index (index->roots, 2);
  add_root (index, "own", "/m/own", PADDOCK_ROOT_UNREADABLE);
  expect (index, "“own” cannot be read");
  add_root (index, "ollama", "/m/ollama", PADDOCK_ROOT_UNREADABLE);
  expect (index, "2 folders");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/library-notices/text", test_text);
  return g_test_run ();
}
