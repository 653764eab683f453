/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cache-strings.h"

#include <string.h>


/**
 * paddock_cache_strings_init_write:
 * @self: (out caller-allocates): strings
 *
 * Begins without any.
 */
void
paddock_cache_strings_init_write (PaddockCacheStrings *self)
{
  memset (self, 0, sizeof *self);
  self->written = g_byte_array_new ();
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_byte_array_append (self->written, (const guint8 *) "", 1);
}

/**
 * paddock_cache_strings_init_read:
 * @self: (out caller-allocates): strings
 * @bytes: (array length=length): what was written, or anything else; has to stay
 * @length: how many
 *
 * Returns: whether every place in them is one of a string that ends
 */
gboolean
paddock_cache_strings_init_read (PaddockCacheStrings *self, const char *bytes, gsize length)
{
  memset (self, 0, sizeof *self);
  self->bytes = bytes;
  self->length = length;
  return length > 0 && length < G_MAXUINT32 && bytes[0] == '\0' && bytes[length - 1] == '\0';
}

/**
 * paddock_cache_strings_clear:
 * @self: strings
 *
 * Frees what they hold.
 */
void
paddock_cache_strings_clear (PaddockCacheStrings *self)
{
  g_clear_pointer (&self->written, g_byte_array_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
}

/**
 * paddock_cache_strings_put_bytes:
 * @self: strings for writing
 * @bytes: (nullable): one, in whatever encoding
 *
 * Returns: its place
 */
guint32
paddock_cache_strings_put_bytes (PaddockCacheStrings *self, const char *bytes)
{
  gpointer place;
  gsize size;

  if (bytes == NULL)
    return 0;
  if (g_hash_table_lookup_extended (self->places, bytes, NULL, &place))
    return GPOINTER_TO_UINT (place);
  size = strlen (bytes) + 1;
  if (size >= G_MAXUINT32 - self->written->len)
    return G_MAXUINT32;
  place = GUINT_TO_POINTER (self->written->len);
  g_byte_array_append (self->written, (const guint8 *) bytes, (guint) size);
  g_hash_table_insert (self->places, g_strdup (bytes), place);
  return GPOINTER_TO_UINT (place);
}

/**
 * paddock_cache_strings_put_text:
 * @self: strings for writing
 * @text: (nullable): one, which should be UTF-8
 *
 * Returns: the place of what can be read as text
 */
guint32
paddock_cache_strings_put_text (PaddockCacheStrings *self, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return paddock_cache_strings_put_bytes (self, text);
  valid = g_utf8_make_valid (text, -1);
  return paddock_cache_strings_put_bytes (self, valid);
}

/**
 * paddock_cache_strings_dup_bytes:
 * @self: strings for reading
 * @place: where one should be
 * @bytes: (out) (nullable): it
 *
 * Returns: whether there is one, or none is meant
 */
gboolean
paddock_cache_strings_dup_bytes (const PaddockCacheStrings *self, guint32 place, char **bytes)
{
  *bytes = NULL;
  if (place >= self->length)
    return FALSE;
  if (place > 0)
    *bytes = g_strdup (self->bytes + place);
  return TRUE;
}

/**
 * paddock_cache_strings_dup_text:
 * @self: strings for reading
 * @place: where one should be
 * @text: (out) (nullable): it
 *
 * Returns: whether there is one that is valid UTF-8, or none is meant
 */
gboolean
paddock_cache_strings_dup_text (const PaddockCacheStrings *self, guint32 place, char **text)
{
  *text = NULL;
  if (place >= self->length || (place > 0 && !g_utf8_validate (self->bytes + place, -1, NULL)))
    return FALSE;
  return paddock_cache_strings_dup_bytes (self, place, text);
}
