/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/file-walk.h"

#include <gio/gio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "await.h"
#include "directory.h"

static GPtrArray *
walk (const char *first, const char *second, gboolean *limited)
{
  const char *paths[] = { first, second, NULL };
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  paddock_file_walk_async (paths, NULL, test_await_callback, await);
  found = paddock_file_walk_finish (test_await_result (await), limited, &error);
  g_assert_no_error (error);
  return found;
}

static void
assert_path (GPtrArray *found, guint position, const char *path)
{
  PaddockFoundFile *file;

  g_assert_cmpuint (position, <, found->len);
  file = g_ptr_array_index (found, position);
  g_assert_cmpstr (file->path, ==, path);
}

static void
test_folder (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *deep = test_directory_make_folder (directory, "a/b/c");
  g_autofree char *one = test_directory_write (directory, "a/b/c/one.gguf", "x");
  g_autofree char *two = test_directory_write (directory, "two.GGUF", "x");
  g_autofree char *other = test_directory_write (directory, "a/notes.txt", "x");
  gboolean limited = TRUE;
  g_autoptr (GPtrArray) found = walk (test_directory_get_path (directory), NULL, &limited);

  g_assert_cmpuint (found->len, ==, 2);
  assert_path (found, 0, one);
  assert_path (found, 1, two);
  g_assert_false (limited);
}

/* What is named is taken as it is: its page says what is wrong with it. */
static void
test_named (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *text = test_directory_write (directory, "notes.txt", "x");
  g_autofree char *missing = test_directory_build_path (directory, "missing.gguf");
  g_autoptr (GPtrArray) found = walk (text, missing, NULL);

  g_assert_cmpuint (found->len, ==, 2);
  assert_path (found, 0, text);
  assert_path (found, 1, missing);
}

static void
test_split_set (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *second = test_directory_write (directory, "m-00002-of-00003.gguf", "x");
  g_autofree char *first = test_directory_write (directory, "m-00001-of-00003.gguf", "x");
  g_autofree char *foreign = test_directory_write (directory, "m-00001-of-00002.gguf", "x");
  g_autoptr (GPtrArray) found = walk (test_directory_get_path (directory), second, NULL);

  g_assert_cmpuint (found->len, ==, 2);
  assert_path (found, 0, foreign);
  assert_path (found, 1, first);
}

static void
test_links (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *folder = test_directory_make_folder (directory, "folder");
  g_autofree char *file = test_directory_write (directory, "folder/file.gguf", "x");
  g_autofree char *again = test_directory_build_path (directory, "folder/zagain.gguf");
  g_autofree char *loop = test_directory_build_path (directory, "folder/loop");
  g_autofree char *nowhere = test_directory_build_path (directory, "folder/nowhere.gguf");
  g_autoptr (GPtrArray) found = NULL;

  g_assert_cmpint (symlink (file, again), ==, 0);
  g_assert_cmpint (symlink (test_directory_get_path (directory), loop), ==, 0);
  g_assert_cmpint (symlink ("nowhere.gguf", nowhere), ==, 0);
  found = walk (test_directory_get_path (directory), folder, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  assert_path (found, 0, file);
}

static void
test_depth (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GString) deep = g_string_new ("d");
  g_autofree char *folder = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GPtrArray) found = NULL;
  gboolean limited = FALSE;

  for (guint i = 0; i < PADDOCK_FILE_WALK_MAX_DEPTH; i++)
    g_string_append (deep, "/d");
  folder = test_directory_make_folder (directory, deep->str);
  g_string_append (deep, "/file.gguf");
  file = test_directory_write (directory, deep->str, "x");
  found = walk (test_directory_get_path (directory), NULL, &limited);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_true (limited);
}

/* A FIFO that is called a model must not be waited for. */
static void
test_fifo (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *fifo = test_directory_build_path (directory, "fifo.gguf");
  g_autoptr (GPtrArray) found = NULL;

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  found = walk (test_directory_get_path (directory), NULL, NULL);
  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_cancel (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *paths[] = { test_directory_get_path (directory), NULL };
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  paddock_file_walk_async (paths, cancellable, test_await_callback, await);
  g_assert_null (paddock_file_walk_finish (test_await_result (await), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/file-walk/folder", test_folder);
  g_test_add_func ("/file-walk/named", test_named);
  g_test_add_func ("/file-walk/split-set", test_split_set);
  g_test_add_func ("/file-walk/links", test_links);
  g_test_add_func ("/file-walk/depth", test_depth);
  g_test_add_func ("/file-walk/fifo", test_fifo);
  g_test_add_func ("/file-walk/cancel", test_cancel);
  return g_test_run ();
}
