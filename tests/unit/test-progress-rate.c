/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/progress-rate.h"

static void
test_rate (void)
{
  PaddockProgressRate rate = { 0 };
  const gint64 start = 1000 * G_USEC_PER_SEC;

  g_assert_cmpfloat (paddock_progress_rate_get (&rate), ==, 0);
  for (guint i = 0; i <= 9; i++)
    paddock_progress_rate_add (&rate, 100 * i, start + i * (G_USEC_PER_SEC / 10));
  g_assert_cmpfloat (paddock_progress_rate_get (&rate), ==, 0);
  paddock_progress_rate_add (&rate, 1000, start + G_USEC_PER_SEC);
  g_assert_cmpfloat_with_epsilon (paddock_progress_rate_get (&rate), 1000, 1);
  /* What is told twice in a moment says nothing about the rate. */
  paddock_progress_rate_add (&rate, 900000, start + G_USEC_PER_SEC + 1000);
  g_assert_cmpfloat_with_epsilon (paddock_progress_rate_get (&rate), 1000, 1);
  /* A disk that becomes slow: half way there after two seconds, all the way in the end. */
  for (guint i = 1; i <= 60; i++)
    {
      paddock_progress_rate_add (&rate, 1000 + 10 * i, start + G_USEC_PER_SEC + i * (gint64) G_USEC_PER_SEC);
      if (i == 2)
        g_assert_cmpfloat_with_epsilon (paddock_progress_rate_get (&rate), 500, 100);
    }
  g_assert_cmpfloat_with_epsilon (paddock_progress_rate_get (&rate), 10, 1);
  /* What stands still is soon told as that. */
  for (guint i = 61; i <= 90; i++)
    paddock_progress_rate_add (&rate, 1600, start + G_USEC_PER_SEC + i * (gint64) G_USEC_PER_SEC);
  g_assert_cmpfloat_with_epsilon (paddock_progress_rate_get (&rate), 0, 0.1);
  /* Back to the start: it is another piece of work. */
  paddock_progress_rate_add (&rate, 0, start + 100 * (gint64) G_USEC_PER_SEC);
  g_assert_cmpfloat (paddock_progress_rate_get (&rate), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/progress-rate/follows", test_rate);
  return g_test_run ();
}
