/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "card-block.h"

/**
 * paddock_card_block_new:
 * @kind: what it is
 * @level: how deep
 * @number: of an item
 * @markup: (transfer full) (nullable): what it says
 *
 * Returns: (transfer full): a block
 */
PaddockCardBlock *
paddock_card_block_new (PaddockCardKind kind, guint level, guint number, char *markup)
{
  PaddockCardBlock *self = g_new0 (PaddockCardBlock, 1);

  self->kind = kind;
  self->level = level;
  self->number = number;
  self->markup = markup;
  return self;
}

/**
 * paddock_card_block_free:
 * @self: (transfer full): a block
 */
void
paddock_card_block_free (PaddockCardBlock *self)
{
  g_free (self->markup);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}
