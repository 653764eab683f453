/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "loop-watch.h"

/*
 * A GIO module that the window driver has the application load (GIO_EXTRA_MODULES). It measures every turn of the main
 * loop from the first frame on, and writes a line for each that is longer than allowed into the file that
 * PADDOCK_LOOP_LOG names: microseconds in all, then of these in the layout and in the painting of a frame. A first line
 * of zeros tells that it is at work.
 *
 * Painting does not count as being away: here it is done in software, on a person's desktop by the graphics processor.
 */
typedef struct
{
  TestLoopWatch *watch;
  const char *path;
  guint64 phase_began;
  guint64 layout;          /* of this turn */
  guint64 paint;
  gboolean hooked;
  gboolean painted;        /* the first frame is over */
  gboolean watching;
} Probe;

static Probe probe;

static gboolean
on_layout (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  probe.phase_began = test_loop_watch_get_now ();
  return TRUE;
}

static gboolean
on_paint (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  guint64 now = test_loop_watch_get_now ();

  if (probe.phase_began != 0)
    probe.layout += now - probe.phase_began;
  probe.phase_began = now;
  return TRUE;
}

static gboolean
on_after_paint (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  if (probe.phase_began != 0)
    probe.paint += test_loop_watch_get_now () - probe.phase_began;
  probe.phase_began = 0;
  probe.painted = TRUE;
  return TRUE;
}

/* The module is loaded before GDK has made its types. */
static void
hook_frames (void)
{
  GType type = g_type_from_name ("GdkFrameClock");

  if (type == 0 || g_signal_lookup ("after-paint", type) == 0)
    return;

  probe.hooked = TRUE;
  g_signal_add_emission_hook (g_signal_lookup ("layout", type), 0, on_layout, NULL, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("paint", type), 0, on_paint, NULL, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("after-paint", type), 0, on_after_paint, NULL, NULL);
}

static void
write_line (guint64 spent)
{
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n", spent,
                                           probe.layout, probe.paint);
  g_autoptr(GFile) file = g_file_new_for_path (probe.path);
  g_autoptr(GFileOutputStream) stream = g_file_append_to (file, G_FILE_CREATE_NONE, NULL, NULL);

  if (stream != NULL)
    g_output_stream_write_all (G_OUTPUT_STREAM (stream), line, strlen (line), NULL, NULL, NULL);
}

static void
on_turn (guint64 spent, gpointer data)
{
  if (!probe.hooked)
    hook_frames ();
  else if (probe.watching && spent > probe.paint + TEST_LOOP_LIMIT_US)
    write_line (spent);
  probe.layout = probe.paint = 0;

  if (probe.painted && !probe.watching)
    {
      probe.watching = TRUE;
      write_line (0);
    }
}

G_MODULE_EXPORT void
g_io_module_load (GIOModule *module)
{
  g_type_module_use (G_TYPE_MODULE (module));
  probe.path = g_getenv ("PADDOCK_LOOP_LOG");
  if (probe.path != NULL && probe.watch == NULL)
    probe.watch = test_loop_watch_new_for_turn (on_turn, NULL);
}

G_MODULE_EXPORT void
g_io_module_unload (GIOModule *module)
{
  g_clear_pointer (&probe.watch, test_loop_watch_free);
}

G_MODULE_EXPORT char **
g_io_module_query (void)
{
  return g_new0 (char *, 1);
}
