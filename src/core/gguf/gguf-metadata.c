/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-metadata-private.h"

#include <math.h>

#include "base/units.h"

/* How many elements of an array are shown in one line. */
#define SHOWN_ELEMENTS 16

static const char *
get_key (gconstpointer owner, guint position, gsize *length)
{
  const PaddockGgufMetadata *self = owner;

  return paddock_gguf_metadata_get_key_bytes (self, paddock_gguf_metadata_get_entry (self, position), length);
}

void
paddock_gguf_metadata_init (PaddockGgufMetadata *self, PaddockGgufSource *source)
{
  *self = (PaddockGgufMetadata) { .source = source };
  self->entries = g_array_new (FALSE, FALSE, sizeof (PaddockGgufEntry));
}

/* Called once, when all keys are known. */
void
paddock_gguf_metadata_index (PaddockGgufMetadata *self)
{
  self->index = paddock_gguf_name_index_new (self->entries->len, get_key, self);
}

void
paddock_gguf_metadata_clear (PaddockGgufMetadata *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->index, paddock_gguf_name_index_free);
}

void
paddock_gguf_metadata_seek (const PaddockGgufMetadata *self, guint64 offset, PaddockGgufCursor *cursor)
{
  paddock_gguf_cursor_init (cursor, self->source, NULL);
  cursor->position = offset;
  cursor->narrow = self->narrow;
  cursor->swapped = (self->byte_order == PADDOCK_GGUF_BIG_ENDIAN) == (G_BYTE_ORDER == G_LITTLE_ENDIAN);
}

/**
 * paddock_gguf_metadata_get_count:
 * @self: the metadata of a file
 *
 * Returns: how many keys it has
 */
guint
paddock_gguf_metadata_get_count (const PaddockGgufMetadata *self)
{
  return self->entries->len;
}

/**
 * paddock_gguf_metadata_get_entry:
 * @self: the metadata of a file
 * @position: less than the count
 *
 * Returns: (transfer none): the key at that place
 */
const PaddockGgufEntry *
paddock_gguf_metadata_get_entry (const PaddockGgufMetadata *self, guint position)
{
  return &g_array_index (self->entries, PaddockGgufEntry, position);
}

/**
 * paddock_gguf_metadata_find:
 * @self: the metadata of a file
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the first entry with exactly that key
 */
const PaddockGgufEntry *
paddock_gguf_metadata_find (const PaddockGgufMetadata *self, const char *key)
{
  guint position;

  if (!paddock_gguf_name_index_find (self->index, key, strlen (key), &position))
    return NULL;
  return paddock_gguf_metadata_get_entry (self, position);
}

/**
 * paddock_gguf_metadata_find_first_duplicate:
 * @self: the metadata of a file
 *
 * Returns: (transfer none) (nullable): the first entry whose key stood before
 */
const PaddockGgufEntry *
paddock_gguf_metadata_find_first_duplicate (const PaddockGgufMetadata *self)
{
  guint position;

  return paddock_gguf_name_index_get_duplicate (self->index, &position)
             ? paddock_gguf_metadata_get_entry (self, position)
             : NULL;
}

/**
 * paddock_gguf_metadata_get_byte_order:
 * @self: the metadata of a file
 *
 * Returns: the order of the bytes in the file
 */
PaddockGgufByteOrder
paddock_gguf_metadata_get_byte_order (const PaddockGgufMetadata *self)
{
  return self->byte_order;
}

/**
 * paddock_gguf_metadata_get_key_bytes:
 * @self: the metadata of a file
 * @entry: one of its entries
 * @length: (out): how many bytes
 *
 * Returns: (transfer none): the key as it stands in the file, without an end
 */
const char *
paddock_gguf_metadata_get_key_bytes (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry, gsize *length)
{
  gsize available;
  const guint8 *data = paddock_gguf_source_get_prefix (self->source, &available);

  *length = entry->key_length;
  return (const char *) data + entry->key_offset;
}

/**
 * paddock_gguf_metadata_get_string_bytes:
 * @self: the metadata of a file
 * @entry: one of its entries
 * @length: (out): how many bytes
 *
 * Returns: (transfer none) (nullable): the text as it stands in the file, without an end; %NULL if it is not a string
 */
const char *
paddock_gguf_metadata_get_string_bytes (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry, gsize *length)
{
  gsize available;
  const guint8 *data = paddock_gguf_source_get_prefix (self->source, &available);

  *length = 0;
  if (entry->type != PADDOCK_GGUF_STRING)
    return NULL;
  *length = (gsize) entry->length;
  return (const char *) data + entry->value_offset;
}

/* Valid UTF-8 without NUL, whatever came in. */
static char *
dup_valid (const char *bytes, gsize length)
{
  return g_utf8_make_valid (length > 0 ? bytes : "", (gssize) length);
}

/**
 * paddock_gguf_metadata_dup_key:
 * @self: the metadata of a file
 * @entry: one of its entries
 *
 * Returns: (transfer full): the key as valid UTF-8
 */
char *
paddock_gguf_metadata_dup_key (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry)
{
  gsize length;
  const char *bytes = paddock_gguf_metadata_get_key_bytes (self, entry, &length);

  return dup_valid (bytes, length);
}

/**
 * paddock_gguf_metadata_dup_string:
 * @self: the metadata of a file
 * @key: a key
 *
 * Returns: (transfer full) (nullable): its text as valid UTF-8, or %NULL if there is no such key or it is not a string
 */
char *
paddock_gguf_metadata_dup_string (const PaddockGgufMetadata *self, const char *key)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (self, key);
  const char *bytes;
  gsize length;

  if (entry == NULL)
    return NULL;
  bytes = paddock_gguf_metadata_get_string_bytes (self, entry, &length);
  return bytes != NULL ? dup_valid (bytes, length) : NULL;
}

static gboolean
read_bits (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry, guint64 *bits)
{
  PaddockGgufCursor cursor;

  if (paddock_gguf_type_get_size (entry->type) == 0)
    return FALSE;
  paddock_gguf_metadata_seek (self, entry->value_offset, &cursor);
  return paddock_gguf_cursor_read_scalar (&cursor, entry->type, bits, NULL);
}

static gboolean
is_signed (guint8 type)
{
  return type == PADDOCK_GGUF_INT8 || type == PADDOCK_GGUF_INT16 || type == PADDOCK_GGUF_INT32
         || type == PADDOCK_GGUF_INT64;
}

static gboolean
is_float (guint8 type)
{
  return type == PADDOCK_GGUF_FLOAT32 || type == PADDOCK_GGUF_FLOAT64;
}

/**
 * paddock_gguf_metadata_read_uint:
 * @self: the metadata of a file
 * @entry: one of its entries
 * @value: (out): the number
 *
 * Returns: whether the value is an integer that is not negative
 */
gboolean
paddock_gguf_metadata_read_uint (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry, guint64 *value)
{
  guint64 bits;

  if (is_float (entry->type) || entry->type == PADDOCK_GGUF_BOOL || !read_bits (self, entry, &bits))
    return FALSE;
  if (is_signed (entry->type) && (gint64) bits < 0)
    return FALSE;
  *value = bits;
  return TRUE;
}

/**
 * paddock_gguf_metadata_read_int:
 * @self: the metadata of a file
 * @entry: one of its entries
 * @value: (out): the number
 *
 * Returns: whether the value is an integer that fits
 */
gboolean
paddock_gguf_metadata_read_int (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry, gint64 *value)
{
  guint64 bits;

  if (is_float (entry->type) || entry->type == PADDOCK_GGUF_BOOL || !read_bits (self, entry, &bits))
    return FALSE;
  if (!is_signed (entry->type) && bits > G_MAXINT64)
    return FALSE;
  *value = (gint64) bits;
  return TRUE;
}

/**
 * paddock_gguf_metadata_read_double:
 * @self: the metadata of a file
 * @entry: one of its entries
 * @value: (out): the number
 *
 * Returns: whether the value is a number, of whatever kind
 */
gboolean
paddock_gguf_metadata_read_double (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry, double *value)
{
  guint64 bits;

  if (entry->type == PADDOCK_GGUF_BOOL || !read_bits (self, entry, &bits))
    return FALSE;
  if (is_float (entry->type))
    memcpy (value, &bits, sizeof *value);
  else
    *value = is_signed (entry->type) ? (double) (gint64) bits : (double) bits;
  return TRUE;
}

/**
 * paddock_gguf_metadata_read_bool:
 * @self: the metadata of a file
 * @entry: one of its entries
 * @value: (out): the truth
 *
 * Returns: whether the entry is a bool
 */
gboolean
paddock_gguf_metadata_read_bool (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry, gboolean *value)
{
  guint64 bits;

  if (entry->type != PADDOCK_GGUF_BOOL || !read_bits (self, entry, &bits))
    return FALSE;
  *value = bits != 0;
  return TRUE;
}

/**
 * paddock_gguf_metadata_get_uint:
 * @self: the metadata of a file
 * @key: a key
 * @value: (out): the number
 *
 * Returns: whether there is such a key with an integer that is not negative
 */
gboolean
paddock_gguf_metadata_get_uint (const PaddockGgufMetadata *self, const char *key, guint64 *value)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (self, key);

  return entry != NULL && paddock_gguf_metadata_read_uint (self, entry, value);
}

/**
 * paddock_gguf_metadata_get_int:
 * @self: the metadata of a file
 * @key: a key
 * @value: (out): the number
 *
 * Returns: whether there is such a key with an integer that fits
 */
gboolean
paddock_gguf_metadata_get_int (const PaddockGgufMetadata *self, const char *key, gint64 *value)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (self, key);

  return entry != NULL && paddock_gguf_metadata_read_int (self, entry, value);
}

/**
 * paddock_gguf_metadata_get_double:
 * @self: the metadata of a file
 * @key: a key
 * @value: (out): the number
 *
 * Returns: whether there is such a key with a number
 */
gboolean
paddock_gguf_metadata_get_double (const PaddockGgufMetadata *self, const char *key, double *value)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (self, key);

  return entry != NULL && paddock_gguf_metadata_read_double (self, entry, value);
}

/**
 * paddock_gguf_metadata_get_bool:
 * @self: the metadata of a file
 * @key: a key
 * @value: (out): the truth
 *
 * Returns: whether there is such a key with a bool
 */
gboolean
paddock_gguf_metadata_get_bool (const PaddockGgufMetadata *self, const char *key, gboolean *value)
{
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (self, key);

  return entry != NULL && paddock_gguf_metadata_read_bool (self, entry, value);
}

static void
append_double (double number, guint8 type, GString *text)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (number))
    g_string_append (text, "nan");
  else if (isinf (number))
    g_string_append (text, number > 0 ? "inf" : "-inf");
  else   /* as many digits as the stored number has */
    g_string_append (text,
                     g_ascii_formatd (buffer, sizeof buffer, type == PADDOCK_GGUF_FLOAT32 ? "%.7g" : "%.15g", number));
}

static void
append_scalar (guint64 bits, guint32 type, GString *text)
{
  double number;

  if (type == PADDOCK_GGUF_BOOL)
    g_string_append (text, bits != 0 ? "true" : "false");
  else if (is_signed ((guint8) type))
    g_string_append_printf (text, "%" G_GINT64_FORMAT, (gint64) bits);
  else if (!is_float ((guint8) type))
    g_string_append_printf (text, "%" G_GUINT64_FORMAT, bits);
  else
    {
      memcpy (&number, &bits, sizeof number);
      append_double (number, (guint8) type, text);
    }
}

static guint64 append_elements (const PaddockGgufMetadata *self, PaddockGgufCursor *cursor, guint32 type, guint64 count,
                                gsize max_chars, GString *text);

gboolean
paddock_gguf_metadata_append_element (const PaddockGgufMetadata *self,
                                      PaddockGgufCursor *cursor,
                                      guint32 type,
                                      gsize max_chars,
                                      GString *text)
{
  guint64 offset, length, bits, shown;
  guint32 nested;

  if (type == PADDOCK_GGUF_STRING)
    {
      g_autofree char *escaped = NULL;

      if (!paddock_gguf_cursor_read_string (cursor, "a string", PADDOCK_GGUF_MAX_STRING, &offset, &length, NULL))
        return FALSE;
      escaped = paddock_units_escape ((const char *) cursor->data + offset, (gssize) length, max_chars);
      g_string_append_printf (text, "\"%s\"", escaped);
      return TRUE;
    }
  if (type == PADDOCK_GGUF_ARRAY)
    {
      if (!paddock_gguf_cursor_read_u32 (cursor, "a type", &nested, NULL)
          || !paddock_gguf_cursor_read_count (cursor, "a length", &length, NULL) || nested >= PADDOCK_GGUF_N_TYPES)
        return FALSE;
      shown = append_elements (self, cursor, nested, length, max_chars, text);
      /* Another array may follow this one. */
      return shown == length || paddock_gguf_cursor_skip_elements (cursor, nested, length - shown, 0, NULL);
    }
  if (!paddock_gguf_cursor_read_scalar (cursor, (PaddockGgufType) type, &bits, NULL))
    return FALSE;
  append_scalar (bits, type, text);
  return TRUE;
}

/* Returns how many elements were shown. */
static guint64
append_elements (const PaddockGgufMetadata *self,
                 PaddockGgufCursor *cursor,
                 guint32 type,
                 guint64 count,
                 gsize max_chars,
                 GString *text)
{
  gsize start = text->len;
  guint64 shown = 0;

  g_string_append_c (text, '[');
  while (shown < MIN (count, SHOWN_ELEMENTS) && text->len - start < max_chars)
    {
      if (shown > 0)
        g_string_append (text, ", ");
      if (!paddock_gguf_metadata_append_element (self, cursor, type, max_chars, text))
        break;
      shown++;
    }
  if (shown < count)
    g_string_append (text, shown > 0 ? ", …" : "…");
  g_string_append_c (text, ']');
  return shown;
}

/**
 * paddock_gguf_metadata_format:
 * @self: the metadata of a file
 * @entry: one of its entries
 * @max_chars: where to cut a long text
 *
 * One line for people: a number as it is, a text with its control characters made visible, the first elements of an
 * array.
 *
 * Returns: (transfer full): the value as valid UTF-8
 */
char *
paddock_gguf_metadata_format (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry, gsize max_chars)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PaddockGgufCursor cursor;
  const char *bytes;
  gsize length;

  bytes = paddock_gguf_metadata_get_string_bytes (self, entry, &length);
  if (bytes != NULL)
    return paddock_units_escape (bytes, (gssize) length, max_chars);

  paddock_gguf_metadata_seek (self, entry->value_offset, &cursor);
  if (entry->type == PADDOCK_GGUF_ARRAY)
    append_elements (self, &cursor, entry->element_type, entry->length, max_chars, text);
  else
    paddock_gguf_metadata_append_element (self, &cursor, entry->type, max_chars, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
