/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-edit-layout.h"

#include <sys/stat.h>
#include <unistd.h>

#include "gguf/gguf-edit-copy.h"
#include "gguf/gguf-header-bytes.h"

#define SECTOR 512
/* Tensors of so few bytes are copied before anybody notices; then a new file is the simplest and the safest way. */
#define CHEAP (G_GUINT64_CONSTANT (64) << 20)
/* Room that a new file gets for later edits in place, if it is not cheap to make it anew. */
#define ROOM (G_GUINT64_CONSTANT (32) << 10)

typedef struct
{
  /* Borrowed */
  PaddockGgufFile *file;
  GPtrArray *changes;
  PaddockGgufEditLayout *layout;

  guint64 data_before;
  guint64 alignment;
  guint64 bare;                      /* the header without any room */
} Planner;

static guint64
align_up (guint64 offset, guint64 alignment)
{
  return (offset + alignment - 1) & ~(alignment - 1);
}

void
paddock_gguf_edit_layout_free (PaddockGgufEditLayout *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->before, g_bytes_unref);
  g_clear_pointer (&self->header, g_bytes_unref);
  g_free (self);
}

static GBytes *
read_before (Planner *self, GError **error)
{
  PaddockGgufSource *source = paddock_gguf_file_get_source (self->file);
  gsize length = (gsize) (paddock_gguf_file_get_size (self->file) - self->layout->tail);
  g_autofree guint8 *bytes = g_malloc (length);

  if (!paddock_gguf_source_read (source, 0, bytes, length, NULL, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}

/* The header with that room, padded to the given length. */
static gboolean
set_header (Planner *self, gint64 room, guint64 length, GError **error)
{
  GByteArray *bytes = paddock_gguf_header_bytes_build (self->file, self->changes, room, error);
  guint end;

  if (bytes == NULL)
    return FALSE;
  end = bytes->len;
  g_byte_array_set_size (bytes, (guint) length);
  memset (bytes->data + end, 0, (gsize) length - end);
  self->layout->header = g_byte_array_free_to_bytes (bytes);
  self->layout->room = room > 0 ? (guint64) room : 0;
  return TRUE;
}

/* Whether the tensors may stay where they are, and with how much room before them. */
static gboolean
find_room_in_place (Planner *self, gint64 *room)
{
  gboolean has_room = paddock_gguf_metadata_find (paddock_gguf_file_get_metadata (self->file), PADDOCK_GGUF_ROOM_KEY) != NULL;

  *room = PADDOCK_GGUF_NO_ROOM;
  if (paddock_gguf_file_get_version (self->file) == 1)
    return FALSE;
  /* Without tensors the file ends with the header, so that it must not end elsewhere. */
  if (self->layout->tail == 0)
    return self->bare == paddock_gguf_file_get_header_end (self->file);
  if (align_up (self->bare, self->alignment) == self->data_before)
    return TRUE;
  /* A key nobody asked for is worth it only where copying takes long. */
  if ((!has_room && self->layout->tail <= CHEAP) || self->bare + PADDOCK_GGUF_ROOM_OVERHEAD > self->data_before)
    return FALSE;
  *room = (gint64) (self->data_before - self->bare - PADDOCK_GGUF_ROOM_OVERHEAD);
  return TRUE;
}

/* Where tensors go that cannot stay: as far behind a block's beginning as before, so that blocks can be shared. */
static gboolean
lay_out_new_file (Planner *self, GError **error)
{
  guint64 step = MAX (self->alignment, PADDOCK_GGUF_EDIT_BLOCK);
  guint64 least = self->bare + PADDOCK_GGUF_ROOM_OVERHEAD + ROOM;
  guint64 length;

  self->layout->method = PADDOCK_GGUF_EDIT_NEW_FILE;
  if (self->layout->tail > CHEAP)
    {
      length = least + (self->data_before - least) % step;
      return set_header (self, (gint64) (length - self->bare - PADDOCK_GGUF_ROOM_OVERHEAD), length, error);
    }
  /* A header that was not padded at the end of a file without tensors is not padded now. */
  length = align_up (self->bare, self->alignment);
  if (self->layout->tail == 0 && paddock_gguf_file_get_size (self->file) < self->data_before)
    length = self->bare;
  return set_header (self, PADDOCK_GGUF_NO_ROOM, length, error);
}

static void
find_difference (PaddockGgufEditLayout *layout)
{
  const guint8 *before = g_bytes_get_data (layout->before, NULL);
  const guint8 *after = g_bytes_get_data (layout->header, NULL);
  gsize length = MIN (g_bytes_get_size (layout->before), g_bytes_get_size (layout->header));

  layout->method = PADDOCK_GGUF_EDIT_NOTHING;
  layout->first = 0;
  while (layout->first < length && before[layout->first] == after[layout->first])
    layout->first++;
  if (layout->first == length)
    return;
  layout->method = PADDOCK_GGUF_EDIT_IN_PLACE;
  layout->last = length - 1;
  while (before[layout->last] == after[layout->last])
    layout->last--;
  layout->journal = layout->first / SECTOR != layout->last / SECTOR;
}

/*
 * A new file is old or new for everybody at every instant, when the power fails too; so it is preferred to writing many
 * blocks in place where it costs nothing, unless it would part the file from its other names or its owner.
 */
static gboolean
prefer_new_file (PaddockGgufEditLayout *layout, const struct stat *status)
{
  return layout->first / PADDOCK_GGUF_EDIT_BLOCK != layout->last / PADDOCK_GGUF_EDIT_BLOCK && layout->hard_links == 0
         && (status->st_uid == geteuid () || geteuid () == 0) && (layout->clones || layout->tail <= CHEAP);
}

static gboolean
lay_out (Planner *self, gboolean same_file, const struct stat *status, GError **error)
{
  gint64 room;

  if (same_file && find_room_in_place (self, &room))
    {
      if (!set_header (self, room, g_bytes_get_size (self->layout->before), error))
        return FALSE;
      find_difference (self->layout);
      if (self->layout->method == PADDOCK_GGUF_EDIT_NOTHING || !prefer_new_file (self->layout, status))
        return TRUE;
      self->layout->method = PADDOCK_GGUF_EDIT_NEW_FILE;
      return TRUE;
    }
  return lay_out_new_file (self, error);
}

PaddockGgufEditLayout *
paddock_gguf_edit_layout_make (PaddockGgufFile *file, GPtrArray *changes, const char *output, GError **error)
{
  g_autoptr(PaddockGgufEditLayout) layout = g_new0 (PaddockGgufEditLayout, 1);
  g_autoptr(GByteArray) bare = paddock_gguf_header_bytes_build (file, changes, PADDOCK_GGUF_NO_ROOM, error);
  PaddockGgufSource *source = paddock_gguf_file_get_source (file);
  guint64 size = paddock_gguf_file_get_size (file);
  const char *target = output != NULL ? output : paddock_gguf_source_get_name (source);
  struct stat status = { 0 };
  Planner self = { .file = file,
                   .changes = changes,
                   .layout = layout,
                   .data_before = paddock_gguf_file_get_data_offset (file),
                   .alignment = paddock_gguf_file_get_alignment (file) };

  if (bare == NULL)
    return NULL;
  if (self.data_before > PADDOCK_GGUF_MAX_METADATA || self.alignment > PADDOCK_GGUF_MAX_METADATA)
    {
      g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_ALIGNMENT,
                   "“%s” keeps its tensors too far behind its header to be edited", paddock_gguf_file_get_path (file));
      return NULL;
    }
  self.bare = bare->len;
  layout->tail = size - MIN (size, self.data_before);
  if (paddock_gguf_source_get_fd (source) >= 0)
    {
      if (fstat (paddock_gguf_source_get_fd (source), &status) == 0 && status.st_nlink > 1)
        layout->hard_links = status.st_nlink - 1;
      layout->clones = layout->tail > 0 && paddock_gguf_edit_copy_can_clone (paddock_gguf_source_get_fd (source), target);
    }
  layout->before = read_before (&self, error);
  if (layout->before == NULL || !lay_out (&self, output == NULL, &status, error))
    return NULL;
  return g_steal_pointer (&layout);
}
