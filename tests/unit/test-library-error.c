/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-error.h"

#include <errno.h>
#include <string.h>

static void
test_codes (void)
{
  static const struct
  {
    int number;
    PaddockLibraryError code;
  } cases[] = {
    { ENOENT, PADDOCK_LIBRARY_ERROR_NOT_FOUND },  { ENOTDIR, PADDOCK_LIBRARY_ERROR_NOT_FOUND },
    { EEXIST, PADDOCK_LIBRARY_ERROR_EXISTS },     { ENOSPC, PADDOCK_LIBRARY_ERROR_NO_SPACE },
    { EDQUOT, PADDOCK_LIBRARY_ERROR_NO_SPACE },   { EACCES, PADDOCK_LIBRARY_ERROR_PERMISSION },
    { EROFS, PADDOCK_LIBRARY_ERROR_READ_ONLY },   { ELOOP, PADDOCK_LIBRARY_ERROR_INVALID },
    { EIO, PADDOCK_LIBRARY_ERROR_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (paddock_library_error_set_errno (&error, cases[i].number, "cannot do", "/a/path"));
      g_assert_error (error, PADDOCK_LIBRARY_ERROR, (int) cases[i].code);
      g_assert_true (g_str_has_prefix (error->message, "cannot do /a/path: "));
    }
}

/* A path is bytes; what is told of it is text. */
static void
test_odd_path (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (paddock_library_error_set_errno (&error, ENOENT, "cannot do", "/\xff"));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_false (paddock_library_error_set_errno (NULL, ENOENT, "cannot do", "/"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/library-error/codes", test_codes);
  g_test_add_func ("/library-error/odd-path", test_odd_path);
  return g_test_run ();
}
