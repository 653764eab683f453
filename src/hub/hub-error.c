/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-error.h"

G_DEFINE_QUARK (paddock - hub - error, paddock_hub_error)

static PaddockHubError
find_code (const GError *problem)
{
  if (problem->domain == G_TLS_ERROR && problem->code != G_TLS_ERROR_EOF)
    return PADDOCK_HUB_ERROR_TLS;
  if (problem->domain == G_RESOLVER_ERROR)
    return problem->code == G_RESOLVER_ERROR_NOT_FOUND ? PADDOCK_HUB_ERROR_HOST : PADDOCK_HUB_ERROR_OFFLINE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
      g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    return PADDOCK_HUB_ERROR_OFFLINE;
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND))
    return PADDOCK_HUB_ERROR_HOST;
  return PADDOCK_HUB_ERROR_CONNECTION;
}

/**
 * paddock_hub_error_translate:
 * @error: return location for an error
 * @problem: (transfer full): of a connection
 *
 * Being cancelled, and what has a code of ours already, stays what it is.
 */
void
paddock_hub_error_translate (GError **error, GError *problem)
{
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED) || problem->domain == PADDOCK_HUB_ERROR)
    {
      g_propagate_error (error, problem);
      return;
    }
  g_set_error_literal (error, PADDOCK_HUB_ERROR, find_code (problem), problem->message);
  g_error_free (problem);
}
