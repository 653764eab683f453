/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/web-origin.h"

static gboolean
compare (const char *first, const char *second)
{
  g_autoptr (GUri) a = g_uri_parse (first, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  g_autoptr (GUri) b = g_uri_parse (second, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);

  g_assert_true (paddock_web_origin_is_same (b, a) == paddock_web_origin_is_same (a, b));
  return paddock_web_origin_is_same (a, b);
}

static void
test_same (void)
{
  g_assert_true (compare ("https://hub.example/a", "https://HUB.example/b?c#d"));
  g_assert_true (compare ("https://hub.example/a", "https://hub.example:443/a"));
  g_assert_false (compare ("https://hub.example/a", "http://hub.example/a"));
  g_assert_false (compare ("https://hub.example/a", "https://hub.example:8443/a"));
  g_assert_false (compare ("https://hub.example/a", "https://cdn.hub.example/a"));
  g_assert_false (compare ("https://hub.example/a", "https://hub.example.evil.example/a"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/web-origin/same", test_same);
  return g_test_run ();
}
