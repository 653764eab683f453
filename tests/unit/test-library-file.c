/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-file.h"

static PaddockLibraryFile *
make_file (void)
{
  PaddockLibraryFile *file = paddock_library_file_new ("folder", "/root", "/root/a.gguf");

  file->title = g_strdup ("title");
  file->identity.inode = 1;
  return file;
}

static void
test_paths (void)
{
  g_autoptr (PaddockLibraryFile) file = make_file ();

  g_assert_cmpstr (paddock_library_file_get_real_path (file), ==, "/root/a.gguf");
  file->target = g_strdup ("/blobs/1");
  g_assert_cmpstr (paddock_library_file_get_real_path (file), ==, "/blobs/1");
}

static void
assert_different (void (*change) (PaddockLibraryFile *file))
{
  g_autoptr (PaddockLibraryFile) one = make_file ();
  g_autoptr (PaddockLibraryFile) other = make_file ();

  g_assert_true (paddock_library_file_equal (one, other));
  change (other);
  g_assert_false (paddock_library_file_equal (one, other));
  g_assert_true (paddock_library_file_equal (other, other));
}

static void
change_title (PaddockLibraryFile *file)
{
  g_free (file->title);
  file->title = NULL;
}

static void
change_target (PaddockLibraryFile *file)
{
  file->target = g_strdup ("/elsewhere");
}

static void
change_identity (PaddockLibraryFile *file)
{
  file->identity.modified++;
}

static void
change_role (PaddockLibraryFile *file)
{
  file->role = PADDOCK_FILE_ROLE_PARTIAL;
}

static void
change_claim (PaddockLibraryFile *file)
{
  file->claimed_sha256 = g_strdup ("00");
}

static void
test_equal (void)
{
  assert_different (change_title);
  assert_different (change_target);
  assert_different (change_identity);
  assert_different (change_role);
  assert_different (change_claim);
}

static void
test_counted (void)
{
  PaddockLibraryFile *file = make_file ();

  file->facts = paddock_model_facts_new ("name");
  g_assert_true (paddock_library_file_ref (file) == file);
  paddock_library_file_unref (file);
  g_assert_cmpstr (file->facts->name, ==, "name");
  paddock_library_file_unref (file);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/library-file/paths", test_paths);
  g_test_add_func ("/library-file/equal", test_equal);
  g_test_add_func ("/library-file/counted", test_counted);
  return g_test_run ();
}
