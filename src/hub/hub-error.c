/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-error.h"

#include "base/network-problem.h"

G_DEFINE_QUARK (paddock - hub - error, paddock_hub_error)

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
  static const PaddockHubError codes[] = {
    [PADDOCK_NETWORK_PROBLEM_CONNECTION] = PADDOCK_HUB_ERROR_CONNECTION,
    [PADDOCK_NETWORK_PROBLEM_OFFLINE] = PADDOCK_HUB_ERROR_OFFLINE,
    [PADDOCK_NETWORK_PROBLEM_HOST] = PADDOCK_HUB_ERROR_HOST,
    [PADDOCK_NETWORK_PROBLEM_TLS] = PADDOCK_HUB_ERROR_TLS,
  };

  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED) || problem->domain == PADDOCK_HUB_ERROR)
    {
      g_propagate_error (error, problem);
      return;
    }
  g_set_error_literal (error, PADDOCK_HUB_ERROR, codes[paddock_network_problem_find (problem)], problem->message);
  g_error_free (problem);
}
