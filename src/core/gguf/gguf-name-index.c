/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-name-index.h"

#include <string.h>

#define EMPTY G_MAXUINT32

struct _PaddockGgufNameIndex
{
  /* Owned */
  guint32 *slots;

  /* Borrowed */
  PaddockGgufNameFunc get_name;
  gconstpointer owner;

  guint mask;
  guint64 seed;
  guint duplicate;                   /* EMPTY: every name is there once */
};

/* Multiply and fold, eight bytes a step. The seed keeps a crafted file from filling one slot. */
static guint
hash (const PaddockGgufNameIndex *self, const char *name, gsize length)
{
  guint64 state = self->seed ^ length;

  while (length > 0)
    {
      guint64 word = 0;
      gsize step = MIN (length, 8);

      memcpy (&word, name, step);
      state = (state ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      state ^= state >> 29;
      state += self->seed;
      name += step;
      length -= step;
    }
  state *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  return (guint) (state >> 32) & self->mask;
}

/* The slot of the name, or the empty one where it would go. */
static guint
find_slot (const PaddockGgufNameIndex *self, const char *name, gsize length)
{
  guint slot = hash (self, name, length);

  while (self->slots[slot] != EMPTY)
    {
      gsize other_length;
      const char *other = self->get_name (self->owner, self->slots[slot], &other_length);

      if (other_length == length && (length == 0 || memcmp (other, name, length) == 0))
        break;
      slot = (slot + 1) & self->mask;
    }
  return slot;
}

/**
 * paddock_gguf_name_index_new:
 * @count: how many names
 * @get_name: (scope forever): tells the bytes of a name
 * @owner: for @get_name; must outlive the index
 *
 * Returns: (transfer full): an index over the names
 */
PaddockGgufNameIndex *
paddock_gguf_name_index_new (guint count, PaddockGgufNameFunc get_name, gconstpointer owner)
{
  PaddockGgufNameIndex *self = g_new0 (PaddockGgufNameIndex, 1);
  guint size = 8;

  while (size < 2 * count)
    size *= 2;

  self->get_name = get_name;
  self->owner = owner;
  self->mask = size - 1;
  self->seed = ((guint64) g_random_int () << 32) | g_random_int ();
  self->duplicate = EMPTY;
  self->slots = g_new (guint32, size);
  memset (self->slots, 0xff, size * sizeof *self->slots);

  for (guint i = 0; i < count; i++)
    {
      gsize length;
      const char *name = get_name (owner, i, &length);
      guint slot = find_slot (self, name, length);

      if (self->slots[slot] == EMPTY)
        self->slots[slot] = i;
      else if (self->duplicate == EMPTY)
        self->duplicate = i;
    }
  return self;
}

/**
 * paddock_gguf_name_index_free:
 * @self: (transfer full): an index
 */
void
paddock_gguf_name_index_free (PaddockGgufNameIndex *self)
{
  g_free (self->slots);
  g_free (self);
}

/**
 * paddock_gguf_name_index_find:
 * @self: an index
 * @name: (array length=length) (element-type guint8): bytes
 * @length: how many
 * @position: (out): the number of the first name that is the same
 *
 * Returns: whether there is one
 */
gboolean
paddock_gguf_name_index_find (const PaddockGgufNameIndex *self, const char *name, gsize length, guint *position)
{
  guint32 found = self->slots[find_slot (self, name, length)];

  if (found == EMPTY)
    return FALSE;
  *position = found;
  return TRUE;
}

/**
 * paddock_gguf_name_index_get_duplicate:
 * @self: an index
 * @position: (out): the number of the first name that stood before
 *
 * Returns: whether any name stands twice
 */
gboolean
paddock_gguf_name_index_get_duplicate (const PaddockGgufNameIndex *self, guint *position)
{
  if (self->duplicate == EMPTY)
    return FALSE;
  *position = self->duplicate;
  return TRUE;
}
