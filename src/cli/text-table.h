/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockTextColumn:
 *
 * A column of a table on the terminal.
 */
typedef struct
{
  const char *title;                 /* NULL in a table without a head */
  gboolean right;                    /* numbers stand to the right */
  gboolean flexible;                 /* is cut when the terminal is too narrow */
} PaddockTextColumn;

/**
 * PaddockTextRowFunc:
 * @row: which row
 * @cells: (out) (array): texts to be filled in, one for each column
 *
 * Called twice for each row, so that a table of a million rows needs no memory.
 */
typedef void (*PaddockTextRowFunc) (guint row, char **cells, gpointer user_data);

void  paddock_text_table_print (const char *indent, const PaddockTextColumn *columns, guint n_columns, guint n_rows,
                                PaddockTextRowFunc fill, gpointer user_data);

guint paddock_text_table_measure (const char *text);                      /* columns of a terminal */
char *paddock_text_table_cut     (const char *text, guint columns);       /* with an ellipsis where it is longer */

G_END_DECLS
