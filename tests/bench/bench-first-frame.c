/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * Loaded before a GTK program: ends it at once after the first frame of a mapped window, and says in the file of the
 * variable BENCH_FIRST_FRAME at what time that was. So two programs are measured by the same means, from outside.
 */

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
after_paint (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  if (is_of_mapped_window (g_value_get_object (&values[0])))
    {
      gint64 now = g_get_monotonic_time ();
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "\n", now);

      g_file_set_contents (g_getenv ("BENCH_FIRST_FRAME"), text, -1, NULL);
      _exit (0);
    }
  return G_SOURCE_CONTINUE;
}

__attribute__ ((constructor)) static void
watch (void)
{
  if (g_getenv ("BENCH_FIRST_FRAME") == NULL)
    return;
  g_type_ensure (GDK_TYPE_FRAME_CLOCK);
  g_type_class_unref (g_type_class_ref (GDK_TYPE_FRAME_CLOCK));
  g_signal_add_emission_hook (g_signal_lookup ("after-paint", GDK_TYPE_FRAME_CLOCK), 0, after_paint, NULL, NULL);
}
