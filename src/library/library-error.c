/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-error.h"

#include <errno.h>

G_DEFINE_QUARK (paddock-library-error-quark, paddock_library_error)

static PaddockLibraryError
code_of (int number)
{
  static const struct
  {
    int number;
    PaddockLibraryError code;
  } codes[] = {
    { ENOENT, PADDOCK_LIBRARY_ERROR_NOT_FOUND },     { ENOTDIR, PADDOCK_LIBRARY_ERROR_NOT_FOUND },
    { EEXIST, PADDOCK_LIBRARY_ERROR_EXISTS },        { ENOTEMPTY, PADDOCK_LIBRARY_ERROR_EXISTS },
    { ENOSPC, PADDOCK_LIBRARY_ERROR_NO_SPACE },      { EDQUOT, PADDOCK_LIBRARY_ERROR_NO_SPACE },
    { EFBIG, PADDOCK_LIBRARY_ERROR_NO_SPACE },       { EACCES, PADDOCK_LIBRARY_ERROR_PERMISSION },
    { EPERM, PADDOCK_LIBRARY_ERROR_PERMISSION },     { EROFS, PADDOCK_LIBRARY_ERROR_READ_ONLY },
    { ENAMETOOLONG, PADDOCK_LIBRARY_ERROR_INVALID }, { ELOOP, PADDOCK_LIBRARY_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].number == number)
      return codes[i].code;
  return PADDOCK_LIBRARY_ERROR_FAILED;
}

/**
 * paddock_library_error_set_errno:
 * @error: a return location
 * @number: what the system said
 * @what: what could not be done, such as "cannot read"
 * @path: to what
 *
 * Returns: %FALSE, to be returned at once
 */
gboolean
paddock_library_error_set_errno (GError **error, int number, const char *what, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, PADDOCK_LIBRARY_ERROR, code_of (number), "%s %s: %s", what, name, g_strerror (number));
  return FALSE;
}
