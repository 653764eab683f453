/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/fit.h"

static void
test_id (void)
{
  g_assert_cmpstr (paddock_fit_get_id (PADDOCK_FIT_UNKNOWN), ==, "unknown");
  g_assert_cmpstr (paddock_fit_get_id (PADDOCK_FIT_GPU), ==, "fits-gpu");
  g_assert_cmpstr (paddock_fit_get_id (PADDOCK_FIT_MEMORY), ==, "fits-memory");
  g_assert_cmpstr (paddock_fit_get_id (PADDOCK_FIT_SPLIT), ==, "fits-split");
  g_assert_cmpstr (paddock_fit_get_id (PADDOCK_FIT_TIGHT), ==, "tight");
  g_assert_cmpstr (paddock_fit_get_id (PADDOCK_FIT_TOO_LARGE), ==, "too-large");
}

static void
test_strange (void)
{
  g_assert_cmpstr (paddock_fit_get_id ((PaddockFit) (PADDOCK_FIT_TOO_LARGE + 1)), ==, "unknown");
  g_assert_cmpstr (paddock_fit_get_id ((PaddockFit) -1), ==, "unknown");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fit/id", test_id);
  g_test_add_func ("/fit/strange", test_strange);
  return g_test_run ();
}
