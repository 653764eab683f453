/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A journal proves whole blocks; what was received of a block that was not finished is received again. */
#define PADDOCK_BLOCK_SIZE (256u * 1024)

/**
 * PaddockBlockMap:
 *
 * Which blocks of a file are there, and who is getting the others. Not thread safe.
 */
typedef struct _PaddockBlockMap PaddockBlockMap;

PaddockBlockMap *
paddock_block_map_new (guint64 size);
void
paddock_block_map_free (PaddockBlockMap *self);

guint64
paddock_block_map_get_size (const PaddockBlockMap *self);
guint64
paddock_block_map_get_n_blocks (const PaddockBlockMap *self);
/* Where a block ends; the last one may be short. */
guint64
paddock_block_map_get_end (const PaddockBlockMap *self, guint64 block);

/* Bytes that are there. */
guint64
paddock_block_map_get_done (const PaddockBlockMap *self);
/* How many blocks are there before the first that is not. */
guint64
paddock_block_map_get_prefix (const PaddockBlockMap *self);
gboolean
paddock_block_map_has (const PaddockBlockMap *self, guint64 block);
gboolean
paddock_block_map_is_complete (const PaddockBlockMap *self);

gboolean
paddock_block_map_has_free (PaddockBlockMap *self);
/* The lowest blocks that nobody gets, up to so many: how many these are, 0 if there is none. */
guint64
paddock_block_map_take (PaddockBlockMap *self, guint64 wish, guint64 *first);
void
paddock_block_map_give_back (PaddockBlockMap *self, guint64 first, guint64 count);
/* A block is there; or it is not, after all. */
void
paddock_block_map_add (PaddockBlockMap *self, guint64 block);
void
paddock_block_map_drop (PaddockBlockMap *self, guint64 block);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockBlockMap, paddock_block_map_free)

G_END_DECLS
