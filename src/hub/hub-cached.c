/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-cached.h"

#include "base/running-digest.h"

/* A name and number of the layout, the key, tag, next, at, size, the body's hash, the body. Of texts "" is none. */
#define TYPE "(ssssxxsay)"
#define MAGIC "paddock-hub-cached-1"

/**
 * paddock_hub_cached_new:
 * @body: what was said
 * @tag: (nullable): by which the server knows it again
 * @next: (nullable): where it goes on
 * @size: of the whole, or -1
 *
 * Returns: (transfer full): it
 */
PaddockHubCached *
paddock_hub_cached_new (GBytes *body, const char *tag, const char *next, gint64 size)
{
  PaddockHubCached *self = g_atomic_rc_box_new0 (PaddockHubCached);

  self->body = g_bytes_ref (body);
  self->tag = g_strdup (tag);
  self->next = g_strdup (next);
  self->at = g_get_real_time () / G_USEC_PER_SEC;
  self->size = size;
  return self;
}

/**
 * paddock_hub_cached_ref:
 * @self: what was said
 *
 * Returns: (transfer full): @self
 */
PaddockHubCached *
paddock_hub_cached_ref (PaddockHubCached *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_cached (gpointer data)
{
  PaddockHubCached *self = data;

  g_free (self->tag);
  g_free (self->next);
  g_bytes_unref (self->body);
}

/**
 * paddock_hub_cached_unref:
 * @self: (transfer full): what was said
 */
void
paddock_hub_cached_unref (PaddockHubCached *self)
{
  g_atomic_rc_box_release_full (self, clear_cached);
}

static char *
hash (GBytes *body)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);

  return paddock_running_digest_sha256_bytes (data, length, NULL, 0);
}

/**
 * paddock_hub_cached_pack:
 * @self: what was said
 * @key: to what
 *
 * Returns: (transfer full): both, as bytes
 */
GBytes *
paddock_hub_cached_pack (const PaddockHubCached *self, const char *key)
{
  g_autofree char *digest = hash (self->body);
  GVariant *body = g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, self->body, TRUE);
  g_autoptr (GVariant) all = NULL;

  all = g_variant_ref_sink (g_variant_new ("(ssssxxs@ay)", MAGIC, key, self->tag != NULL ? self->tag : "",
                                           self->next != NULL ? self->next : "", self->at, self->size, digest, body));
  return g_variant_get_data_as_bytes (all);
}

static char *
dup_known (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

/**
 * paddock_hub_cached_unpack:
 * @bytes: what may have been packed
 * @key: for which it is wanted
 *
 * Returns: (transfer full) (nullable): what was said
 */
PaddockHubCached *
paddock_hub_cached_unpack (GBytes *bytes, const char *key)
{
  g_autoptr (GVariant) all = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (TYPE), bytes, FALSE));
  g_autoptr (GVariant) content = g_variant_get_child_value (all, 7);
  g_autoptr (GBytes) body = g_variant_get_data_as_bytes (content);
  g_autofree char *found = NULL;
  const char *magic, *of, *tag, *next, *digest;
  PaddockHubCached *self;
  gint64 at, size;

  g_variant_get (all, "(&s&s&s&sxx&s@ay)", &magic, &of, &tag, &next, &at, &size, &digest, NULL);
  if (!g_str_equal (magic, MAGIC) || !g_str_equal (of, key) || at < 0 || size < -1)
    return NULL;
  found = hash (body);
  if (!g_str_equal (found, digest))
    return NULL;
  self = paddock_hub_cached_new (body, NULL, NULL, size);
  self->tag = dup_known (tag);
  self->next = dup_known (next);
  self->at = at;
  return self;
}
