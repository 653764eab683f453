/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "activity/activity-list.h"
#include "await.h"
#include "computer/measure-activity.h"
#include "directory.h"

static gboolean
is_over (gpointer activity)
{
  return paddock_activity_is_over (activity);
}

static PaddockActivity *
begin (PaddockActivityList *list)
{
  PaddockActivity *activity = paddock_measure_activity_new ();

  paddock_activity_list_add (list, activity);
  g_assert_cmpint (paddock_activity_get_state (activity), ==, PADDOCK_ACTIVITY_RUNNING);
  return activity;
}

static void
test_stop (void)
{
  g_autoptr (PaddockActivityList) list = paddock_activity_list_new (1);
  g_autoptr (PaddockActivity) activity = begin (list);
  g_autofree char *status = NULL;

  paddock_activity_stop (activity);
  test_await_condition (is_over, activity);
  g_assert_cmpint (paddock_activity_get_state (activity), ==, PADDOCK_ACTIVITY_STOPPED);
  status = paddock_activity_dup_status (activity);
  g_assert_cmpstr (status, ==, "Stopped before its end");
}

/* What cannot be kept is of no use, and said. */
static void
test_cannot_keep (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *file = test_directory_write (directory, "file", "");
  g_autofree char *cache = g_build_filename (file, "cache", NULL);
  g_autoptr (PaddockActivityList) list = paddock_activity_list_new (1);
  g_autoptr (PaddockActivity) activity = NULL;
  g_autofree char *status = NULL;

  g_setenv ("PADDOCK_CACHE_DIR", cache, TRUE);
  activity = begin (list);
  test_await_condition (is_over, activity);
  g_assert_cmpint (paddock_activity_get_state (activity), ==, PADDOCK_ACTIVITY_FAILED);
  status = paddock_activity_dup_status (activity);
  g_assert_nonnull (strstr (status, cache));
  g_unsetenv ("PADDOCK_CACHE_DIR");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/measure-activity/stop", test_stop);
  g_test_add_func ("/measure-activity/cannot-keep", test_cannot_keep);
  return g_test_run ();
}
