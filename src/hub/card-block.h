/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_CARD_HEADING,
  PADDOCK_CARD_PARAGRAPH,
  PADDOCK_CARD_ITEM, /* of a list */
  PADDOCK_CARD_CODE,
  PADDOCK_CARD_QUOTE,
  PADDOCK_CARD_TABLE,
  PADDOCK_CARD_RULE
} PaddockCardKind;

/**
 * PaddockCardBlock:
 *
 * A part of what somebody wrote about a model, to be shown under the part before it. Markup is that of labels: nothing in it
 * but bold, italic, struck out, monospaced, and links to the web.
 */
typedef struct
{
  PaddockCardKind kind;
  guint level;     /* of a heading, from 1 to 6; how deep an item or a quote is, from 1; else 0 */
  guint number;    /* of an item in a numbered list; 0: it has a dot */
  char *markup;    /* NULL for tables and rules; of code all that is special is escaped */
  GPtrArray *rows; /* of a table: GStrv, the markup of cells; the first is the head; NULL for all others */
} PaddockCardBlock;

PaddockCardBlock *
paddock_card_block_new (PaddockCardKind kind, guint level, guint number, char *markup);
void
paddock_card_block_free (PaddockCardBlock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockCardBlock, paddock_card_block_free)

G_END_DECLS
