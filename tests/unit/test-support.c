/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert-finalize.h"
#include "await.h"
#include "directory.h"
#include "loop-watch.h"

#include <glib/gstdio.h>

static void
test_directory (void)
{
  TestDirectory *directory = test_directory_new ();
  g_autofree char *path = g_strdup (test_directory_get_path (directory));
  g_autofree char *folder = test_directory_make_folder (directory, "a/b");
  g_autofree char *file = test_directory_write (directory, "a/b/file", "text");
  g_autofree char *odd = test_directory_write (directory, "odd \n\xff name", "");
  g_autofree char *link = test_directory_build_path (directory, "link");
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "text");
  g_assert_cmpint (symlink ("/", link), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0), ==, 0);

  test_directory_free (directory);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test ("/", G_FILE_TEST_IS_DIR));
}

static void
answer_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_int (task, 42);
}

static void
test_await (void)
{
  GCancellable *source = g_cancellable_new ();
  TestAwait *await = test_await_new ();

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GTask) task = g_task_new (source, NULL, test_await_callback, await);

      g_task_run_in_thread (task, answer_in_thread);
      g_assert_cmpint (g_task_propagate_int (G_TASK (test_await_result (await)), NULL), ==, 42);
    }

  test_await_free (await);
  test_assert_finalize (source);
}

static gboolean
drop (gpointer object)
{
  g_object_unref (object);
  return G_SOURCE_REMOVE;
}

static void
test_finalize (void)
{
  GObject *object = g_object_new (G_TYPE_OBJECT, NULL);

  g_idle_add (drop, g_object_ref (object));
  test_assert_finalize (object);
}

static void
test_finalize_finds_a_leak (void)
{
  if (g_test_subprocess ())
    {
      GObject *object = g_object_new (G_TYPE_OBJECT, NULL);

      test_assert_finalize (g_object_ref (object));
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*a GObject outlives its last reference*");
}

static gboolean
block (gpointer data)
{
  guint64 end = test_loop_watch_get_now () + GPOINTER_TO_SIZE (data);

  while (test_loop_watch_get_now () < end)
    continue;
  return G_SOURCE_REMOVE;
}

static void
run_for (TestLoopWatch *watch, guint64 microseconds)
{
  test_loop_watch_reset (watch);
  g_idle_add (block, GSIZE_TO_POINTER (microseconds));
  for (int i = 0; i < 3; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_loop_watch (void)
{
  g_autoptr (TestLoopWatch) watch = test_loop_watch_new ();

  run_for (watch, 0);
  g_assert_cmpuint (test_loop_watch_get_longest (watch), <, 20000);
  test_loop_watch_assert (watch);

  run_for (watch, 20000);
  g_assert_cmpuint (test_loop_watch_get_longest (watch), >=, 20000);
}

static void
test_loop_watch_finds_a_block (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (TestLoopWatch) watch = test_loop_watch_new ();

      run_for (watch, 200000);
      test_loop_watch_assert (watch);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/support/directory", test_directory);
  g_test_add_func ("/support/await", test_await);
  g_test_add_func ("/support/finalize", test_finalize);
  g_test_add_func ("/support/finalize-finds-a-leak", test_finalize_finds_a_leak);
  g_test_add_func ("/support/loop-watch", test_loop_watch);
  g_test_add_func ("/support/loop-watch-finds-a-block", test_loop_watch_finds_a_block);
  return g_test_run ();
}
