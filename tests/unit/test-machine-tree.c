/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "machine-tree.h"

typedef struct
{
  const char *path;
  const char *content;
} Expected;

static void
check (const char *text, const Expected *expected)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GError) error = NULL;

  test_machine_tree_write (test_directory_get_path (directory), text, &error);
  g_assert_no_error (error);
  for (; expected->path != NULL; expected++)
    {
      g_autofree char *path = test_directory_build_path (directory, expected->path);
      g_autofree char *content = NULL;

      g_file_get_contents (path, &content, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (content, ==, expected->content);
    }
}

static void
test_files (void)
{
  check ("# nothing\n/a/b: one\n/c:\n  two\n\n/c2:\n  two\n    three: 3\n/d: a\\tb\\x41\\\\\\c\n/e: {0-3}\n/f:\n",
         (Expected[]) { { "a/b", "one\n" },
                        { "c", "two\n" },
                        { "c2", "two\n  three: 3\n" },
                        { "d", "a\tbA\\" },
                        { "e", "{0-3}\n" },
                        { "f", "" },
                        { 0 } });
}

static void
test_ranges (void)
{
  check ("/cpu{0-9}/core: {/2},{%2},{+8}\n/x{1-9:4}/y: {-1} {?}\n/all {0-2}:\n  n\\t{}\n",
         (Expected[]) { { "cpu0/core", "0,0,8\n" },
                        { "cpu9/core", "4,1,17\n" },
                        { "x5/y", "4 {?}\n" },
                        { "x9/y", "8 {?}\n" },
                        { "all", "n\t0\nn\t1\nn\t2\n" },
                        { 0 } });
}

static void
test_links (void)
{
  check ("/real/value: 5\n/link -> real\n/again -> nowhere\n/again -> link/value\n/l{1-2} -> l{+1}\n/l3: end\n",
         (Expected[]) { { "link/value", "5\n" }, { "again", "5\n" }, { "l1", "end\n" }, { 0 } });
}

static void
test_mistakes (void)
{
  static const char *const texts[] = { "a: b\n", "/a\n", "/a{0-}: b\n", "/a{0-3:0}: b\n", "/a{x}: b\n", "include nobody\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (TestDirectory) directory = test_directory_new ();
      g_autoptr (GError) error = NULL;

      g_assert_false (test_machine_tree_write (test_directory_get_path (directory), texts[i], &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/machine-tree/files", test_files);
  g_test_add_func ("/machine-tree/ranges", test_ranges);
  g_test_add_func ("/machine-tree/links", test_links);
  g_test_add_func ("/machine-tree/mistakes", test_mistakes);
  return g_test_run ();
}
