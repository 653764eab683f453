/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-frames.h"

#include <gtk/gtk.h>

#include "loop-watch.h"

static struct
{
  BenchFrameFunc on_frame;
  gpointer on_frame_data;
  GArray *frames;                    /* guint64 */
  guint64 frame_began;               /* 0 outside of a frame */
  guint64 paint_began;
  guint64 painted;                   /* of the present turn */
  guint64 longest;                   /* turn */
  gboolean forgetting;               /* the present turn does not count */
} frames;

static gboolean
on_before_paint (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  frames.frame_began = test_loop_watch_get_now ();
  return G_SOURCE_CONTINUE;
}

static gboolean
on_paint (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  frames.paint_began = test_loop_watch_get_now ();
  return G_SOURCE_CONTINUE;
}

static gboolean
is_of_mapped_window (GdkFrameClock *clock)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (toplevels, i);
      GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

      if (surface != NULL && gdk_surface_get_mapped (surface) && gtk_widget_get_frame_clock (window) == clock)
        return TRUE;
    }
  return FALSE;
}

static gboolean
on_after_paint (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  guint64 now = test_loop_watch_get_now ();
  guint64 spent = now - frames.frame_began;

  if (frames.paint_began != 0)
    frames.painted += now - frames.paint_began;
  /* A frame clock that only ran its callbacks has painted nothing. */
  if (frames.frame_began != 0 && frames.paint_began != 0)
    g_array_append_val (frames.frames, spent);
  frames.frame_began = frames.paint_began = 0;
  if (is_of_mapped_window (g_value_get_object (&values[0])))
    frames.on_frame (frames.on_frame_data);
  return G_SOURCE_CONTINUE;
}

static void
on_turn (guint64 spent, gpointer user_data)
{
  if (!frames.forgetting)
    frames.longest = MAX (frames.longest, spent - MIN (spent, frames.painted));
  frames.forgetting = FALSE;
  frames.painted = 0;
}

static void
hook (GType type, const char *signal, GSignalEmissionHook function)
{
  g_signal_add_emission_hook (g_signal_lookup (signal, type), 0, function, NULL, NULL);
}

/* Before the program's own main function. */
void
bench_frames_start (BenchFrameFunc on_frame, gpointer user_data)
{
  frames.on_frame = on_frame;
  frames.on_frame_data = user_data;
  frames.frames = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_type_ensure (GDK_TYPE_FRAME_CLOCK);
  g_type_class_unref (g_type_class_ref (GDK_TYPE_FRAME_CLOCK));
  hook (GDK_TYPE_FRAME_CLOCK, "before-paint", on_before_paint);
  hook (GDK_TYPE_FRAME_CLOCK, "paint", on_paint);
  hook (GDK_TYPE_FRAME_CLOCK, "after-paint", on_after_paint);
  test_loop_watch_new_for_turn (on_turn, NULL);
}

/* The turn in which this is called is forgotten too. */
void
bench_frames_forget (void)
{
  g_array_set_size (frames.frames, 0);
  frames.longest = 0;
  frames.forgetting = TRUE;
}

guint64
bench_frames_get_longest_turn (void)
{
  return frames.longest;
}

guint
bench_frames_count (void)
{
  return frames.frames->len;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  guint64 first = *(const guint64 *) a, second = *(const guint64 *) b;

  return (first > second) - (first < second);
}

/* The time that a share of the frames did not take longer than; 0 without frames. */
guint64
bench_frames_get_quantile (double share)
{
  if (frames.frames->len == 0)
    return 0;
  g_array_sort (frames.frames, compare);
  return g_array_index (frames.frames, guint64, (guint) (share * (frames.frames->len - 1) + 0.5));
}
