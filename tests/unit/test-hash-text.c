/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hash-text.h"

#define DIGITS "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789ABCDEF"

static void
test_whole (void)
{
  g_assert_true (paddock_hash_text_is_sha256 (DIGITS));
  g_assert_false (paddock_hash_text_is_sha256 (NULL));
  g_assert_false (paddock_hash_text_is_sha256 (""));
  g_assert_false (paddock_hash_text_is_sha256 (&DIGITS[1]));
  g_assert_false (paddock_hash_text_is_sha256 (DIGITS "0"));
  g_assert_false (paddock_hash_text_is_sha256 (DIGITS " "));
  g_assert_false (paddock_hash_text_is_sha256 ("****************************************************************"));
}

static void
test_beginning (void)
{
  g_assert_true (paddock_hash_text_begins_with_sha256 (DIGITS));
  g_assert_true (paddock_hash_text_begins_with_sha256 (DIGITS "  model.gguf"));
  /* Of a longer hash, it is a part. */
  g_assert_false (paddock_hash_text_begins_with_sha256 (DIGITS DIGITS));
  g_assert_false (paddock_hash_text_begins_with_sha256 (" " DIGITS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hash-text/whole", test_whole);
  g_test_add_func ("/hash-text/beginning", test_beginning);
  return g_test_run ();
}
