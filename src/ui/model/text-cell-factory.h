/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PaddockTextCell:
 *
 * How the cells of a column show their text.
 */
typedef struct
{
  const char *property;              /* of the row's object: a string */
  guint min_chars;
  guint nat_chars;                   /* the column's width, if there is room; 0 for the same as @min_chars */
  float xalign;
  GtkInscriptionOverflow overflow;
  const char *style;                 /* nullable: classes, with blanks between */
  gboolean tooltip;                  /* for texts that may not fit */
} PaddockTextCell;

GtkListItemFactory *paddock_text_cell_factory_new (const PaddockTextCell *cell);

G_END_DECLS
