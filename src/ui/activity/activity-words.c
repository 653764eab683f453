/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "activity/activity-words.h"

#include "base/units.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>

#define RIGHT_TO_LEFT_MARK "\u200f"
#define FIRST_STRONG_ISOLATE "\u2068"
#define POP_DIRECTIONAL_ISOLATE "\u2069"

/* Sizes and times are often written in Latin letters. Among words that run from right to left each is to stay in one
 * piece, and the line must not take its direction from the first of them. */
static char *
isolate (char *part)
{
  char *isolated;

  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return part;
  isolated = g_strconcat (FIRST_STRONG_ISOLATE, part, POP_DIRECTIONAL_ISOLATE, NULL);
  g_free (part);
  return isolated;
}

static const char *
get_line_mark (void)
{
  return gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? RIGHT_TO_LEFT_MARK : "";
}

/**
 * paddock_activity_words_dup_progress:
 * @done: how many bytes are done
 * @total: of how many, 0 if that is unknown
 * @rate: how many a second, 0 if that is unknown
 *
 * Returns: (transfer full): how far it is and how long it still takes
 */
char *
paddock_activity_words_dup_progress (guint64 done, guint64 total, double rate)
{
  g_autofree char *done_text = isolate (paddock_units_format_size (done));
  g_autofree char *total_text = isolate (paddock_units_format_size (total));
  g_autofree char *rate_text = NULL;
  g_autofree char *left_text = NULL;
  g_autofree char *line = NULL;

  if (total == 0)
    return g_steal_pointer (&done_text);
  if (rate < 1)
    {
      /* Translators: a part of a whole, both sizes. */
      line = g_strdup_printf (_("%s of %s"), done_text, total_text);
      return g_strconcat (get_line_mark (), line, NULL);
    }
  rate_text = isolate (paddock_units_format_size ((guint64) rate));
  left_text = isolate (paddock_units_format_duration ((guint64) ((double) (total - MIN (done, total)) / rate)));
  /* Translators: a part of a whole, the rate and how long it still takes: "1 GB of 4 GB · 1.4 GB/s · 2 s left". */
  line = g_strdup_printf (_("%s of %s · %s/s · %s left"), done_text, total_text, rate_text, left_text);
  return g_strconcat (get_line_mark (), line, NULL);
}

/**
 * paddock_activity_words_dup_end:
 * @activity: one that is over
 *
 * Returns: (transfer full): what it was, about what, and how it ended
 */
char *
paddock_activity_words_dup_end (PaddockActivity *activity)
{
  g_autofree char *status = paddock_activity_dup_status (activity);

  /* Translators: what was done, to which model, and how it ended: "Hash of Small Horse: stopped". */
  return g_strdup_printf (_("%s of %s: %s"), paddock_activity_get_subtitle (activity),
                          paddock_activity_get_title (activity), status);
}
