/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/network-problem.h"

/**
 * paddock_network_problem_find:
 * @error: of a connection
 *
 * Returns: what kind of failure it is
 */
PaddockNetworkProblem
paddock_network_problem_find (const GError *error)
{
  /* A connection that ends without saying so is no lie about who it is. */
  if (error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_EOF)
    return PADDOCK_NETWORK_PROBLEM_TLS;
  if (error->domain == G_RESOLVER_ERROR)
    return error->code == G_RESOLVER_ERROR_NOT_FOUND ? PADDOCK_NETWORK_PROBLEM_HOST : PADDOCK_NETWORK_PROBLEM_OFFLINE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    return PADDOCK_NETWORK_PROBLEM_OFFLINE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND))
    return PADDOCK_NETWORK_PROBLEM_HOST;
  return PADDOCK_NETWORK_PROBLEM_CONNECTION;
}
