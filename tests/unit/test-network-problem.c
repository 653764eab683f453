/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/network-problem.h"

static void
test_codes (void)
{
  const struct
  {
    GQuark domain;
    int code;
    PaddockNetworkProblem problem;
  } cases[] = {
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, PADDOCK_NETWORK_PROBLEM_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, PADDOCK_NETWORK_PROBLEM_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND, PADDOCK_NETWORK_PROBLEM_HOST },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, PADDOCK_NETWORK_PROBLEM_CONNECTION },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, PADDOCK_NETWORK_PROBLEM_CONNECTION },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, PADDOCK_NETWORK_PROBLEM_HOST },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, PADDOCK_NETWORK_PROBLEM_OFFLINE },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, PADDOCK_NETWORK_PROBLEM_TLS },
    { G_TLS_ERROR, G_TLS_ERROR_EOF, PADDOCK_NETWORK_PROBLEM_CONNECTION },
    { G_FILE_ERROR, G_FILE_ERROR_NOENT, PADDOCK_NETWORK_PROBLEM_CONNECTION },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (cases[i].domain, cases[i].code, "it failed");

      g_assert_cmpint (paddock_network_problem_find (error), ==, cases[i].problem);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/network-problem/codes", test_codes);
  return g_test_run ();
}
