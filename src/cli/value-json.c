/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "value-json.h"

#include <string.h>

/* Longer arrays are described, not listed: a vocabulary is of no use in the middle of a document about the file. */
#define LISTED_ELEMENTS 64

typedef struct
{
  const guint8 *at;
  gsize left;
} Bytes;

static gboolean
take (Bytes *bytes, gpointer into, gsize size)
{
  if (size > bytes->left)
    return FALSE;
  memcpy (into, bytes->at, size);
  bytes->at += size;
  bytes->left -= size;
  return TRUE;
}

static gboolean
add_string (PaddockJsonWriter *writer, const char *name, Bytes *bytes)
{
  guint64 length;

  if (!take (bytes, &length, sizeof length))
    return FALSE;
  length = GUINT64_FROM_LE (length);
  if (length > bytes->left)
    return FALSE;

  paddock_json_writer_add_bytes (writer, name, (const char *) bytes->at, (gsize) length);
  bytes->at += length;
  bytes->left -= (gsize) length;
  return TRUE;
}

static gint64
extend_sign (guint64 value, gsize size)
{
  guint unused = (guint) (sizeof value - size) * 8;

  return (gint64) (value << unused) >> unused;
}

/* Little endian, as every #PaddockGgufValue is. */
static gboolean
add_scalar (PaddockJsonWriter *writer, const char *name, PaddockGgufType type, Bytes *bytes)
{
  gsize size = paddock_gguf_type_get_size (type);
  guint64 raw = 0;
  guint32 bits;
  float single;
  double number;

  if (type == PADDOCK_GGUF_STRING)
    return add_string (writer, name, bytes);
  if (size == 0 || size > sizeof raw || !take (bytes, &raw, size))
    return FALSE;

  raw = GUINT64_FROM_LE (raw);
  switch (type)
    {
    case PADDOCK_GGUF_BOOL:
      paddock_json_writer_add_boolean (writer, name, raw != 0);
      break;
    case PADDOCK_GGUF_INT8:
    case PADDOCK_GGUF_INT16:
    case PADDOCK_GGUF_INT32:
    case PADDOCK_GGUF_INT64:
      paddock_json_writer_add_int (writer, name, extend_sign (raw, size));
      break;
    case PADDOCK_GGUF_FLOAT32:
      bits = (guint32) raw;
      memcpy (&single, &bits, sizeof single);
      paddock_json_writer_add_float (writer, name, single);
      break;
    case PADDOCK_GGUF_FLOAT64:
      memcpy (&number, &raw, sizeof number);
      paddock_json_writer_add_double (writer, name, number);
      break;
    default:
      paddock_json_writer_add_uint (writer, name, raw);
      break;
    }
  return TRUE;
}

static void
add_head (PaddockJsonWriter *writer, PaddockGgufType type, PaddockGgufType element_type, guint64 length)
{
  paddock_json_writer_add_string (writer, "type", paddock_gguf_type_get_name (type));
  if (type == PADDOCK_GGUF_ARRAY)
    {
      paddock_json_writer_add_string (writer, "element_type", paddock_gguf_type_get_name (element_type));
      paddock_json_writer_add_uint (writer, "length", length);
    }
}

static gboolean
is_listed (PaddockGgufType element_type, guint64 length)
{
  return length <= LISTED_ELEMENTS && element_type != PADDOCK_GGUF_ARRAY;
}

/* A value's array bytes begin with the elements' type and their number, as in the file. */
static void
add_elements (PaddockJsonWriter *writer, PaddockGgufType element_type, guint64 length, Bytes *bytes)
{
  guint32 type;
  guint64 count;

  if (!take (bytes, &type, sizeof type) || !take (bytes, &count, sizeof count))
    return;

  paddock_json_writer_begin_array (writer, "value");
  for (guint64 i = 0; i < length; i++)
    if (!add_scalar (writer, NULL, element_type, bytes))
      break;
  paddock_json_writer_end_array (writer);
}

/**
 * paddock_value_json_add_value:
 * @writer: a writer in an object
 * @value: the value
 */
void
paddock_value_json_add_value (PaddockJsonWriter *writer, const PaddockGgufValue *value)
{
  PaddockGgufType type = paddock_gguf_value_get_type_id (value);
  Bytes bytes = { NULL };

  bytes.at = g_bytes_get_data (paddock_gguf_value_get_bytes (value), &bytes.left);
  if (type != PADDOCK_GGUF_ARRAY)
    {
      add_head (writer, type, type, 1);
      add_scalar (writer, "value", type, &bytes);
      return;
    }

  PaddockGgufType element_type = paddock_gguf_value_get_element_type (value);
  guint64 length = paddock_gguf_value_get_length (value);

  add_head (writer, type, element_type, length);
  if (is_listed (element_type, length))
    add_elements (writer, element_type, length, &bytes);
}

/**
 * paddock_value_json_add_entry:
 * @writer: a writer in an object
 * @metadata: a file's metadata
 * @entry: one of its entries
 */
void
paddock_value_json_add_entry (PaddockJsonWriter *writer, const PaddockGgufMetadata *metadata,
                              const PaddockGgufEntry *entry)
{
  PaddockGgufType type = (PaddockGgufType) entry->type;
  g_autoptr (PaddockGgufValue) value = NULL;

  if (type == PADDOCK_GGUF_ARRAY && !is_listed ((PaddockGgufType) entry->element_type, entry->length))
    {
      add_head (writer, type, (PaddockGgufType) entry->element_type, entry->length);
      return;
    }

  value = paddock_gguf_value_new_for_entry (metadata, entry);
  if (value != NULL)
    {
      paddock_value_json_add_value (writer, value);
      return;
    }

  /* The file changed under us. */
  add_head (writer, type, (PaddockGgufType) entry->element_type, entry->length);
  paddock_json_writer_add_null (writer, "value");
}
