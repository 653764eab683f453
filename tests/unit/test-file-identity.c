/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-identity.h"

#include <unistd.h>

#include "directory.h"

static PaddockFileIdentity
look (const char *path)
{
  PaddockFileIdentity identity;
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  paddock_file_identity_set_stat (&identity, &status);
  return identity;
}

static void
test_names (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write (directory, "a", "abc");
  g_autofree char *other = test_directory_write (directory, "b", "abc");
  g_autofree char *name = test_directory_build_path (directory, "c");
  PaddockFileIdentity first = look (path), second, third = look (other);

  g_assert_cmpint (link (path, name), ==, 0);
  second = look (name);
  g_assert_true (paddock_file_identity_equal (&first, &second));
  g_assert_true (paddock_file_identity_same_file (&first, &second));
  g_assert_cmpuint (paddock_file_identity_hash (&first), ==, paddock_file_identity_hash (&second));
  g_assert_false (paddock_file_identity_same_file (&first, &third));
  g_assert_false (paddock_file_identity_equal (&first, &third));
  g_assert_cmpuint (first.size, ==, 3);
}

static void
test_written (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write (directory, "a", "abc");
  PaddockFileIdentity before = look (path), after;

  g_assert_cmpint (truncate (path, 2), ==, 0);
  after = look (path);
  g_assert_true (paddock_file_identity_same_file (&before, &after));
  g_assert_false (paddock_file_identity_equal (&before, &after));
}

/* Each member counts. */
static void
test_members (void)
{
  const PaddockFileIdentity one = { .device = 1, .inode = 2, .size = 3, .modified = 4 };
  PaddockFileIdentity others[] = { one, one, one, one };

  others[0].device++;
  others[1].inode++;
  others[2].size++;
  others[3].modified++;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_false (paddock_file_identity_equal (&one, &others[i]));
      g_assert_cmpint (paddock_file_identity_same_file (&one, &others[i]), ==, i >= 2);
      g_assert_cmpuint (paddock_file_identity_hash (&one), !=, paddock_file_identity_hash (&others[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/file-identity/names", test_names);
  g_test_add_func ("/file-identity/written", test_written);
  g_test_add_func ("/file-identity/members", test_members);
  return g_test_run ();
}
