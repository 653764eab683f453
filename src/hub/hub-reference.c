/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-reference.h"

#include <string.h>

#define MAX_NAME 96

/* Names by which the one hub is known, besides where it is configured to be. */
static const char *const hosts[] = { "huggingface.co", "www.huggingface.co", "hf.co" };
/* The words of its pages between a repository and a revision. */
static const char *const views[] = { "blob", "resolve", "tree", "raw", "commit" };

/**
 * paddock_hub_reference_free:
 * @self: (transfer full): a reference
 */
void
paddock_hub_reference_free (PaddockHubReference *self)
{
  g_free (self->id);
  g_free (self->revision);
  g_free (self->path);
  g_free (self->quantization);
  g_free (self);
}

static gboolean
is_name (const char *text, gsize length)
{
  if (length == 0 || length > MAX_NAME || text[0] == '-' || text[0] == '.' || text[length - 1] == '-' || text[length - 1] == '.')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("-_.", text[i]) == NULL)
      return FALSE;
  return g_strstr_len (text, (gssize) length, "..") == NULL && g_strstr_len (text, (gssize) length, "--") == NULL;
}

/**
 * paddock_hub_reference_is_id:
 * @text: a text
 *
 * Returns: whether it is "owner/name"
 */
gboolean
paddock_hub_reference_is_id (const char *text)
{
  const char *slash = strchr (text, '/');

  return slash != NULL && is_name (text, (gsize) (slash - text)) && is_name (slash + 1, strlen (slash + 1));
}

/**
 * paddock_hub_reference_is_path:
 * @path: a text
 *
 * Returns: whether a file of a repository can have that path, and nothing outside of it
 */
gboolean
paddock_hub_reference_is_path (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] == '\0' || g_str_equal (parts[i], ".") || g_str_equal (parts[i], ".."))
      return FALSE;
  for (const char *at = path; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      return FALSE;
  return *path != '\0' && g_utf8_validate (path, -1, NULL);
}

/* What follows "owner/name/": "tree/REVISION/path" on the hub's pages, or a path alone. */
static gboolean
take_rest (PaddockHubReference *self, const char *rest, gboolean is_address)
{
  const char *slash = strchr (rest, '/');
  g_autofree char *view = slash != NULL ? g_strndup (rest, (gsize) (slash - rest)) : g_strdup (rest);
  const char *revision_end;
  gboolean known = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    known = known || g_str_equal (view, views[i]);
  if (is_address && (!known || slash == NULL))
    return *rest == '\0' || (!known && slash == NULL); /* its other pages mean the repository */
  if (!is_address || !known)
    {
      self->path = g_uri_unescape_string (rest, NULL);
      return self->path != NULL && paddock_hub_reference_is_path (self->path);
    }
  revision_end = strchr (slash + 1, '/');
  self->revision = g_uri_unescape_segment (slash + 1, revision_end, NULL);
  if (self->revision == NULL || *self->revision == '\0')
    return FALSE;
  if (revision_end == NULL || revision_end[1] == '\0' || g_str_equal (view, "tree") || g_str_equal (view, "commit"))
    return TRUE;
  self->path = g_uri_unescape_string (revision_end + 1, NULL);
  return self->path != NULL && paddock_hub_reference_is_path (self->path);
}

/* "name", "name:QUANT", "name@revision" and both. */
static gboolean
take_name (PaddockHubReference *self, const char *owner, const char *text)
{
  gsize length = strcspn (text, ":@");
  g_autofree char *name = g_strndup (text, length);
  const char *at = text + length;

  self->id = g_strconcat (owner, "/", name, NULL);
  if (*at == '@')
    {
      gsize revision = strcspn (at + 1, ":");

      self->revision = g_strndup (at + 1, revision);
      at += 1 + revision;
    }
  if (*at == ':')
    self->quantization = g_strdup (at + 1);
  return paddock_hub_reference_is_id (self->id) && g_strcmp0 (self->revision, "") != 0 &&
         (self->quantization == NULL || is_name (self->quantization, strlen (self->quantization)));
}

static PaddockHubReference *
parse_path (const char *text, gboolean is_address)
{
  g_autoptr (PaddockHubReference) self = g_new0 (PaddockHubReference, 1);
  g_auto (GStrv) parts = g_strsplit (text, "/", 3);
  guint count = g_strv_length (parts);

  if (count < 2 || !take_name (self, parts[0], parts[1]) || (count == 3 && !take_rest (self, parts[2], is_address)))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
is_host (const char *host, const char *endpoint)
{
  g_autoptr (GUri) uri = g_uri_parse (endpoint, G_URI_FLAGS_NONE, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    if (g_ascii_strcasecmp (host, hosts[i]) == 0)
      return TRUE;
  return uri != NULL && g_uri_get_host (uri) != NULL && g_ascii_strcasecmp (host, g_uri_get_host (uri)) == 0;
}

/**
 * paddock_hub_reference_parse:
 * @text: what a person wrote, pasted or dropped
 * @endpoint: where the hub is
 *
 * Returns: (transfer full) (nullable): what it means
 */
PaddockHubReference *
paddock_hub_reference_parse (const char *text, const char *endpoint)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  gsize length = strlen (trimmed);

  while (length > 0 && trimmed[length - 1] == '/')
    trimmed[--length] = '\0';
  if (g_str_has_prefix (trimmed, "hf://"))
    return parse_path (trimmed + strlen ("hf://"), FALSE);
  if (g_str_has_prefix (trimmed, "http://") || g_str_has_prefix (trimmed, "https://"))
    {
      g_autoptr (GUri) uri = g_uri_parse (trimmed, G_URI_FLAGS_ENCODED_PATH, NULL);

      return uri != NULL && g_uri_get_host (uri) != NULL && is_host (g_uri_get_host (uri), endpoint) && *g_uri_get_path (uri) == '/'
                 ? parse_path (g_uri_get_path (uri) + 1, TRUE)
                 : NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    if (g_str_has_prefix (trimmed, hosts[i]) && trimmed[strlen (hosts[i])] == '/')
      return parse_path (trimmed + strlen (hosts[i]) + 1, TRUE);
  return parse_path (trimmed, FALSE);
}

/**
 * paddock_hub_reference_build_resolve:
 * @id: a repository
 * @revision: of it
 * @path: of a file in it
 *
 * Returns: (transfer full): where its bytes are asked for, without the server
 */
char *
paddock_hub_reference_build_resolve (const char *id, const char *revision, const char *path)
{
  g_autofree char *revision_text = g_uri_escape_string (revision, NULL, FALSE);
  g_autofree char *path_text = g_uri_escape_string (path, "/", FALSE);

  return g_strdup_printf ("/%s/resolve/%s/%s", id, revision_text, path_text);
}
