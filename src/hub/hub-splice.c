/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-splice.h"

#include <string.h>

#include "gguf/gguf-layout.h"

/* Less is not worth a question of its own. */
#define MIN_SAVED (128u << 10)
/* So much of what is taken for the same has been seen to be the same. */
#define MIN_SEEN (4u << 10)
/* Keys behind the vocabulary may have other texts. */
#define SLACK (32u << 10)
/* Of a key: its length, and its type behind it. */
#define KEY_OVERHEAD (sizeof (guint64) + sizeof (guint32))

/**
 * paddock_hub_splice_free:
 * @self: (transfer full): a splice
 */
void
paddock_hub_splice_free (PaddockHubSplice *self)
{
  g_bytes_unref (self->between);
  g_bytes_unref (self->mark);
  g_free (self);
}

static guint64
get_begin (const PaddockGgufEntry *entry)
{
  return entry->key_offset - sizeof (guint64);
}

static gboolean
is_large (const PaddockGgufEntry *entry)
{
  return entry->type == PADDOCK_GGUF_ARRAY && entry->value_end - get_begin (entry) >= MIN_SAVED;
}

/* The first key that is large, and the place behind the last one. FALSE: there is none. */
static gboolean
find_large (const PaddockGgufMetadata *metadata, guint64 *begin, guint64 *end)
{
  gboolean found = FALSE;

  for (guint i = 0; i < paddock_gguf_metadata_get_count (metadata); i++)
    {
      const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (metadata, i);

      if (!is_large (entry))
        continue;
      if (!found)
        *begin = get_begin (entry);
      *end = entry->value_end;
      found = TRUE;
    }
  return found;
}

/* The key, or the name of the tensor, that follows there: it tells that the place is right. */
static GBytes *
make_mark (PaddockGgufFile *sibling, const guint8 *data, gsize available, guint64 place)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (sibling);
  gsize length = sizeof (guint64);

  for (guint i = 0; i < paddock_gguf_metadata_get_count (metadata); i++)
    {
      const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (metadata, i);

      if (get_begin (entry) == place)
        length = KEY_OVERHEAD + entry->key_length;
    }
  if (place == paddock_gguf_file_get_metadata_end (sibling) && paddock_gguf_file_get_n_tensors (sibling) > 0)
    length = sizeof (guint64) + paddock_gguf_file_get_tensor (sibling, 0)->name_length;
  return g_bytes_new (data + place, MIN (length, available - (gsize) place));
}

/* Where the header of which only the begin is here breaks off: in front of the key that is not whole. */
static guint64
find_break (GBytes *head, guint64 size)
{
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_head (head, size, "head");
  g_autoptr (PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  guint count = paddock_gguf_metadata_get_count (metadata);

  if (!g_error_matches (paddock_gguf_file_get_failure (file), G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) || count == 0
      || paddock_gguf_file_get_n_tensors (file) > 0 || paddock_gguf_file_get_byte_order (file) != PADDOCK_GGUF_LITTLE_ENDIAN
      || paddock_gguf_file_get_version (file) < 2)
    return 0;
  return paddock_gguf_metadata_get_entry (metadata, count - 1)->value_end;
}

/**
 * paddock_hub_splice_new:
 * @sibling: a file whose header is whole
 * @head: the first bytes of another
 *
 * Returns: (transfer full) (nullable): how to go on with the other one
 */
PaddockHubSplice *
paddock_hub_splice_new (PaddockGgufFile *sibling, GBytes *head)
{
  gsize known = g_bytes_get_size (head), available;
  const guint8 *bytes = g_bytes_get_data (head, NULL);
  const guint8 *data = paddock_gguf_source_get_prefix (paddock_gguf_file_get_source (sibling), &available);
  guint64 place = find_break (head, G_MAXINT64);
  guint64 begin, end, seen;
  PaddockHubSplice *self;

  if (place == 0 || place >= known || paddock_gguf_file_get_byte_order (sibling) != PADDOCK_GGUF_LITTLE_ENDIAN
      || paddock_gguf_file_get_version (sibling) < 2 || !find_large (paddock_gguf_file_get_metadata (sibling), &begin, &end)
      || end > available)
    return NULL;
  seen = known - place;
  if (seen < MIN_SEEN || end - begin < seen + MIN_SAVED || memcmp (bytes + place, data + begin, (gsize) seen) != 0)
    return NULL;
  self = g_new0 (PaddockHubSplice, 1);
  self->between = g_bytes_new (data + begin + seen, (gsize) (end - begin - seen));
  self->mark = make_mark (sibling, data, available, end);
  self->begin = place + (end - begin);
  self->length = (gsize) (paddock_gguf_file_get_header_end (sibling) - end) + SLACK;
  return self;
}

/* The tensors fill it, none lies on another. */
static gboolean
fills_file (PaddockGgufFile *file)
{
  static const PaddockGgufLayoutKind wrong[]
      = { PADDOCK_GGUF_LAYOUT_OVERFLOW, PADDOCK_GGUF_LAYOUT_OUTSIDE, PADDOCK_GGUF_LAYOUT_OVERLAP, PADDOCK_GGUF_LAYOUT_GAP,
          PADDOCK_GGUF_LAYOUT_TRAILING };
  g_autoptr (PaddockGgufLayout) layout = paddock_gguf_layout_new (file);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (paddock_gguf_layout_count (layout, wrong[i]) > 0)
      return FALSE;
  return paddock_gguf_file_get_n_tensors (file) > 0;
}

/**
 * paddock_hub_splice_join:
 * @self: a splice
 * @head: what it was made for
 * @rest: the bytes from its begin on
 * @size: of the file
 * @name: what to call it
 * @cancellable: (nullable): to stop
 *
 * Returns: (transfer full) (nullable): the file with its whole header
 */
PaddockGgufFile *
paddock_hub_splice_join (
    const PaddockHubSplice *self, GBytes *head, GBytes *rest, guint64 size, const char *name, GCancellable *cancellable)
{
  gsize marked, length;
  const guint8 *mark = g_bytes_get_data (self->mark, &marked);
  const guint8 *data = g_bytes_get_data (rest, &length);
  g_autoptr (GByteArray) all = NULL;
  g_autoptr (GBytes) joined = NULL;
  g_autoptr (PaddockGgufSource) source = NULL;
  g_autoptr (PaddockGgufFile) file = NULL;

  if (length < marked || memcmp (mark, data, marked) != 0)
    return NULL;
  all = g_byte_array_sized_new ((guint) (g_bytes_get_size (head) + g_bytes_get_size (self->between) + length));
  g_byte_array_append (all, g_bytes_get_data (head, NULL), (guint) g_bytes_get_size (head));
  g_byte_array_append (all, g_bytes_get_data (self->between, NULL), (guint) g_bytes_get_size (self->between));
  g_byte_array_append (all, data, (guint) length);
  if (all->len > size)
    return NULL;
  joined = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  source = paddock_gguf_source_new_for_head (joined, size, name);
  file = paddock_gguf_file_scan (source, cancellable);
  return paddock_gguf_file_get_failure (file) == NULL && fills_file (file) ? g_steal_pointer (&file) : NULL;
}
