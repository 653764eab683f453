/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/web-address.h"

/* NULL: it is no address. */
static char *
dup_read (const char *text, const char *base_text)
{
  g_autoptr (GUri) base = base_text != NULL ? paddock_web_address_parse (base_text, NULL) : NULL;
  g_autoptr (GUri) uri = paddock_web_address_parse (text, base);

  return uri != NULL ? g_uri_to_string (uri) : NULL;
}

static void
assert_read (const char *text, const char *base, const char *expected)
{
  g_autofree char *found = dup_read (text, base);

  g_assert_cmpstr (found, ==, expected);
}

/* What is signed comes out as it went in. */
static void
test_whole (void)
{
  assert_read ("https://hub.example/a/b?c=%2F&d=%20e#f", NULL, "https://hub.example/a/b?c=%2F&d=%20e#f");
  assert_read ("http://hub.example:8080/%C3%A4%2Fb", NULL, "http://hub.example:8080/%C3%A4%2Fb");
  assert_read ("HTTPS://hub.example", NULL, "https://hub.example/");
  assert_read ("https://[::1]:8443/a", NULL, "https://[::1]:8443/a");
}

static void
test_relative (void)
{
  assert_read ("/c?d", "https://hub.example/a/b?e", "https://hub.example/c?d");
  assert_read ("c", "https://hub.example/a/b", "https://hub.example/a/c");
  assert_read ("../c", "https://hub.example/a/b/", "https://hub.example/a/c");
  assert_read ("//cdn.example/c", "https://hub.example/a", "https://cdn.example/c");
  assert_read ("http://other.example/", "https://hub.example/a", "http://other.example/");
  assert_read ("/c", NULL, NULL);
}

/* Nothing of these may be asked for, nor be written down as an address. */
static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    "nowhere",
    "ftp://hub.example/a",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https:",
    "https://",
    "https:///a",
    "https:a",
    "https://:80/a",
    "https://hub.example;more",
    "https://hub.example;more/a",
    "https://name@hub.example;more",
    "https://[::1/a",
    "https://hub.example:port/a",
    "https://hub.example:99999/a",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_read (texts[i], NULL, NULL);
  assert_read ("//hub.example;more", "https://hub.example/a", NULL);
  assert_read ("file:///etc/passwd", "https://hub.example/a", NULL);
  assert_read ("///a", "https://hub.example/a", NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/web-address/whole", test_whole);
  g_test_add_func ("/web-address/relative", test_relative);
  g_test_add_func ("/web-address/refused", test_refused);
  return g_test_run ();
}
