/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/web-trust.h"

#include <gio/gio.h>

/**
 * paddock_web_trust_set_up:
 * @uri: where to
 * @error: return location for an error
 *
 * It holds for the whole program: a connection that is given other authorities reads all those of the system first.
 *
 * Returns: whether the connection may be made
 */
gboolean
paddock_web_trust_set_up (GUri *uri, GError **error)
{
  static GMutex lock;
  static gboolean done = FALSE;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  const char *path = g_getenv ("SSL_CERT_FILE");
  g_autoptr (GTlsDatabase) database = NULL;

  if (done || path == NULL || !g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  database = g_tls_file_database_new (path, error);
  if (database == NULL)
    return FALSE;
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  done = TRUE;
  return TRUE;
}
