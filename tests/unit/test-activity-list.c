/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "activity/activity-list.h"

#include "activity/activity-words.h"
#include "assert-finalize.h"

/* An activity that ends when the test says so; a hasty one as soon as it begins. */
struct _TestActivity
{
  PaddockActivity parent_instance;

  gboolean hasty;
};

#define TEST_TYPE_ACTIVITY (test_activity_get_type ())
G_DECLARE_FINAL_TYPE (TestActivity, test_activity, TEST, ACTIVITY, PaddockActivity)
G_DEFINE_FINAL_TYPE (TestActivity, test_activity, PADDOCK_TYPE_ACTIVITY)

static void
test_activity_start (PaddockActivity *activity)
{
  if (TEST_ACTIVITY (activity)->hasty)
    paddock_activity_end (activity, PADDOCK_ACTIVITY_FAILED, "Cannot begin");
}

static void
test_activity_class_init (TestActivityClass *klass)
{
  PADDOCK_ACTIVITY_CLASS (klass)->start = test_activity_start;
}

static void
test_activity_init (TestActivity *self)
{
}

/* One that takes only what the others leave. */
typedef struct
{
  PaddockActivity parent_instance;
} BackgroundActivity;

typedef PaddockActivityClass BackgroundActivityClass;

static GType background_activity_get_type (void);
G_DEFINE_FINAL_TYPE (BackgroundActivity, background_activity, PADDOCK_TYPE_ACTIVITY)

static void
background_activity_start (PaddockActivity *activity G_GNUC_UNUSED)
{
}

static char *
background_activity_dup_progress (PaddockActivity *activity G_GNUC_UNUSED)
{
  return g_strdup ("1 of 2");
}

static void
background_activity_class_init (BackgroundActivityClass *klass)
{
  klass->start = background_activity_start;
  klass->dup_progress = background_activity_dup_progress;
  klass->background = TRUE;
}

static void
background_activity_init (BackgroundActivity *self G_GNUC_UNUSED)
{
}

static PaddockActivity *
activity_new (const char *title)
{
  return g_object_new (TEST_TYPE_ACTIVITY, "title", title, "subtitle", "Test", NULL);
}

static void
count_up (guint *count)
{
  (*count)++;
}

static void
assert_status (PaddockActivity *activity, const char *expected)
{
  g_autofree char *status = paddock_activity_dup_status (activity);

  g_assert_cmpstr (status, ==, expected);
}

/* It waits for no turn, and nobody waits for its end. */
static void
test_background (void)
{
  g_autoptr (PaddockActivityList) list = paddock_activity_list_new (1);
  g_autoptr (PaddockActivity) first = activity_new ("First");
  g_autoptr (PaddockActivity) second = activity_new ("Second");
  g_autoptr (PaddockActivity) background = g_object_new (background_activity_get_type (), "title", "All", NULL);

  paddock_activity_list_add (list, first);
  paddock_activity_list_add (list, background);
  paddock_activity_list_add (list, second);
  g_assert_cmpint (paddock_activity_get_state (background), ==, PADDOCK_ACTIVITY_RUNNING);
  g_assert_cmpint (paddock_activity_get_state (second), ==, PADDOCK_ACTIVITY_WAITING);
  assert_status (background, "Starting…");
  paddock_activity_report (background, 1, 2);
  assert_status (background, "1 of 2");
  paddock_activity_end (first, PADDOCK_ACTIVITY_DONE, NULL);
  g_assert_cmpint (paddock_activity_get_state (second), ==, PADDOCK_ACTIVITY_RUNNING);
  paddock_activity_end (second, PADDOCK_ACTIVITY_DONE, NULL);
  paddock_activity_end (background, PADDOCK_ACTIVITY_DONE, NULL);
}

static void
test_life (void)
{
  PaddockActivity *activity = activity_new ("One");
  g_autofree char *end = NULL;
  guint states = 0;

  g_signal_connect_swapped (activity, "notify::state", G_CALLBACK (count_up), &states);
  g_assert_cmpint (paddock_activity_get_state (activity), ==, PADDOCK_ACTIVITY_WAITING);
  g_assert_cmpfloat (paddock_activity_get_fraction (activity), ==, 0);
  assert_status (activity, "Waiting for its turn");
  paddock_activity_start (activity);
  g_assert_cmpfloat (paddock_activity_get_fraction (activity), ==, -1);
  assert_status (activity, "Starting…");
  paddock_activity_report (activity, 250, 1000);
  g_assert_cmpfloat (paddock_activity_get_fraction (activity), ==, 0.25);
  g_assert_false (paddock_activity_is_over (activity));
  paddock_activity_end (activity, PADDOCK_ACTIVITY_DONE, "All is well");
  g_assert_true (paddock_activity_is_over (activity));
  g_assert_cmpfloat (paddock_activity_get_fraction (activity), ==, 1);
  assert_status (activity, "All is well");
  end = paddock_activity_words_dup_end (activity);
  g_assert_cmpstr (end, ==, "Test of One: All is well");
  g_assert_cmpuint (states, ==, 2);
  /* Nothing that comes late changes it. */
  paddock_activity_report (activity, 1, 1000);
  paddock_activity_stop (activity);
  assert_status (activity, "All is well");
  g_assert_cmpuint (states, ==, 2);
  test_assert_finalize (activity);
}

/* The work itself says when it has stopped. */
static void
test_stop (void)
{
  g_autoptr (PaddockActivity) activity = activity_new ("One");
  g_autoptr (PaddockActivity) waiting = activity_new ("Two");

  paddock_activity_stop (waiting);
  g_assert_cmpint (paddock_activity_get_state (waiting), ==, PADDOCK_ACTIVITY_STOPPED);
  paddock_activity_start (activity);
  paddock_activity_stop (activity);
  g_assert_true (g_cancellable_is_cancelled (paddock_activity_get_cancellable (activity)));
  g_assert_cmpint (paddock_activity_get_state (activity), ==, PADDOCK_ACTIVITY_RUNNING);
  assert_status (activity, "Stopping…");
  paddock_activity_end (activity, PADDOCK_ACTIVITY_STOPPED, NULL);
  assert_status (activity, "Stopped");
}

static void
assert_words (guint64 done, guint64 total, double rate, const char *expected)
{
  g_autofree char *text = paddock_activity_words_dup_progress (done, total, rate);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_words (void)
{
  assert_words (1000000000, 0, 0, "1.0 GB");
  assert_words (1000000000, 4000000000, 0, "1.0 GB of 4.0 GB");
  assert_words (1000000000, 4000000000, 1.5e9, "1.0 GB of 4.0 GB · 1.5 GB/s · 2 s left");
  assert_words (5, 4, 1000, "5 bytes of 4 bytes · 1.0 kB/s · 0 s left");
}

static void
test_turns (void)
{
  PaddockActivityList *list = paddock_activity_list_new (2);
  PaddockActivity *activities[4];
  guint changes = 0, ended = 0;

  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (count_up), &changes);
  g_signal_connect_swapped (list, "ended", G_CALLBACK (count_up), &ended);
  for (guint i = 0; i < G_N_ELEMENTS (activities); i++)
    {
      g_autoptr (PaddockActivity) first = NULL;

      activities[i] = activity_new ("One");
      paddock_activity_list_add (list, activities[i]);
      first = g_list_model_get_item (G_LIST_MODEL (list), 0);
      g_assert_true (first == activities[i]);
    }
  g_assert_cmpuint (changes, ==, 4);
  g_assert_cmpuint (paddock_activity_list_get_n_unfinished (list), ==, 4);
  g_assert_cmpint (paddock_activity_get_state (activities[1]), ==, PADDOCK_ACTIVITY_RUNNING);
  g_assert_cmpint (paddock_activity_get_state (activities[2]), ==, PADDOCK_ACTIVITY_WAITING);
  /* The oldest that waits is the next; one that was stopped while it waited never runs. */
  paddock_activity_stop (activities[2]);
  paddock_activity_end (activities[0], PADDOCK_ACTIVITY_DONE, NULL);
  g_assert_cmpint (paddock_activity_get_state (activities[2]), ==, PADDOCK_ACTIVITY_STOPPED);
  g_assert_cmpint (paddock_activity_get_state (activities[3]), ==, PADDOCK_ACTIVITY_RUNNING);
  g_assert_cmpuint (ended, ==, 2);
  paddock_activity_list_clear_finished (list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  g_assert_cmpuint (paddock_activity_list_get_n_unfinished (list), ==, 2);
  for (guint i = 1; i < G_N_ELEMENTS (activities); i += 2)
    paddock_activity_end (activities[i], PADDOCK_ACTIVITY_DONE, NULL);
  g_assert_cmpuint (paddock_activity_list_get_n_unfinished (list), ==, 0);
  test_assert_finalize (list);
  for (guint i = 0; i < G_N_ELEMENTS (activities); i++)
    test_assert_finalize (activities[i]);
}

static void
test_hasty (void)
{
  g_autoptr (PaddockActivityList) list = paddock_activity_list_new (1);
  g_autoptr (PaddockActivity) slow = activity_new ("Slow");
  g_autoptr (PaddockActivity) after = activity_new ("After");
  guint ended = 0;

  g_signal_connect_swapped (list, "ended", G_CALLBACK (count_up), &ended);
  paddock_activity_list_add (list, slow);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (PaddockActivity) hasty = activity_new ("Hasty");

      TEST_ACTIVITY (hasty)->hasty = TRUE;
      paddock_activity_list_add (list, hasty);
    }
  paddock_activity_list_add (list, after);
  g_assert_cmpuint (ended, ==, 0);
  paddock_activity_end (slow, PADDOCK_ACTIVITY_DONE, NULL);
  g_assert_cmpuint (ended, ==, 6);
  g_assert_cmpint (paddock_activity_get_state (after), ==, PADDOCK_ACTIVITY_RUNNING);
  paddock_activity_end (after, PADDOCK_ACTIVITY_DONE, NULL);
}

/* What ended does not make the whole go back; what is begun at rest is a new whole. */
static void
test_fraction (void)
{
  g_autoptr (PaddockActivityList) list = paddock_activity_list_new (2);
  g_autoptr (PaddockActivity) small = activity_new ("Small");
  g_autoptr (PaddockActivity) large = activity_new ("Large");
  g_autoptr (PaddockActivity) later = activity_new ("Later");

  g_assert_cmpfloat (paddock_activity_list_get_fraction (list), ==, -1);
  paddock_activity_report (small, 0, 100);
  paddock_activity_report (large, 0, 300);
  paddock_activity_list_add (list, small);
  paddock_activity_list_add (list, large);
  g_assert_cmpfloat (paddock_activity_list_get_fraction (list), ==, 0);
  paddock_activity_report (large, 100, 300);
  g_assert_cmpfloat (paddock_activity_list_get_fraction (list), ==, 0.25);
  paddock_activity_end (small, PADDOCK_ACTIVITY_DONE, NULL);
  g_assert_cmpfloat (paddock_activity_list_get_fraction (list), ==, 0.5);
  paddock_activity_end (large, PADDOCK_ACTIVITY_FAILED, NULL);
  g_assert_cmpfloat (paddock_activity_list_get_fraction (list), ==, 1);
  paddock_activity_report (later, 0, 50);
  paddock_activity_list_add (list, later);
  g_assert_cmpfloat (paddock_activity_list_get_fraction (list), ==, 0);
  paddock_activity_end (later, PADDOCK_ACTIVITY_DONE, NULL);
}

static void
test_stop_all (void)
{
  g_autoptr (PaddockActivityList) list = paddock_activity_list_new (1);
  g_autoptr (PaddockActivity) running = activity_new ("Running");
  g_autoptr (PaddockActivity) waiting = activity_new ("Waiting");

  paddock_activity_list_add (list, running);
  paddock_activity_list_add (list, waiting);
  paddock_activity_list_stop_all (list);
  g_assert_true (g_cancellable_is_cancelled (paddock_activity_get_cancellable (running)));
  g_assert_cmpint (paddock_activity_get_state (waiting), ==, PADDOCK_ACTIVITY_STOPPED);
  g_assert_cmpuint (paddock_activity_list_get_n_unfinished (list), ==, 1);
  paddock_activity_end (running, PADDOCK_ACTIVITY_STOPPED, NULL);
  g_assert_cmpuint (paddock_activity_list_get_n_unfinished (list), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/activity/life", test_life);
  g_test_add_func ("/activity/background", test_background);
  g_test_add_func ("/activity/stop", test_stop);
  g_test_add_func ("/activity/words", test_words);
  g_test_add_func ("/activity-list/turns", test_turns);
  g_test_add_func ("/activity-list/hasty", test_hasty);
  g_test_add_func ("/activity-list/fraction", test_fraction);
  g_test_add_func ("/activity-list/stop-all", test_stop_all);
  return g_test_run ();
}
