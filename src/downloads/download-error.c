/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-error.h"

#include "base/network-problem.h"

#include <errno.h>

G_DEFINE_QUARK (paddock - download - error, paddock_download_error)

static PaddockDownloadError
find_code (int number)
{
  static const struct
  {
    int number;
    PaddockDownloadError code;
  } codes[] = {
    { ENOSPC, PADDOCK_DOWNLOAD_ERROR_NO_SPACE },  { EDQUOT, PADDOCK_DOWNLOAD_ERROR_NO_SPACE },
    { EFBIG, PADDOCK_DOWNLOAD_ERROR_TOO_LARGE },  { EACCES, PADDOCK_DOWNLOAD_ERROR_PERMISSION },
    { EPERM, PADDOCK_DOWNLOAD_ERROR_PERMISSION }, { EROFS, PADDOCK_DOWNLOAD_ERROR_PERMISSION },
    { EEXIST, PADDOCK_DOWNLOAD_ERROR_EXISTS },    { EWOULDBLOCK, PADDOCK_DOWNLOAD_ERROR_LOCKED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].number == number)
      return codes[i].code;
  return PADDOCK_DOWNLOAD_ERROR_DISK;
}

/**
 * paddock_download_error_set_errno:
 * @error: return location for an error
 * @number: errno
 * @doing: what could not be done, as in "cannot write"
 * @path: (type filename): to what
 *
 * Returns: %FALSE
 */
gboolean
paddock_download_error_set_errno (GError **error, int number, const char *doing, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, PADDOCK_DOWNLOAD_ERROR, find_code (number), "%s %s: %s", doing, name, g_strerror (number));
  return FALSE;
}

/**
 * paddock_download_error_translate:
 * @error: return location for an error
 * @problem: (transfer full): of a connection
 *
 * Being cancelled, and what has a code of ours already, stays what it is.
 */
void
paddock_download_error_translate (GError **error, GError *problem)
{
  static const PaddockDownloadError codes[] = {
    [PADDOCK_NETWORK_PROBLEM_CONNECTION] = PADDOCK_DOWNLOAD_ERROR_CONNECTION,
    [PADDOCK_NETWORK_PROBLEM_OFFLINE] = PADDOCK_DOWNLOAD_ERROR_OFFLINE,
    [PADDOCK_NETWORK_PROBLEM_HOST] = PADDOCK_DOWNLOAD_ERROR_HOST,
    [PADDOCK_NETWORK_PROBLEM_TLS] = PADDOCK_DOWNLOAD_ERROR_TLS,
  };

  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED) || problem->domain == PADDOCK_DOWNLOAD_ERROR)
    {
      g_propagate_error (error, problem);
      return;
    }
  g_set_error_literal (error, PADDOCK_DOWNLOAD_ERROR, codes[paddock_network_problem_find (problem)],
                       problem->message);
  g_error_free (problem);
}

/**
 * paddock_download_error_passes:
 * @error: of a transfer
 *
 * Returns: whether trying again makes sense
 */
gboolean
paddock_download_error_passes (const GError *error)
{
  if (error->domain != PADDOCK_DOWNLOAD_ERROR)
    return FALSE;
  switch ((PaddockDownloadError) error->code)
    {
    case PADDOCK_DOWNLOAD_ERROR_OFFLINE:
    case PADDOCK_DOWNLOAD_ERROR_HOST:
    case PADDOCK_DOWNLOAD_ERROR_CONNECTION:
    case PADDOCK_DOWNLOAD_ERROR_BUSY:
    case PADDOCK_DOWNLOAD_ERROR_SERVER:
    case PADDOCK_DOWNLOAD_ERROR_PROTOCOL:
      return TRUE;
    default:
      return FALSE;
    }
}
