/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "activity/text-direction.h"

#include <gtk/gtk.h>

#define RIGHT_TO_LEFT_MARK "\u200f"
#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_DIRECTIONAL_ISOLATE "\u2069"

static char *
enclose (const char *before, char *text, const char *after)
{
  char *enclosed;

  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return text;
  enclosed = g_strconcat (before, text, after, NULL);
  g_free (text);
  return enclosed;
}

/**
 * paddock_text_direction_isolate:
 * @part: (transfer full): a number, a size or a time
 *
 * Returns: (transfer full): the same, kept together among words that run from right to left
 */
char *
paddock_text_direction_isolate (char *part)
{
  return enclose (FIRST_STRONG_ISOLATE, part, POP_DIRECTIONAL_ISOLATE);
}

/**
 * paddock_text_direction_lead:
 * @line: (transfer full): a line of such parts and of words
 *
 * Returns: (transfer full): the same, which runs as the language does
 */
char *
paddock_text_direction_lead (char *line)
{
  return enclose (RIGHT_TO_LEFT_MARK, line, "");
}
