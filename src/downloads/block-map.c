/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "block-map.h"

typedef enum
{
  MISSING,
  TAKEN,
  THERE
} State;

struct _PaddockBlockMap
{
  guint8 *states; /* State of each block */
  guint64 size, n_blocks;
  guint64 done;   /* bytes */
  guint64 prefix; /* all blocks before it are there */
  guint64 free;   /* no block before it is missing */
};

/**
 * paddock_block_map_new:
 * @size: of the file
 *
 * Returns: (transfer full): a map of a file of which nothing is there
 */
PaddockBlockMap *
paddock_block_map_new (guint64 size)
{
  PaddockBlockMap *self = g_new0 (PaddockBlockMap, 1);

  self->size = size;
  self->n_blocks = size / PADDOCK_BLOCK_SIZE + (size % PADDOCK_BLOCK_SIZE != 0);
  self->states = g_malloc0 (self->n_blocks);
  return self;
}

/**
 * paddock_block_map_free:
 * @self: (transfer full): a map
 */
void
paddock_block_map_free (PaddockBlockMap *self)
{
  g_free (self->states);
  g_free (self);
}

guint64
paddock_block_map_get_size (const PaddockBlockMap *self)
{
  return self->size;
}

guint64
paddock_block_map_get_n_blocks (const PaddockBlockMap *self)
{
  return self->n_blocks;
}

guint64
paddock_block_map_get_end (const PaddockBlockMap *self, guint64 block)
{
  return MIN ((block + 1) * PADDOCK_BLOCK_SIZE, self->size);
}

guint64
paddock_block_map_get_done (const PaddockBlockMap *self)
{
  return self->done;
}

guint64
paddock_block_map_get_prefix (const PaddockBlockMap *self)
{
  return self->prefix;
}

gboolean
paddock_block_map_has (const PaddockBlockMap *self, guint64 block)
{
  return self->states[block] == THERE;
}

gboolean
paddock_block_map_is_complete (const PaddockBlockMap *self)
{
  return self->prefix == self->n_blocks;
}

static void
find_free (PaddockBlockMap *self)
{
  while (self->free < self->n_blocks && self->states[self->free] != MISSING)
    self->free++;
}

gboolean
paddock_block_map_has_free (PaddockBlockMap *self)
{
  find_free (self);
  return self->free < self->n_blocks;
}

/**
 * paddock_block_map_take:
 * @self: a map
 * @wish: how many blocks at most
 * @first: (out): the first one
 *
 * Returns: how many blocks in a row are the caller's to get
 */
guint64
paddock_block_map_take (PaddockBlockMap *self, guint64 wish, guint64 *first)
{
  guint64 count = 0;

  find_free (self);
  *first = self->free;
  for (; count < wish && self->free < self->n_blocks && self->states[self->free] == MISSING; count++)
    self->states[self->free++] = TAKEN;
  return count;
}

/**
 * paddock_block_map_give_back:
 * @self: a map
 * @first: a block
 * @count: how many from there on; those that are there stay so
 */
void
paddock_block_map_give_back (PaddockBlockMap *self, guint64 first, guint64 count)
{
  for (guint64 i = first; i < first + count; i++)
    if (self->states[i] == TAKEN)
      {
        self->states[i] = MISSING;
        self->free = MIN (self->free, i);
      }
}

void
paddock_block_map_add (PaddockBlockMap *self, guint64 block)
{
  if (self->states[block] == THERE)
    return;
  self->states[block] = THERE;
  self->done += paddock_block_map_get_end (self, block) - block * PADDOCK_BLOCK_SIZE;
  while (self->prefix < self->n_blocks && self->states[self->prefix] == THERE)
    self->prefix++;
}

void
paddock_block_map_drop (PaddockBlockMap *self, guint64 block)
{
  if (self->states[block] == THERE)
    self->done -= paddock_block_map_get_end (self, block) - block * PADDOCK_BLOCK_SIZE;
  self->states[block] = MISSING;
  self->prefix = MIN (self->prefix, block);
  self->free = MIN (self->free, block);
}
