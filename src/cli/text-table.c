/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text-table.h"

#include "output.h"

#include <string.h>

#define MAX_COLUMNS 8
#define GAP 2
#define NARROWEST 12                 /* a flexible column is not cut below this */

static guint
character_columns (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;
  return g_unichar_iswide (character) ? 2 : 1;
}

/**
 * paddock_text_table_measure:
 * @text: valid UTF-8 without control characters
 *
 * Returns: the columns that it takes on a terminal
 */
guint
paddock_text_table_measure (const char *text)
{
  guint columns = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    columns += character_columns (g_utf8_get_char (text));
  return columns;
}

/**
 * paddock_text_table_cut:
 * @text: valid UTF-8 without control characters
 * @columns: how many there are, at least one
 *
 * Returns: (transfer full): the text, ended by an ellipsis if it does not fit
 */
char *
paddock_text_table_cut (const char *text, guint columns)
{
  guint taken = 0;
  const char *at = text;

  if (paddock_text_table_measure (text) <= columns)
    return g_strdup (text);

  for (; *at != '\0'; at = g_utf8_next_char (at))
    {
      guint more = character_columns (g_utf8_get_char (at));

      if (taken + more + 1 > columns)
        break;
      taken += more;
    }
  return g_strdup_printf ("%.*s…", (int) (at - text), text);
}

static void
clear_cells (char **cells)
{
  for (guint i = 0; i < MAX_COLUMNS; i++)
    g_clear_pointer (&cells[i], g_free);
}

static void
append_row (GString *line, const char *indent, const PaddockTextColumn *columns, const guint *widths, guint n_columns,
            const char *const *cells)
{
  g_string_assign (line, indent);
  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *shown = paddock_text_table_cut (cells[i], MAX (widths[i], 1));
      guint measured = paddock_text_table_measure (shown);
      guint space = widths[i] > measured ? widths[i] - measured : 0;

      if (columns[i].right)
        g_string_append_printf (line, "%*s%s", (int) space, "", shown);
      else if (i + 1 < n_columns)
        g_string_append_printf (line, "%s%*s", shown, (int) space, "");
      else
        g_string_append (line, shown);
      if (i + 1 < n_columns)
        g_string_append_printf (line, "%*s", GAP, "");
    }
  g_string_append_c (line, '\n');
}

/* Takes from the widest flexible column what the terminal does not have. */
static void
fit (const PaddockTextColumn *columns, guint *widths, guint n_columns, guint indent)
{
  guint limit = paddock_output_get_width ();
  guint total = indent + GAP * (n_columns - 1);

  if (limit == 0)
    return;
  for (guint i = 0; i < n_columns; i++)
    total += widths[i];

  while (total > limit)
    {
      guint widest = n_columns;
      guint less;

      for (guint i = 0; i < n_columns; i++)
        if (columns[i].flexible && widths[i] > NARROWEST && (widest == n_columns || widths[i] > widths[widest]))
          widest = i;
      if (widest == n_columns)
        return;
      less = MIN (total - limit, widths[widest] - NARROWEST);
      widths[widest] -= less;
      total -= less;
    }
}

/**
 * paddock_text_table_print:
 * @indent: spaces before each row
 * @columns: (array length=n_columns): the columns
 * @n_columns: at most eight
 * @n_rows: how many rows there are
 * @fill: (scope call): tells the cells of a row
 * @user_data: for @fill
 *
 * Writes an aligned table to standard output, with a head if the first column has a title.
 */
void
paddock_text_table_print (const char *indent, const PaddockTextColumn *columns, guint n_columns, guint n_rows,
                          PaddockTextRowFunc fill, gpointer user_data)
{
  guint widths[MAX_COLUMNS] = { 0 };
  char *cells[MAX_COLUMNS] = { NULL };
  const char *titles[MAX_COLUMNS];
  g_autoptr (GString) line = g_string_new (NULL);

  g_return_if_fail (n_columns > 0 && n_columns <= MAX_COLUMNS);

  for (guint i = 0; i < n_columns; i++)
    {
      titles[i] = columns[i].title;
      widths[i] = titles[i] != NULL ? paddock_text_table_measure (titles[i]) : 0;
    }
  for (guint row = 0; row < n_rows; row++)
    {
      fill (row, cells, user_data);
      for (guint i = 0; i < n_columns; i++)
        widths[i] = MAX (widths[i], paddock_text_table_measure (cells[i]));
      clear_cells (cells);
    }
  fit (columns, widths, n_columns, (guint) strlen (indent));

  if (titles[0] != NULL)
    {
      append_row (line, indent, columns, widths, n_columns, titles);
      paddock_output_text (line->str);
    }
  for (guint row = 0; row < n_rows; row++)
    {
      fill (row, cells, user_data);
      append_row (line, indent, columns, widths, n_columns, (const char *const *) cells);
      paddock_output_text (line->str);
      clear_cells (cells);
    }
}
