/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-encode.h"

static gboolean encode_at_depth (GByteArray *out, PaddockGgufByteOrder order, PaddockGgufCursor *cursor, guint32 type,
                                 guint64 count, guint depth);

/**
 * paddock_gguf_encode_bits:
 * @out: where to append
 * @order: the order of the bytes
 * @bits: a number; only its lowest bytes count
 * @size: how many bytes it takes, at most eight
 */
void
paddock_gguf_encode_bits (GByteArray *out, PaddockGgufByteOrder order, guint64 bits, gsize size)
{
  guint8 bytes[8];

  for (gsize i = 0; i < size; i++)
    bytes[order == PADDOCK_GGUF_LITTLE_ENDIAN ? i : size - 1 - i] = (guint8) (bits >> (8 * i));
  g_byte_array_append (out, bytes, (guint) size);
}

void
paddock_gguf_encode_u32 (GByteArray *out, PaddockGgufByteOrder order, guint32 value)
{
  paddock_gguf_encode_bits (out, order, value, 4);
}

void
paddock_gguf_encode_u64 (GByteArray *out, PaddockGgufByteOrder order, guint64 value)
{
  paddock_gguf_encode_bits (out, order, value, 8);
}

/**
 * paddock_gguf_encode_string:
 * @out: where to append
 * @order: the order of the length's bytes
 * @bytes: (array length=length): the text
 * @length: its length
 */
void
paddock_gguf_encode_string (GByteArray *out, PaddockGgufByteOrder order, const char *bytes, gsize length)
{
  paddock_gguf_encode_u64 (out, order, length);
  g_byte_array_append (out, (const guint8 *) bytes, (guint) length);
}

static gboolean
encode_string_at (GByteArray *out, PaddockGgufByteOrder order, PaddockGgufCursor *cursor)
{
  guint64 offset, length;

  if (!paddock_gguf_cursor_read_string (cursor, "a string", PADDOCK_GGUF_MAX_STRING, &offset, &length, NULL))
    return FALSE;
  paddock_gguf_encode_string (out, order, (const char *) cursor->data + offset, (gsize) length);
  return TRUE;
}

static gboolean
encode_array_at (GByteArray *out, PaddockGgufByteOrder order, PaddockGgufCursor *cursor, guint depth)
{
  guint32 element_type;
  guint64 count;

  if (depth > PADDOCK_GGUF_MAX_NESTING + 1 || !paddock_gguf_cursor_read_u32 (cursor, "a type", &element_type, NULL)
      || !paddock_gguf_cursor_read_count (cursor, "a length", &count, NULL))
    return FALSE;
  paddock_gguf_encode_u32 (out, order, element_type);
  paddock_gguf_encode_u64 (out, order, count);
  return encode_at_depth (out, order, cursor, element_type, count, depth);
}

/* Scalars keep their bits: a number is turned around, never read and written. */
static gboolean
encode_scalars_at (GByteArray *out, PaddockGgufByteOrder order, PaddockGgufCursor *cursor, gsize size, guint64 count)
{
  gboolean machine_little = G_BYTE_ORDER == G_LITTLE_ENDIAN;
  gboolean source_little = cursor->swapped ? !machine_little : machine_little;
  const guint8 *from;

  if (count > paddock_gguf_cursor_get_left (cursor) / size || count > PADDOCK_GGUF_MAX_METADATA / size
      || !paddock_gguf_cursor_need (cursor, count * size, "an array", NULL))
    return FALSE;
  from = cursor->data + cursor->position;
  cursor->position += count * size;
  if (size == 1 || source_little == (order == PADDOCK_GGUF_LITTLE_ENDIAN))
    {
      g_byte_array_append (out, from, (guint) (count * size));
      return TRUE;
    }
  for (guint64 i = 0; i < count; i++)
    {
      guint8 turned[8];

      for (gsize j = 0; j < size; j++)
        turned[j] = from[i * size + size - 1 - j];
      g_byte_array_append (out, turned, (guint) size);
    }
  return TRUE;
}

static gboolean
encode_at_depth (GByteArray *out,
                 PaddockGgufByteOrder order,
                 PaddockGgufCursor *cursor,
                 guint32 type,
                 guint64 count,
                 guint depth)
{
  gsize size = type < PADDOCK_GGUF_N_TYPES ? paddock_gguf_type_get_size ((PaddockGgufType) type) : 0;

  if (size > 0)
    return encode_scalars_at (out, order, cursor, size, count);
  if (type != PADDOCK_GGUF_STRING && type != PADDOCK_GGUF_ARRAY)
    return FALSE;
  for (guint64 i = 0; i < count; i++)
    {
      gboolean whole = type == PADDOCK_GGUF_STRING ? encode_string_at (out, order, cursor)
                                                   : encode_array_at (out, order, cursor, depth + 1);

      if (!whole)
        return FALSE;
    }
  return TRUE;
}

/**
 * paddock_gguf_encode_value:
 * @out: where to append
 * @order: the order of the bytes
 * @cursor: stands at the value
 * @type: its type, as it stands in the file
 *
 * Returns: whether the value was whole
 */
gboolean
paddock_gguf_encode_value (GByteArray *out, PaddockGgufByteOrder order, PaddockGgufCursor *cursor, guint32 type)
{
  return encode_at_depth (out, order, cursor, type, 1, 0);
}

/**
 * paddock_gguf_encode_elements:
 * @out: where to append
 * @order: the order of the bytes
 * @cursor: stands at the first element of an array
 * @element_type: their type, as it stands in the file
 * @count: how many
 *
 * Returns: whether all of them were whole
 */
gboolean
paddock_gguf_encode_elements (GByteArray *out,
                              PaddockGgufByteOrder order,
                              PaddockGgufCursor *cursor,
                              guint32 element_type,
                              guint64 count)
{
  return encode_at_depth (out, order, cursor, element_type, count, 1);
}
