/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-header-bytes.h"

#include "gguf/gguf-editor.h"
#include "gguf/gguf-encode.h"
#include "gguf/gguf-metadata-private.h"
#include "gguf/gguf-value-private.h"

#define VERSION_OFFSET 4
#define ENTRIES_OFFSET 16
#define HEAD 24                      /* magic, version, counts */

typedef struct
{
  /* Borrowed */
  PaddockGgufFile *file;
  const PaddockGgufMetadata *metadata;
  const guint8 *prefix;

  /* Owned */
  GHashTable *changes;               /* key → PaddockGgufChange, those that replace or remove */
  GByteArray *out;

  PaddockGgufByteOrder order;
  guint64 n_entries;
  gint64 room;
  gboolean narrow;
} Builder;

static void
put_key (Builder *self, const char *key, gsize length, PaddockGgufType type)
{
  paddock_gguf_encode_string (self->out, self->order, key, length);
  paddock_gguf_encode_u32 (self->out, self->order, type);
  self->n_entries++;
}

static void
put_value (Builder *self, const char *key, PaddockGgufValue *value)
{
  put_key (self, key, strlen (key), paddock_gguf_value_get_type_id (value));
  paddock_gguf_value_encode (value, self->order, self->out);
}

static void
put_room (Builder *self)
{
  guint start;

  if (self->room < 0)
    return;
  put_key (self, PADDOCK_GGUF_ROOM_KEY, strlen (PADDOCK_GGUF_ROOM_KEY), PADDOCK_GGUF_STRING);
  paddock_gguf_encode_u64 (self->out, self->order, (guint64) self->room);
  start = self->out->len;
  g_byte_array_set_size (self->out, start + (guint) self->room);
  memset (self->out->data + start, ' ', (gsize) self->room);
  self->room = PADDOCK_GGUF_NO_ROOM;
}

/* An entry that stays. */
static gboolean
put_entry (Builder *self, const PaddockGgufEntry *entry)
{
  g_autoptr(PaddockGgufValue) value = NULL;
  const char *key;
  gsize length;

  if (!self->narrow)
    {
      guint64 start = entry->key_offset - 8;

      g_byte_array_append (self->out, self->prefix + start, (guint) (entry->value_end - start));
      self->n_entries++;
      return TRUE;
    }
  value = paddock_gguf_value_new_for_entry (self->metadata, entry);
  if (value == NULL)
    return FALSE;
  key = paddock_gguf_metadata_get_key_bytes (self->metadata, entry, &length);
  put_key (self, key, length, paddock_gguf_value_get_type_id (value));
  paddock_gguf_value_encode (value, self->order, self->out);
  return TRUE;
}

static gboolean
put_entries (Builder *self)
{
  for (guint i = 0; i < paddock_gguf_metadata_get_count (self->metadata); i++)
    {
      const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (self->metadata, i);
      gsize length;
      const char *bytes = paddock_gguf_metadata_get_key_bytes (self->metadata, entry, &length);
      g_autofree char *key = g_strndup (bytes, length);
      const PaddockGgufChange *change = strlen (key) == length ? g_hash_table_lookup (self->changes, key) : NULL;

      if (g_str_equal (key, PADDOCK_GGUF_ROOM_KEY))
        put_room (self);
      else if (change != NULL && change->after != NULL)
        put_value (self, key, change->after);
      else if (change == NULL && !put_entry (self, entry))
        return FALSE;
    }
  return TRUE;
}

/* Only the numbers that stand between the names are of another width in version 1. */
static void
put_tensor (Builder *self, const PaddockGgufTensor *tensor)
{
  gsize length;
  const char *name = paddock_gguf_file_get_tensor_name_bytes (self->file, tensor, &length);

  paddock_gguf_encode_string (self->out, self->order, name, length);
  paddock_gguf_encode_u32 (self->out, self->order, tensor->n_dimensions);
  for (guint i = 0; i < tensor->n_dimensions; i++)
    paddock_gguf_encode_u64 (self->out, self->order, tensor->dimensions[i]);
  paddock_gguf_encode_u32 (self->out, self->order, tensor->type);
  paddock_gguf_encode_u64 (self->out, self->order, tensor->offset);
}

static void
put_tensors (Builder *self)
{
  guint64 start = paddock_gguf_file_get_metadata_end (self->file);
  guint64 end = paddock_gguf_file_get_header_end (self->file);

  if (!self->narrow)
    g_byte_array_append (self->out, self->prefix + start, (guint) (end - start));
  else
    for (guint i = 0; i < paddock_gguf_file_get_n_tensors (self->file); i++)
      put_tensor (self, paddock_gguf_file_get_tensor (self->file, i));
}

static gboolean
build (Builder *self, GPtrArray *changes)
{
  g_autoptr(GByteArray) head = g_byte_array_new ();
  guint32 version = paddock_gguf_file_get_version (self->file);

  g_byte_array_append (head, (const guint8 *) "GGUF", VERSION_OFFSET);
  paddock_gguf_encode_u32 (head, self->order, version == 1 ? 3 : version);
  paddock_gguf_encode_u64 (head, self->order, paddock_gguf_file_get_n_tensors (self->file));
  paddock_gguf_encode_u64 (head, self->order, 0);
  g_byte_array_append (self->out, head->data, HEAD);
  if (!put_entries (self))
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const PaddockGgufChange *change = changes->pdata[i];

      if (change->kind == PADDOCK_GGUF_CHANGE_ADD)
        put_value (self, change->key, change->after);
    }
  put_room (self);
  put_tensors (self);

  g_byte_array_set_size (head, ENTRIES_OFFSET);
  paddock_gguf_encode_u64 (head, self->order, self->n_entries);
  memcpy (self->out->data + ENTRIES_OFFSET, head->data + ENTRIES_OFFSET, HEAD - ENTRIES_OFFSET);
  return TRUE;
}

GByteArray *
paddock_gguf_header_bytes_build (PaddockGgufFile *file, GPtrArray *changes, gint64 room, GError **error)
{
  PaddockGgufSource *source = paddock_gguf_file_get_source (file);
  g_autoptr(GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GByteArray) out = g_byte_array_new ();
  gsize available;
  Builder self = { .file = file,
                   .metadata = paddock_gguf_file_get_metadata (file),
                   .prefix = paddock_gguf_source_get_prefix (source, &available),
                   .changes = by_key,
                   .out = out,
                   .order = paddock_gguf_file_get_byte_order (file),
                   .room = room,
                   .narrow = paddock_gguf_file_get_version (file) == 1 };

  for (guint i = 0; i < changes->len; i++)
    {
      PaddockGgufChange *change = changes->pdata[i];

      if (change->kind != PADDOCK_GGUF_CHANGE_ADD)
        g_hash_table_insert (by_key, change->key, change);
    }
  if (paddock_gguf_file_get_header_end (file) <= available && build (&self, changes))
    return g_steal_pointer (&out);
  g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_CHANGED, "“%s” cannot be read any more",
               paddock_gguf_file_get_path (file));
  return NULL;
}
