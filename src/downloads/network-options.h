/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the network is reached. The string is borrowed. */
typedef struct
{
  const char *proxy;   /* NULL: what the system says; "": none */
  guint stall_seconds; /* without a byte: then the connection counts as dead; 0: the default */
} PaddockNetworkOptions;

#define PADDOCK_NETWORK_STALL_SECONDS 30

G_END_DECLS
