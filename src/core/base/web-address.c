/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/web-address.h"

/* As libsoup reads them. What had to be percent-encoded stays so, for it may be signed. */
#define FLAGS                                                                                                                \
  (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_ENCODED_FRAGMENT |           \
   G_URI_FLAGS_SCHEME_NORMALIZE | G_URI_FLAGS_PARSE_RELAXED)

/* After "host;more" the rest is read as a path, which GLib itself refuses to write again. */
static gboolean
has_root (GUri *uri)
{
  const char *path = g_uri_get_path (uri);

  return *path == '\0' || *path == '/';
}

static gboolean
has_server (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  return host != NULL && *host != '\0';
}

static gboolean
is_web (GUri *uri)
{
  return g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http");
}

/**
 * paddock_web_address_parse:
 * @text: what somebody wrote
 * @base: (nullable): what it is relative to
 *
 * Returns: (transfer full) (nullable): the address
 */
GUri *
paddock_web_address_parse (const char *text, GUri *base)
{
  g_autoptr (GUri) uri = g_uri_parse_relative (base, text, FLAGS, NULL);

  return uri != NULL && is_web (uri) && has_server (uri) && has_root (uri) ? g_steal_pointer (&uri) : NULL;
}
