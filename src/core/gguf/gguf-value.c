/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-value-private.h"

#include "gguf/gguf-encode.h"
#include "gguf/gguf-metadata-private.h"

#include <math.h>

#define STRING_HEAD 8    /* the length */
#define ARRAY_HEAD 12    /* the type and the number of the elements */

struct _PaddockGgufValue
{
  gatomicrefcount references;

  /* Owned */
  GBytes *bytes;

  PaddockGgufType type;
  PaddockGgufType element_type;
  guint64 length;
};

PaddockGgufValue *
paddock_gguf_value_new_take (PaddockGgufType type, PaddockGgufType element_type, guint64 length, GByteArray *bytes)
{
  PaddockGgufValue *self = g_new0 (PaddockGgufValue, 1);

  g_atomic_ref_count_init (&self->references);
  self->type = type;
  self->element_type = element_type;
  self->length = length;
  self->bytes = g_byte_array_free_to_bytes (bytes);
  return self;
}

static PaddockGgufValue *
new_scalar (PaddockGgufType type, guint64 bits)
{
  GByteArray *bytes = g_byte_array_sized_new (8);

  paddock_gguf_encode_bits (bytes, PADDOCK_GGUF_LITTLE_ENDIAN, bits, paddock_gguf_type_get_size (type));
  return paddock_gguf_value_new_take (type, type, 1, bytes);
}

static gboolean
is_unsigned (PaddockGgufType type)
{
  return type == PADDOCK_GGUF_UINT8 || type == PADDOCK_GGUF_UINT16 || type == PADDOCK_GGUF_UINT32
         || type == PADDOCK_GGUF_UINT64;
}

static gboolean
is_signed (PaddockGgufType type)
{
  return type == PADDOCK_GGUF_INT8 || type == PADDOCK_GGUF_INT16 || type == PADDOCK_GGUF_INT32
         || type == PADDOCK_GGUF_INT64;
}

static PaddockGgufValue *
refuse_type (PaddockGgufType type, const char *what, GError **error)
{
  g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_VALUE, "%s cannot be stored as %s", what,
               paddock_gguf_type_get_name (type));
  return NULL;
}

/**
 * paddock_gguf_value_new_uint:
 * @type: an integer or floating-point type
 * @value: the number
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the value; %NULL if the number does not fit the type
 */
PaddockGgufValue *
paddock_gguf_value_new_uint (PaddockGgufType type, guint64 value, GError **error)
{
  guint64 limit;

  if (type == PADDOCK_GGUF_FLOAT32 || type == PADDOCK_GGUF_FLOAT64)
    return paddock_gguf_value_new_double (type, (double) value, error);
  if (!is_unsigned (type) && !is_signed (type))
    return refuse_type (type, "a number", error);
  limit = G_MAXUINT64 >> (64 - 8 * paddock_gguf_type_get_size (type) + (is_signed (type) ? 1 : 0));
  if (value > limit)
    {
      g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_VALUE, "%" G_GUINT64_FORMAT " does not fit %s", value,
                   paddock_gguf_type_get_name (type));
      return NULL;
    }
  return new_scalar (type, value);
}

/**
 * paddock_gguf_value_new_int:
 * @type: an integer or floating-point type
 * @value: the number
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the value; %NULL if the number does not fit the type
 */
PaddockGgufValue *
paddock_gguf_value_new_int (PaddockGgufType type, gint64 value, GError **error)
{
  if (value >= 0)
    return paddock_gguf_value_new_uint (type, (guint64) value, error);
  if (type == PADDOCK_GGUF_FLOAT32 || type == PADDOCK_GGUF_FLOAT64)
    return paddock_gguf_value_new_double (type, (double) value, error);
  if (!is_unsigned (type) && !is_signed (type))
    return refuse_type (type, "a number", error);
  if (is_unsigned (type) || value < G_MININT64 >> (64 - 8 * paddock_gguf_type_get_size (type)))
    {
      g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_VALUE, "%" G_GINT64_FORMAT " does not fit %s", value,
                   paddock_gguf_type_get_name (type));
      return NULL;
    }
  return new_scalar (type, (guint64) value);
}

/**
 * paddock_gguf_value_new_double:
 * @type: a floating-point type
 * @value: the number
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the value; %NULL if the number is too large for the type
 */
PaddockGgufValue *
paddock_gguf_value_new_double (PaddockGgufType type, double value, GError **error)
{
  guint64 bits = 0;
  float narrow = (float) value;

  if (type != PADDOCK_GGUF_FLOAT32 && type != PADDOCK_GGUF_FLOAT64)
    return refuse_type (type, "a number with a fraction", error);
  if (type == PADDOCK_GGUF_FLOAT64)
    memcpy (&bits, &value, sizeof value);
  else if (isinf (narrow) && !isinf (value))
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_VALUE, "%s does not fit f32",
                   g_ascii_dtostr (text, sizeof text, value));
      return NULL;
    }
  else
    {
      guint32 narrow_bits;

      memcpy (&narrow_bits, &narrow, sizeof narrow);
      bits = narrow_bits;
    }
  return new_scalar (type, bits);
}

/**
 * paddock_gguf_value_new_bool:
 * @value: true or false
 *
 * Returns: (transfer full): the value
 */
PaddockGgufValue *
paddock_gguf_value_new_bool (gboolean value)
{
  return new_scalar (PADDOCK_GGUF_BOOL, value ? 1 : 0);
}

/**
 * paddock_gguf_value_new_string:
 * @text: (array length=length): a text
 * @length: its length in bytes, or -1 if it ends with a zero byte
 *
 * Returns: (transfer full): the value
 */
PaddockGgufValue *
paddock_gguf_value_new_string (const char *text, gssize length)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  GByteArray *bytes = g_byte_array_new ();

  paddock_gguf_encode_string (bytes, PADDOCK_GGUF_LITTLE_ENDIAN, text, size);
  return paddock_gguf_value_new_take (PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING, size, bytes);
}

/**
 * paddock_gguf_value_new_array:
 * @element_type: the type of every element
 * @elements: (array length=n_elements): the elements
 * @n_elements: how many
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the value; %NULL if an element is of another type
 */
PaddockGgufValue *
paddock_gguf_value_new_array (PaddockGgufType element_type,
                              PaddockGgufValue **elements,
                              gsize n_elements,
                              GError **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  if (*paddock_gguf_type_get_name (element_type) == '?')
    return refuse_type (element_type, "an array", error);
  paddock_gguf_encode_u32 (bytes, PADDOCK_GGUF_LITTLE_ENDIAN, element_type);
  paddock_gguf_encode_u64 (bytes, PADDOCK_GGUF_LITTLE_ENDIAN, n_elements);
  for (gsize i = 0; i < n_elements; i++)
    {
      if (elements[i]->type != element_type)
        {
          g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_VALUE,
                       "element %" G_GSIZE_FORMAT " is of type %s, not %s", i,
                       paddock_gguf_type_get_name (elements[i]->type), paddock_gguf_type_get_name (element_type));
          return NULL;
        }
      paddock_gguf_value_encode (elements[i], PADDOCK_GGUF_LITTLE_ENDIAN, bytes);
    }
  return paddock_gguf_value_new_take (PADDOCK_GGUF_ARRAY, element_type, n_elements, g_steal_pointer (&bytes));
}

/**
 * paddock_gguf_value_new_for_entry:
 * @metadata: the metadata of a file
 * @entry: one of its entries
 *
 * Returns: (transfer full) (nullable): a copy of the value; %NULL if the file cannot be read any more
 */
PaddockGgufValue *
paddock_gguf_value_new_for_entry (const PaddockGgufMetadata *metadata, const PaddockGgufEntry *entry)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  PaddockGgufCursor cursor;
  gboolean whole;

  paddock_gguf_metadata_seek (metadata, entry->value_offset, &cursor);
  if (entry->type == PADDOCK_GGUF_STRING)
    {
      const char *text;
      gsize length;

      text = paddock_gguf_metadata_get_string_bytes (metadata, entry, &length);
      return text != NULL ? paddock_gguf_value_new_string (text, (gssize) length) : NULL;
    }
  if (entry->type == PADDOCK_GGUF_ARRAY)
    {
      paddock_gguf_encode_u32 (bytes, PADDOCK_GGUF_LITTLE_ENDIAN, entry->element_type);
      paddock_gguf_encode_u64 (bytes, PADDOCK_GGUF_LITTLE_ENDIAN, entry->length);
      whole = paddock_gguf_encode_elements (bytes, PADDOCK_GGUF_LITTLE_ENDIAN, &cursor, entry->element_type,
                                            entry->length);
    }
  else
    whole = paddock_gguf_encode_value (bytes, PADDOCK_GGUF_LITTLE_ENDIAN, &cursor, entry->type);
  if (!whole)
    return NULL;
  return paddock_gguf_value_new_take ((PaddockGgufType) entry->type,
                                      (PaddockGgufType) (entry->type == PADDOCK_GGUF_ARRAY ? entry->element_type
                                                                                          : entry->type),
                                      entry->length, g_steal_pointer (&bytes));
}

/**
 * paddock_gguf_value_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
PaddockGgufValue *
paddock_gguf_value_ref (PaddockGgufValue *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * paddock_gguf_value_unref:
 * @self: (transfer full): a value
 */
void
paddock_gguf_value_unref (PaddockGgufValue *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_bytes_unref (self->bytes);
  g_free (self);
}

/**
 * paddock_gguf_value_get_type_id:
 * @self: a value
 *
 * Returns: its type
 */
PaddockGgufType
paddock_gguf_value_get_type_id (const PaddockGgufValue *self)
{
  return self->type;
}

/**
 * paddock_gguf_value_get_element_type:
 * @self: a value
 *
 * Returns: the type of the elements of an array; of another value its own type
 */
PaddockGgufType
paddock_gguf_value_get_element_type (const PaddockGgufValue *self)
{
  return self->element_type;
}

/**
 * paddock_gguf_value_get_length:
 * @self: a value
 *
 * Returns: the bytes of a string, the elements of an array, else 1
 */
guint64
paddock_gguf_value_get_length (const PaddockGgufValue *self)
{
  return self->length;
}

/**
 * paddock_gguf_value_get_bytes:
 * @self: a value
 *
 * Returns: (transfer none): its bytes as in a little-endian file of version 3, without the type
 */
GBytes *
paddock_gguf_value_get_bytes (const PaddockGgufValue *self)
{
  return self->bytes;
}

/**
 * paddock_gguf_value_equal:
 * @a: a value
 * @b: a value
 *
 * Returns: whether they are of one type and would be stored alike
 */
gboolean
paddock_gguf_value_equal (const PaddockGgufValue *a, const PaddockGgufValue *b)
{
  return a->type == b->type && g_bytes_equal (a->bytes, b->bytes);
}

void
paddock_gguf_value_encode (const PaddockGgufValue *self, PaddockGgufByteOrder order, GByteArray *out)
{
  if (order == PADDOCK_GGUF_LITTLE_ENDIAN)
    {
      gsize size;
      const guint8 *bytes = g_bytes_get_data (self->bytes, &size);

      g_byte_array_append (out, bytes, (guint) size);
    }
  else
    {
      g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (self->bytes, "a value");
      PaddockGgufCursor cursor;

      paddock_gguf_cursor_init (&cursor, source, NULL);
      cursor.swapped = G_BYTE_ORDER != G_LITTLE_ENDIAN;
      paddock_gguf_encode_value (out, order, &cursor, self->type);
    }
}

/* As few digits as name this very number. */
static char *
format_double (double number, gboolean narrow)
{
  for (int digits = narrow ? 6 : 15; digits < (narrow ? 9 : 17); digits++)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];
      char format[8];
      double back;

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      back = g_ascii_strtod (g_ascii_formatd (text, sizeof text, format, number), NULL);
      if (narrow ? (float) back == (float) number : back == number)
        return g_strdup (text);
    }
  {
    char text[G_ASCII_DTOSTR_BUF_SIZE];

    return g_strdup (g_ascii_formatd (text, sizeof text, narrow ? "%.9g" : "%.17g", number));
  }
}

/**
 * paddock_gguf_value_format:
 * @self: a value
 * @max_chars: where to cut a long text
 *
 * Returns: (transfer full): one line for people, as paddock_gguf_metadata_format() makes it
 */
char *
paddock_gguf_value_format (const PaddockGgufValue *self, gsize max_chars)
{
  g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (self->bytes, "a value");
  PaddockGgufMetadata metadata = { .source = source, .byte_order = PADDOCK_GGUF_LITTLE_ENDIAN };
  PaddockGgufEntry entry = { .type = (guint8) self->type,
                             .element_type = (guint8) self->element_type,
                             .length = self->length,
                             .value_end = g_bytes_get_size (self->bytes) };
  double number;

  if (self->type == PADDOCK_GGUF_STRING)
    entry.value_offset = STRING_HEAD;
  else if (self->type == PADDOCK_GGUF_ARRAY)
    entry.value_offset = ARRAY_HEAD;
  if ((self->type == PADDOCK_GGUF_FLOAT32 || self->type == PADDOCK_GGUF_FLOAT64)
      && paddock_gguf_metadata_read_double (&metadata, &entry, &number) && isfinite (number))
    return format_double (number, self->type == PADDOCK_GGUF_FLOAT32);
  return paddock_gguf_metadata_format (&metadata, &entry, max_chars);
}
