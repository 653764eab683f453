/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A server of this process on a port of its own, whose questions the callback answers. host: a name of this computer, for
   its address, which has no slash at its end. */
SoupServer *test_web_server_start (const char *host, SoupServerCallback callback, gpointer user_data, char **address);
/* Hangs up on everybody, and is gone. */
void test_web_server_stop (SoupServer *server);

G_END_DECLS
