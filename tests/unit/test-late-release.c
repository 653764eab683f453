/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/late-release.h"

static void
note_thread (gpointer data)
{
  g_async_queue_push (data, g_thread_self ());
}

static void
test_elsewhere (void)
{
  g_autoptr (GAsyncQueue) threads = g_async_queue_new ();

  paddock_late_release (threads, note_thread);
  g_assert_true (g_async_queue_pop (threads) != g_thread_self ());
}

static void
test_nothing (void)
{
  g_autoptr (GAsyncQueue) threads = g_async_queue_new ();

  paddock_late_release (NULL, note_thread);
  /* One after the other: the second one ends the first. */
  paddock_late_release (threads, note_thread);
  g_assert_nonnull (g_async_queue_pop (threads));
  g_assert_cmpint (g_async_queue_length (threads), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/late-release/elsewhere", test_elsewhere);
  g_test_add_func ("/late-release/nothing", test_nothing);
  return g_test_run ();
}
