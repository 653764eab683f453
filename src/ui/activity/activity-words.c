/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "activity/activity-words.h"

#include "activity/text-direction.h"
#include "base/units.h"

#include <glib/gi18n.h>

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
  g_autofree char *done_text = paddock_text_direction_isolate (paddock_units_format_size (done));
  g_autofree char *total_text = paddock_text_direction_isolate (paddock_units_format_size (total));
  g_autofree char *rate_text = NULL;
  g_autofree char *left_text = NULL;

  if (total == 0)
    return g_steal_pointer (&done_text);
  if (rate < 1)
    {
      /* Translators: a part of a whole, both sizes. */
      return paddock_text_direction_lead (g_strdup_printf (_("%s of %s"), done_text, total_text));
    }
  rate_text = paddock_text_direction_isolate (paddock_units_format_size ((guint64) rate));
  left_text = paddock_text_direction_isolate (
    paddock_units_format_duration ((guint64) ((double) (total - MIN (done, total)) / rate)));
  /* Translators: a part of a whole, the rate and how long it still takes: "1 GB of 4 GB · 1.4 GB/s · 2 s left". */
  return paddock_text_direction_lead (g_strdup_printf (_("%s of %s · %s/s · %s left"), done_text, total_text, rate_text,
                                                       left_text));
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
