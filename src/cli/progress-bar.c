/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "progress-bar.h"

#include "base/units.h"
#include "output.h"
#include "text-table.h"

#include <sys/ioctl.h>
#include <unistd.h>

#define STEP_US (G_USEC_PER_SEC / 10)
#define QUIET_US (G_USEC_PER_SEC / 4)        /* what is done sooner shows no bar */
#define LABEL_COLUMNS 30
#define NARROWEST_BAR 8
#define WIDEST_BAR 50
#define OTHER_COLUMNS 12             /* spaces, brackets and the percentage */
#define WIPE "\r\033[K"

struct _PaddockProgressBar
{
  char *label;                       /* Owned */

  gboolean wanted;
  gboolean shown;
  gint64 started;
  gint64 last;
};

/**
 * paddock_progress_bar_new:
 * @label: what is being worked on, in any bytes
 *
 * Returns: (transfer full): a bar that shows nothing yet
 */
PaddockProgressBar *
paddock_progress_bar_new (const char *label)
{
  PaddockProgressBar *self = g_new0 (PaddockProgressBar, 1);
  g_autofree char *escaped = paddock_units_escape (label, -1, 0);

  self->label = paddock_text_table_cut (escaped, LABEL_COLUMNS);
  self->wanted = isatty (STDERR_FILENO);
  self->started = g_get_monotonic_time ();
  return self;
}

/**
 * paddock_progress_bar_free:
 * @self: (transfer full): a bar
 *
 * Leaves the terminal as if there had been no bar.
 */
void
paddock_progress_bar_free (PaddockProgressBar *self)
{
  if (self->shown)
    paddock_output_status (WIPE);
  g_free (self->label);
  g_free (self);
}

static guint
terminal_columns (void)
{
  struct winsize size;

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 80;
}

static char *
describe_rest (PaddockProgressBar *self, guint64 done, guint64 total, gint64 now)
{
  double seconds = (double) (now - self->started) / G_USEC_PER_SEC;
  double rate = seconds > 0 ? (double) done / seconds : 0;
  g_autofree char *speed = paddock_units_format_size ((guint64) rate);
  g_autofree char *left = NULL;

  if (rate < 1 || total < done)
    return g_strdup_printf ("%s/s", speed);
  left = paddock_units_format_duration ((guint64) ((double) (total - done) / rate));
  return g_strdup_printf ("%s/s  %s", speed, left);
}

static void
append_bar (GString *line, double part, guint columns)
{
  g_string_append_c (line, '[');
  for (guint i = 0; i < columns; i++)
    g_string_append_c (line, i < part * columns ? '#' : '.');
  g_string_append (line, "] ");
}

/* Whether something is to be shown now. */
static gboolean
is_time (PaddockProgressBar *self, gint64 now)
{
  if (!self->wanted || now - self->started < QUIET_US || now - self->last < STEP_US)
    return FALSE;
  self->last = now;
  self->shown = TRUE;
  return TRUE;
}

/**
 * paddock_progress_bar_show:
 * @self: a bar
 * @text: how far it is
 */
void
paddock_progress_bar_show (PaddockProgressBar *self, const char *text)
{
  g_autofree char *line = NULL;

  if (!is_time (self, g_get_monotonic_time ()))
    return;
  line = g_strdup_printf (WIPE "%s  %s", self->label, text);
  paddock_output_status (line);
}

/**
 * paddock_progress_bar_update:
 * @done: how much is done
 * @total: of how much, 0 when that is unknown
 * @self: the bar
 */
void
paddock_progress_bar_update (guint64 done, guint64 total, gpointer self)
{
  PaddockProgressBar *bar = self;
  gint64 now = g_get_monotonic_time ();
  double part = total > 0 ? (double) MIN (done, total) / (double) total : 0;
  g_autoptr (GString) line = NULL;
  g_autofree char *rest = NULL;
  guint taken, columns;

  if (!is_time (bar, now))
    return;

  rest = describe_rest (bar, done, total, now);
  taken = paddock_text_table_measure (bar->label) + paddock_text_table_measure (rest) + OTHER_COLUMNS;
  columns = terminal_columns ();

  line = g_string_new (WIPE);
  g_string_append_printf (line, "%s ", bar->label);
  if (total > 0 && columns > taken + NARROWEST_BAR)
    append_bar (line, part, MIN (columns - taken, WIDEST_BAR));
  if (total > 0)
    g_string_append_printf (line, "%3.0f%%  ", part * 100);
  g_string_append (line, rest);
  paddock_output_status (line->str);
}
