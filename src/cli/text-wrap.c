/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text-wrap.h"

#include "text-table.h"

static void
append_line (GString *wrapped, const char *line, guint columns, const char *indent)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint taken = 0;

  for (char **word = words; *word != NULL; word++)
    {
      guint needed = paddock_text_table_measure (*word);

      if (word != words && taken + 1 + needed > columns)
        {
          g_string_append_printf (wrapped, "\n%s", indent);
          taken = paddock_text_table_measure (indent);
        }
      else if (word != words)
        {
          g_string_append_c (wrapped, ' ');
          taken++;
        }
      g_string_append (wrapped, *word);
      taken += needed;
    }
}

/**
 * paddock_text_wrap:
 * @text: lines of text
 * @columns: how long a line may be; a longer word stays whole
 * @indent: what stands before the lines that were broken off
 *
 * Returns: (transfer full): the text with more line breaks
 */
char *
paddock_text_wrap (const char *text, guint columns, const char *indent)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) wrapped = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    {
      if (line != lines)
        g_string_append_c (wrapped, '\n');
      append_line (wrapped, *line, columns, indent);
    }
  return g_string_free (g_steal_pointer (&wrapped), FALSE);
}
