/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-array.h"

#include "gguf/gguf-metadata-private.h"

/* Elements of different lengths are found from the nearest of these: a walk of at most so many. */
#define CHECKPOINT_INTERVAL 256
#define SHOWN_CHARS 512

struct _PaddockGgufArray
{
  /* Owned */
  GArray *checkpoints;               /* guint64: where every 256th element begins, as far as it was walked */

  /* Borrowed */
  const PaddockGgufMetadata *metadata;

  guint64 start;
  guint64 length;
  guint64 recent;                    /* the element that was asked for last, and where it begins: a walk goes on there */
  guint64 recent_place;
  guint8 element_type;
};

static PaddockGgufArray *
array_new (const PaddockGgufMetadata *metadata, guint8 element_type, guint64 start, guint64 length)
{
  PaddockGgufArray *self = g_new0 (PaddockGgufArray, 1);

  self->metadata = metadata;
  self->element_type = element_type;
  self->start = start;
  self->length = length;
  self->recent_place = start;
  if (paddock_gguf_type_get_size (element_type) == 0)
    {
      self->checkpoints = g_array_new (FALSE, FALSE, sizeof (guint64));
      g_array_append_val (self->checkpoints, start);
    }
  return self;
}

/**
 * paddock_gguf_array_new:
 * @metadata: the metadata of a file; must outlive the array
 * @entry: one of its entries
 *
 * Returns: (transfer full) (nullable): the array, or %NULL if the value is not one
 */
PaddockGgufArray *
paddock_gguf_array_new (const PaddockGgufMetadata *metadata, const PaddockGgufEntry *entry)
{
  if (entry->type != PADDOCK_GGUF_ARRAY)
    return NULL;
  return array_new (metadata, entry->element_type, entry->value_offset, entry->length);
}

/**
 * paddock_gguf_array_free:
 * @self: (transfer full): an array
 */
void
paddock_gguf_array_free (PaddockGgufArray *self)
{
  g_clear_pointer (&self->checkpoints, g_array_unref);
  g_free (self);
}

/**
 * paddock_gguf_array_get_length:
 * @self: an array
 *
 * Returns: how many elements it has
 */
guint64
paddock_gguf_array_get_length (const PaddockGgufArray *self)
{
  return self->length;
}

/**
 * paddock_gguf_array_get_element_type:
 * @self: an array
 *
 * Returns: the type of each element
 */
PaddockGgufType
paddock_gguf_array_get_element_type (const PaddockGgufArray *self)
{
  return (PaddockGgufType) self->element_type;
}

static gboolean
skip (const PaddockGgufArray *self, PaddockGgufCursor *cursor, guint64 count)
{
  return paddock_gguf_cursor_skip_elements (cursor, self->element_type, count, 0, NULL);
}

/* Sets the cursor to an element. Fails only when the file was changed under us. */
static gboolean
seek (PaddockGgufArray *self, guint64 position, PaddockGgufCursor *cursor)
{
  gsize size = paddock_gguf_type_get_size (self->element_type);
  guint64 checkpoint = position / CHECKPOINT_INTERVAL;

  if (position >= self->length)
    return FALSE;
  if (size > 0)
    {
      paddock_gguf_metadata_seek (self->metadata, self->start + position * size, cursor);
      return TRUE;
    }

  if (position >= self->recent && self->recent / CHECKPOINT_INTERVAL == checkpoint)
    {
      paddock_gguf_metadata_seek (self->metadata, self->recent_place, cursor);
      if (!skip (self, cursor, position - self->recent))
        return FALSE;
      self->recent = position;
      self->recent_place = cursor->position;
      return TRUE;
    }

  guint known = (guint) MIN (checkpoint, (guint64) self->checkpoints->len - 1);
  paddock_gguf_metadata_seek (self->metadata, g_array_index (self->checkpoints, guint64, known), cursor);
  for (; known < checkpoint; known++)
    {
      if (!skip (self, cursor, CHECKPOINT_INTERVAL))
        return FALSE;
      g_array_append_val (self->checkpoints, cursor->position);
    }
  if (!skip (self, cursor, position % CHECKPOINT_INTERVAL))
    return FALSE;
  self->recent = position;
  self->recent_place = cursor->position;
  return TRUE;
}

/* An element as an entry, so that numbers are read in one place. */
static gboolean
get_element (PaddockGgufArray *self, guint64 position, PaddockGgufEntry *entry)
{
  PaddockGgufCursor cursor;

  if (paddock_gguf_type_get_size (self->element_type) == 0 || !seek (self, position, &cursor))
    return FALSE;
  *entry = (PaddockGgufEntry) { .value_offset = cursor.position, .type = self->element_type, .length = 1 };
  return TRUE;
}

/**
 * paddock_gguf_array_read_uint:
 * @self: an array
 * @position: which element
 * @value: (out): the number
 *
 * Returns: whether the element is an integer that is not negative
 */
gboolean
paddock_gguf_array_read_uint (PaddockGgufArray *self, guint64 position, guint64 *value)
{
  PaddockGgufEntry entry;

  return get_element (self, position, &entry) && paddock_gguf_metadata_read_uint (self->metadata, &entry, value);
}

/**
 * paddock_gguf_array_read_int:
 * @self: an array
 * @position: which element
 * @value: (out): the number
 *
 * Returns: whether the element is an integer that fits
 */
gboolean
paddock_gguf_array_read_int (PaddockGgufArray *self, guint64 position, gint64 *value)
{
  PaddockGgufEntry entry;

  return get_element (self, position, &entry) && paddock_gguf_metadata_read_int (self->metadata, &entry, value);
}

/**
 * paddock_gguf_array_read_bool:
 * @self: an array
 * @position: which element
 * @value: (out): the switch
 *
 * Returns: whether the element is one
 */
gboolean
paddock_gguf_array_read_bool (PaddockGgufArray *self, guint64 position, gboolean *value)
{
  PaddockGgufEntry entry;

  return get_element (self, position, &entry) && paddock_gguf_metadata_read_bool (self->metadata, &entry, value);
}

/**
 * paddock_gguf_array_read_double:
 * @self: an array
 * @position: which element
 * @value: (out): the number
 *
 * Returns: whether the element is a number
 */
gboolean
paddock_gguf_array_read_double (PaddockGgufArray *self, guint64 position, double *value)
{
  PaddockGgufEntry entry;

  return get_element (self, position, &entry) && paddock_gguf_metadata_read_double (self->metadata, &entry, value);
}

/**
 * paddock_gguf_array_get_string_bytes:
 * @self: an array
 * @position: which element
 * @length: (out): how many bytes
 *
 * Returns: (transfer none) (nullable): the text as it stands in the file, without an end; %NULL if it is not a string
 */
const char *
paddock_gguf_array_get_string_bytes (PaddockGgufArray *self, guint64 position, gsize *length)
{
  PaddockGgufCursor cursor;
  guint64 offset, bytes;

  *length = 0;
  if (self->element_type != PADDOCK_GGUF_STRING || !seek (self, position, &cursor)
      || !paddock_gguf_cursor_read_string (&cursor, "a string", PADDOCK_GGUF_MAX_STRING, &offset, &bytes, NULL))
    return NULL;
  *length = (gsize) bytes;
  return (const char *) cursor.data + offset;
}

/**
 * paddock_gguf_array_dup_string:
 * @self: an array
 * @position: which element
 *
 * Returns: (transfer full) (nullable): the text as valid UTF-8; %NULL if it is not a string
 */
char *
paddock_gguf_array_dup_string (PaddockGgufArray *self, guint64 position)
{
  gsize length;
  const char *bytes = paddock_gguf_array_get_string_bytes (self, position, &length);

  return bytes != NULL ? g_utf8_make_valid (bytes, (gssize) length) : NULL;
}

/**
 * paddock_gguf_array_get_nested:
 * @self: an array
 * @position: which element
 *
 * Returns: (transfer full) (nullable): the array that the element is; %NULL if it is not one
 */
PaddockGgufArray *
paddock_gguf_array_get_nested (PaddockGgufArray *self, guint64 position)
{
  PaddockGgufCursor cursor;
  guint32 type;
  guint64 length;

  if (self->element_type != PADDOCK_GGUF_ARRAY || !seek (self, position, &cursor)
      || !paddock_gguf_cursor_read_u32 (&cursor, "a type", &type, NULL)
      || !paddock_gguf_cursor_read_count (&cursor, "a length", &length, NULL) || type >= PADDOCK_GGUF_N_TYPES)
    return NULL;
  return array_new (self->metadata, (guint8) type, cursor.position, length);
}

/**
 * paddock_gguf_array_format:
 * @self: an array
 * @position: which element
 *
 * Returns: (transfer full): the element in one line, for people; empty if the file was changed under us
 */
char *
paddock_gguf_array_format (PaddockGgufArray *self, guint64 position)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PaddockGgufCursor cursor;

  if (seek (self, position, &cursor))
    paddock_gguf_metadata_append_element (self->metadata, &cursor, self->element_type, SHOWN_CHARS, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
