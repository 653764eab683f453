/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web-server.h"

SoupServer *
test_web_server_start (const char *host, SoupServerCallback callback, gpointer user_data, char **address)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  soup_server_add_handler (server, NULL, callback, user_data, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  *address = g_strdup_printf ("http://%s:%d", host, g_uri_get_port (uris->data));
  return server;
}

void
test_web_server_stop (SoupServer *server)
{
  soup_server_disconnect (server);
  g_object_unref (server);
}
