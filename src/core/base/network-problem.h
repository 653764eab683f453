/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Why a connection failed, by what a person can do about it. */
typedef enum
{
  PADDOCK_NETWORK_PROBLEM_CONNECTION, /* the server does not answer, or hangs up */
  PADDOCK_NETWORK_PROBLEM_OFFLINE,    /* there is no network */
  PADDOCK_NETWORK_PROBLEM_HOST,       /* nobody knows the server's name */
  PADDOCK_NETWORK_PROBLEM_TLS         /* it cannot prove who it is */
} PaddockNetworkProblem;

/* Of what GIO said. */
PaddockNetworkProblem
paddock_network_problem_find (const GError *error);

G_END_DECLS
