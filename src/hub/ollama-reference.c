/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ollama-reference.h"

#include <string.h>

#define SCHEME "ollama://"
#define USUAL_OWNER "library"
#define USUAL_TAG "latest"
#define MAX_NAME 128

static const char *const pages[] = { "https://ollama.com/", "http://ollama.com/",  "https://www.ollama.com/",
                                     "ollama.com/",         "registry.ollama.ai/", "https://registry.ollama.ai/" };

/**
 * paddock_ollama_reference_free:
 * @self: (transfer full): a reference
 */
void
paddock_ollama_reference_free (PaddockOllamaReference *self)
{
  g_free (self->owner);
  g_free (self->name);
  g_free (self->tag);
  g_free (self);
}

/* It becomes a part of an address, and of a path on this computer. */
static gboolean
is_name (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_NAME || !g_ascii_isalnum (*text) || strstr (text, "..") != NULL)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("-_.", text[i]) == NULL)
      return FALSE;
  return TRUE;
}

static PaddockOllamaReference *
parse_path (const char *path)
{
  g_autoptr (PaddockOllamaReference) self = g_new0 (PaddockOllamaReference, 1);
  g_autofree char *plain = g_strndup (path, strcspn (path, "?#"));
  g_auto (GStrv) parts = NULL;
  gsize length = strlen (plain);
  const char *last;
  guint count;

  while (length > 0 && plain[length - 1] == '/')
    plain[--length] = '\0';
  parts = g_strsplit (plain, "/", 3);
  count = g_strv_length (parts);
  if (count != 1 && count != 2)
    return NULL;
  last = parts[count - 1];
  self->owner = g_strdup (count == 2 ? parts[0] : USUAL_OWNER);
  self->name = g_strndup (last, strcspn (last, ":"));
  self->tag = g_strdup (strchr (last, ':') != NULL ? strchr (last, ':') + 1 : USUAL_TAG);
  return is_name (self->owner) && is_name (self->name) && is_name (self->tag) ? g_steal_pointer (&self) : NULL;
}

/**
 * paddock_ollama_reference_parse:
 * @text: what a person wrote, pasted or dropped
 *
 * Returns: (transfer full) (nullable): what it means
 */
PaddockOllamaReference *
paddock_ollama_reference_parse (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  if (g_str_has_prefix (trimmed, SCHEME))
    return parse_path (trimmed + strlen (SCHEME));
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_has_prefix (trimmed, pages[i]))
      {
        const char *path = trimmed + strlen (pages[i]);

        /* Pages of models have an owner; those without one are about something else. */
        return strchr (path, '/') != NULL ? parse_path (path) : NULL;
      }
  return NULL;
}

/**
 * paddock_ollama_reference_build_manifest:
 * @self: a reference
 *
 * Returns: (transfer full): where the registry tells what it consists of
 */
char *
paddock_ollama_reference_build_manifest (const PaddockOllamaReference *self)
{
  return g_strdup_printf ("/v2/%s/%s/manifests/%s", self->owner, self->name, self->tag);
}

/**
 * paddock_ollama_reference_build_blob:
 * @self: a reference
 * @digest: of a part of it
 *
 * Returns: (transfer full): where the registry has it
 */
char *
paddock_ollama_reference_build_blob (const PaddockOllamaReference *self, const char *digest)
{
  return g_strdup_printf ("/v2/%s/%s/blobs/sha256:%s", self->owner, self->name, digest);
}
