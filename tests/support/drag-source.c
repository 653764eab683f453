/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

/*
 * A window to drag files out of, for the window driver: drag-source FILE.. Wherever the drag begins in it, the files go
 * along. It says on its standard output `begun`, and `finished` when they have been taken or `refused` when not.
 */
static GMainLoop *loop;

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, gpointer files)
{
  return gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, files);
}

static void
on_begin (GtkDragSource *source, GdkDrag *drag, gpointer user_data)
{
  g_print ("begun\n");
}

static void
on_end (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, gpointer user_data)
{
  g_print ("finished\n");
}

static gboolean
on_cancel (GtkDragSource *source, GdkDrag *drag, GdkDragCancelReason reason, gpointer user_data)
{
  g_print ("refused\n");
  return TRUE;
}

static gboolean
on_close (GtkWindow *window, gpointer user_data)
{
  g_main_loop_quit (loop);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoslist(GFile) files = NULL;
  GdkFileList *list;
  GtkDragSource *source;
  GtkWidget *window;

  gtk_init ();
  setvbuf (stdout, NULL, _IOLBF, 0);
  for (int i = argc - 1; i > 0; i--)
    files = g_slist_prepend (files, g_file_new_for_commandline_arg (argv[i]));
  list = gdk_file_list_new_from_list (files);

  source = gtk_drag_source_new ();
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), list);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_begin), NULL);
  g_signal_connect (source, "drag-end", G_CALLBACK (on_end), NULL);
  g_signal_connect (source, "drag-cancel", G_CALLBACK (on_cancel), NULL);

  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "drag-source");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 100, 100);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (source));
  loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (window, "close-request", G_CALLBACK (on_close), NULL);
  gtk_window_present (GTK_WINDOW (window));

  g_main_loop_run (loop);
  g_main_loop_unref (loop);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  return 0;
}
