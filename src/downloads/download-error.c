/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-error.h"

#include "base/network-problem.h"

#include <errno.h>

G_DEFINE_QUARK (paddock - download - error, paddock_download_error)

static const char *const names[] = {
  [PADDOCK_DOWNLOAD_ERROR_INVALID] = "invalid",
  [PADDOCK_DOWNLOAD_ERROR_OFFLINE] = "offline",
  [PADDOCK_DOWNLOAD_ERROR_HOST] = "host",
  [PADDOCK_DOWNLOAD_ERROR_CONNECTION] = "connection",
  [PADDOCK_DOWNLOAD_ERROR_TLS] = "tls",
  [PADDOCK_DOWNLOAD_ERROR_TOKEN] = "token",
  [PADDOCK_DOWNLOAD_ERROR_GATED] = "gated",
  [PADDOCK_DOWNLOAD_ERROR_DENIED] = "denied",
  [PADDOCK_DOWNLOAD_ERROR_NOT_FOUND] = "not_found",
  [PADDOCK_DOWNLOAD_ERROR_GONE] = "gone",
  [PADDOCK_DOWNLOAD_ERROR_BUSY] = "busy",
  [PADDOCK_DOWNLOAD_ERROR_SERVER] = "server",
  [PADDOCK_DOWNLOAD_ERROR_PROTOCOL] = "protocol",
  [PADDOCK_DOWNLOAD_ERROR_CHANGED] = "changed",
  [PADDOCK_DOWNLOAD_ERROR_NOT_A_MODEL] = "not_a_model",
  [PADDOCK_DOWNLOAD_ERROR_CHECKSUM] = "checksum",
  [PADDOCK_DOWNLOAD_ERROR_NO_SPACE] = "no_space",
  [PADDOCK_DOWNLOAD_ERROR_TOO_LARGE] = "too_large",
  [PADDOCK_DOWNLOAD_ERROR_PERMISSION] = "permission",
  [PADDOCK_DOWNLOAD_ERROR_EXISTS] = "exists",
  [PADDOCK_DOWNLOAD_ERROR_LOCKED] = "locked",
  [PADDOCK_DOWNLOAD_ERROR_DISK] = "disk",
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == PADDOCK_DOWNLOAD_ERROR_DISK + 1);

const char *
paddock_download_error_get_name (PaddockDownloadError code)
{
  return names[code];
}

gboolean
paddock_download_error_find_name (const char *name, PaddockDownloadError *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      {
        *code = (PaddockDownloadError) i;
        return TRUE;
      }
  return FALSE;
}

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
