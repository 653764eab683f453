/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/problem-words.h"

#include <string.h>

#include "library-error.h"

#define SAYS "cannot write /a/path: so it is"

static char *
describe (GQuark domain, int code)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, SAYS);

  return paddock_problem_words_dup (error);
}

/* Each code has words of its own, and none those of the library; only where the code says nothing they are added. */
static void
test_codes (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = 0; code <= PADDOCK_LIBRARY_ERROR_DIFFERENT; code++)
    {
      char *reason = describe (PADDOCK_LIBRARY_ERROR, code);

      g_assert_cmpstr (reason, !=, SAYS);
      g_assert_true (g_ascii_isupper (*reason));
      g_assert_false (g_str_has_suffix (reason, "."));
      g_assert_true ((strstr (reason, SAYS) != NULL) == (code == PADDOCK_LIBRARY_ERROR_FAILED));
      g_assert_true (g_hash_table_add (seen, reason));
    }
}

/* GIO's codes for the same are told alike. */
static void
test_system (void)
{
  static const struct
  {
    GIOErrorEnum system;
    PaddockLibraryError code;
  } cases[] = {
    { G_IO_ERROR_NOT_FOUND, PADDOCK_LIBRARY_ERROR_NOT_FOUND },
    { G_IO_ERROR_EXISTS, PADDOCK_LIBRARY_ERROR_EXISTS },
    { G_IO_ERROR_NO_SPACE, PADDOCK_LIBRARY_ERROR_NO_SPACE },
    { G_IO_ERROR_PERMISSION_DENIED, PADDOCK_LIBRARY_ERROR_PERMISSION },
    { G_IO_ERROR_READ_ONLY, PADDOCK_LIBRARY_ERROR_READ_ONLY },
    { G_IO_ERROR_FILENAME_TOO_LONG, PADDOCK_LIBRARY_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *ours = describe (PADDOCK_LIBRARY_ERROR, cases[i].code);
      g_autofree char *theirs = describe (G_IO_ERROR, cases[i].system);

      g_assert_cmpstr (ours, ==, theirs);
    }
}

/* What nobody has words for is told as it came, on one line. */
static void
test_other (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "something\nelse");
  g_autofree char *reason = paddock_problem_words_dup (error);
  g_autofree char *none = describe (PADDOCK_LIBRARY_ERROR, 1000);

  g_assert_true (g_str_has_prefix (reason, "something"));
  g_assert_null (strchr (reason, '\n'));
  g_assert_cmpstr (none, ==, SAYS);
}

static void
test_failure (void)
{
  g_autoptr (GError) error =
    g_error_new_literal (PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND, "cannot read /a/path: so it is");
  g_autofree char *text = paddock_problem_words_dup_failure ("The folder was not added", error);

  g_assert_cmpstr (text, ==, "The folder was not added: It is not there");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/problem-words/codes", test_codes);
  g_test_add_func ("/problem-words/system", test_system);
  g_test_add_func ("/problem-words/other", test_other);
  g_test_add_func ("/problem-words/failure", test_failure);
  return g_test_run ();
}
