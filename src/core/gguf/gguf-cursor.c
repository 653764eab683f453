/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-cursor.h"

/* So many elements are walked before the cancellable is asked again: well under a millisecond. */
#define POLL_INTERVAL 65536

/**
 * paddock_gguf_cursor_init:
 * @self: (out caller-allocates): a cursor
 * @source: where it reads; must outlive it
 * @cancellable: (nullable): asked now and then
 *
 * Sets a cursor to the first byte. Byte order and version are set by whoever finds them out.
 */
void
paddock_gguf_cursor_init (PaddockGgufCursor *self, PaddockGgufSource *source, GCancellable *cancellable)
{
  gsize length;

  *self = (PaddockGgufCursor) { .source = source, .cancellable = cancellable };
  self->data = paddock_gguf_source_get_prefix (source, &length);
  self->available = length;
  self->size = paddock_gguf_source_get_size (source);
}

/**
 * paddock_gguf_cursor_refill:
 * @self: a cursor
 * @length: how many bytes are needed from here on
 * @what: what they are, for the message
 * @error: return location for an error
 *
 * The slow way of paddock_gguf_cursor_need().
 *
 * Returns: whether the bytes are in memory now
 */
gboolean
paddock_gguf_cursor_refill (PaddockGgufCursor *self, guint64 length, const char *what, GError **error)
{
  gsize available;

  if (length > paddock_gguf_cursor_get_left (self))
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_TRUNCATED, self->position,
                                 "the file ends inside %s: %" G_GUINT64_FORMAT " bytes are needed, %" G_GUINT64_FORMAT
                                 " are left",
                                 what, length, paddock_gguf_cursor_get_left (self));
      return FALSE;
    }
  if (!paddock_gguf_source_extend_prefix (self->source, self->position + length, self->cancellable, error))
    return FALSE;

  self->data = paddock_gguf_source_get_prefix (self->source, &available);
  self->available = available;
  return TRUE;
}

static inline guint32
load_u32 (const PaddockGgufCursor *self, guint64 position)
{
  guint32 value;

  memcpy (&value, self->data + position, sizeof value);
  return self->swapped ? GUINT32_SWAP_LE_BE (value) : value;
}

static inline guint64
load_u64 (const PaddockGgufCursor *self, guint64 position)
{
  guint64 value;

  memcpy (&value, self->data + position, sizeof value);
  return self->swapped ? GUINT64_SWAP_LE_BE (value) : value;
}

static inline guint64
load_count (const PaddockGgufCursor *self, guint64 position)
{
  return self->narrow ? load_u32 (self, position) : load_u64 (self, position);
}

/**
 * paddock_gguf_cursor_read_u32:
 * @self: a cursor
 * @what: what it reads, for the message
 * @value: (out): the number
 * @error: return location for an error
 *
 * Returns: whether there was one
 */
gboolean
paddock_gguf_cursor_read_u32 (PaddockGgufCursor *self, const char *what, guint32 *value, GError **error)
{
  if (!paddock_gguf_cursor_need (self, 4, what, error))
    return FALSE;
  *value = load_u32 (self, self->position);
  self->position += 4;
  return TRUE;
}

/**
 * paddock_gguf_cursor_read_u64:
 * @self: a cursor
 * @what: what it reads, for the message
 * @value: (out): the number
 * @error: return location for an error
 *
 * Returns: whether there was one
 */
gboolean
paddock_gguf_cursor_read_u64 (PaddockGgufCursor *self, const char *what, guint64 *value, GError **error)
{
  if (!paddock_gguf_cursor_need (self, 8, what, error))
    return FALSE;
  *value = load_u64 (self, self->position);
  self->position += 8;
  return TRUE;
}

/**
 * paddock_gguf_cursor_read_count:
 * @self: a cursor
 * @what: what it reads, for the message
 * @value: (out): the number
 * @error: return location for an error
 *
 * Reads a count, a length or a dimension, which had 32 bits in version 1.
 *
 * Returns: whether there was one
 */
gboolean
paddock_gguf_cursor_read_count (PaddockGgufCursor *self, const char *what, guint64 *value, GError **error)
{
  guint64 width = paddock_gguf_cursor_count_size (self);

  if (!paddock_gguf_cursor_need (self, width, what, error))
    return FALSE;
  *value = load_count (self, self->position);
  self->position += width;
  return TRUE;
}

/**
 * paddock_gguf_cursor_read_string:
 * @self: a cursor
 * @what: what it reads, for the message
 * @limit: the greatest length that is believed
 * @offset: (out): the first byte of the text
 * @length: (out): its bytes
 * @error: return location for an error
 *
 * Returns: whether there was a whole string
 */
gboolean
paddock_gguf_cursor_read_string (PaddockGgufCursor *self,
                                 const char *what,
                                 guint64 limit,
                                 guint64 *offset,
                                 guint64 *length,
                                 GError **error)
{
  guint64 start = self->position;

  if (!paddock_gguf_cursor_read_count (self, what, length, error))
    return FALSE;
  if (*length > limit && *length <= paddock_gguf_cursor_get_left (self))
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_LENGTH, start,
                                 "%s has %" G_GUINT64_FORMAT " bytes, more than the %" G_GUINT64_FORMAT
                                 " that are believed",
                                 what, *length, limit);
      return FALSE;
    }
  if (!paddock_gguf_cursor_need (self, *length, what, error))
    return FALSE;
  *offset = self->position;
  self->position += *length;
  return TRUE;
}

/**
 * paddock_gguf_cursor_skip:
 * @self: a cursor
 * @what: what it passes, for the message
 * @length: bytes
 * @error: return location for an error
 *
 * Returns: whether so many bytes were left
 */
gboolean
paddock_gguf_cursor_skip (PaddockGgufCursor *self, const char *what, guint64 length, GError **error)
{
  if (!paddock_gguf_cursor_need (self, length, what, error))
    return FALSE;
  self->position += length;
  return TRUE;
}

/* One run of strings without any check but the bounds: a vocabulary of 300,000 is passed in a millisecond.
 * Stops, without an error, where the careful way has to look. Returns how many it passed. */
static guint64
skip_plain_strings (PaddockGgufCursor *self, guint64 count)
{
  const guint8 *data = self->data;
  guint64 position = self->position;
  guint64 available = self->available;
  guint64 passed = 0;

  if (self->narrow || self->swapped || G_BYTE_ORDER != G_LITTLE_ENDIAN)
    return 0;

  while (passed < count && available - position >= 8)
    {
      guint64 length;

      memcpy (&length, data + position, sizeof length);
      if (length > available - position - 8 || length > PADDOCK_GGUF_MAX_STRING)
        break;
      position += 8 + length;
      passed++;
    }
  self->position = position;
  return passed;
}

/**
 * paddock_gguf_cursor_skip_strings:
 * @self: a cursor
 * @count: how many strings
 * @error: return location for an error
 *
 * Returns: whether there were so many whole strings
 */
gboolean
paddock_gguf_cursor_skip_strings (PaddockGgufCursor *self, guint64 count, GError **error)
{
  while (count > 0)
    {
      guint64 offset, length;

      if (self->position <= self->available)
        count -= skip_plain_strings (self, MIN (count, POLL_INTERVAL));
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (count == 0)
        break;
      if (!paddock_gguf_cursor_read_string (self, "a string of an array", PADDOCK_GGUF_MAX_STRING, &offset, &length,
                                            error))
        return FALSE;
      count--;
    }
  return TRUE;
}

/* The fewest bytes that an element of the type takes. */
static guint64
smallest_element (const PaddockGgufCursor *self, guint32 element_type)
{
  guint64 count_size = paddock_gguf_cursor_count_size (self);

  if (element_type == PADDOCK_GGUF_STRING)
    return count_size;
  if (element_type == PADDOCK_GGUF_ARRAY)
    return 4 + count_size;
  return paddock_gguf_type_get_size ((PaddockGgufType) element_type);
}

static gboolean
skip_arrays (PaddockGgufCursor *self, guint64 count, guint depth, GError **error)
{
  if (depth >= PADDOCK_GGUF_MAX_NESTING)
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_NESTING, self->position,
                                 "arrays are nested more than %d deep", PADDOCK_GGUF_MAX_NESTING);
      return FALSE;
    }
  for (guint64 i = 0; i < count; i++)
    {
      guint32 type;
      guint64 length;

      if (i % 1024 == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (!paddock_gguf_cursor_read_u32 (self, "the type of a nested array", &type, error)
          || !paddock_gguf_cursor_read_count (self, "the length of a nested array", &length, error)
          || !paddock_gguf_cursor_skip_elements (self, type, length, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * paddock_gguf_cursor_skip_elements:
 * @self: a cursor
 * @element_type: the type as it stands in the file
 * @count: how many elements
 * @depth: how many arrays this one lies in
 * @error: return location for an error
 *
 * Returns: whether all elements are there
 */
gboolean
paddock_gguf_cursor_skip_elements (PaddockGgufCursor *self,
                                   guint32 element_type,
                                   guint64 count,
                                   guint depth,
                                   GError **error)
{
  guint64 start = self->position;

  if (element_type >= PADDOCK_GGUF_N_TYPES)
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_VALUE_TYPE, start,
                                 "an array has elements of type %u, which does not exist", element_type);
      return FALSE;
    }
  if (count > paddock_gguf_cursor_get_left (self) / smallest_element (self, element_type))
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_COUNT, start,
                                 "an array claims %" G_GUINT64_FORMAT
                                 " elements of type %s, more than the rest of the file holds",
                                 count, paddock_gguf_type_get_name ((PaddockGgufType) element_type));
      return FALSE;
    }
  if (element_type == PADDOCK_GGUF_STRING)
    return paddock_gguf_cursor_skip_strings (self, count, error);
  if (element_type == PADDOCK_GGUF_ARRAY)
    return skip_arrays (self, count, depth, error);
  return paddock_gguf_cursor_skip (self, "an array",
                                   count * paddock_gguf_type_get_size ((PaddockGgufType) element_type), error);
}

/**
 * paddock_gguf_cursor_read_scalar:
 * @self: a cursor
 * @type: neither a string nor an array
 * @bits: (out): the value: integers extended by their sign, floats as the bits of a double
 * @error: return location for an error
 *
 * Returns: whether there was one
 */
gboolean
paddock_gguf_cursor_read_scalar (PaddockGgufCursor *self, PaddockGgufType type, guint64 *bits, GError **error)
{
  gsize size = paddock_gguf_type_get_size (type);
  guint64 raw = 0;
  double number;

  if (size == 0 || !paddock_gguf_cursor_need (self, size, "a value", error))
    return FALSE;

  memcpy (&raw, self->data + self->position, size);
  self->position += size;
  if (self->swapped)
    raw = GUINT64_SWAP_LE_BE (raw);
  /* The value stands in the low bytes in this machine's order, or after the swap in the high ones. */
  if (self->swapped == (G_BYTE_ORDER == G_LITTLE_ENDIAN))
    raw >>= 64 - 8 * size;

  switch (type)
    {
    case PADDOCK_GGUF_INT8:
      raw = (guint64) (gint64) (gint8) raw;
      break;
    case PADDOCK_GGUF_INT16:
      raw = (guint64) (gint64) (gint16) raw;
      break;
    case PADDOCK_GGUF_INT32:
      raw = (guint64) (gint64) (gint32) raw;
      break;
    case PADDOCK_GGUF_FLOAT32:
      {
        guint32 word = (guint32) raw;
        float narrow;

        memcpy (&narrow, &word, sizeof narrow);
        number = (double) narrow;
        memcpy (&raw, &number, sizeof raw);
      }
      break;
    default:
      break;
    }
  *bits = raw;
  return TRUE;
}
