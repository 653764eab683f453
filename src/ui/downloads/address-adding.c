/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "downloads/address-adding.h"

#include "downloads/download-words.h"
#include "widgets/entry-dialog.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) near = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;

  if (paddock_services_download_text_finish (PADDOCK_SERVICES (source), result, &error))
    {
      gtk_widget_activate_action (near, "win.show-page", "s", "downloads");
      return;
    }
  problem = paddock_download_words_dup_problem (error);
  paddock_undo_toast_say (near, problem);
}

void
paddock_address_adding_take (GtkWidget *near, PaddockServices *services, const char *text)
{
  paddock_services_download_text_async (services, text, NULL, on_added, g_object_ref (near));
}

static char *
check (const char *text, gpointer services)
{
  return paddock_services_is_source (services, text) ? NULL : g_strdup (_("This is neither an address nor a repository"));
}

static void
on_done (PaddockEntryDialog *dialog, GtkWidget *near)
{
  g_autofree char *text = paddock_entry_dialog_dup_text (dialog, 0);

  paddock_address_adding_take (near, g_object_get_data (G_OBJECT (dialog), "services"), text);
}

void
paddock_address_adding_ask (GtkWidget *near, PaddockServices *services)
{
  PaddockEntryDialog *dialog = paddock_entry_dialog_new (
      _("Add by Address"),
      _("The address of a model file, or of a model on the hub, such as owner/name:Q4_K_M."), _("_Download"));

  g_object_set_data_full (G_OBJECT (dialog), "services", g_object_ref (services), g_object_unref);
  paddock_entry_dialog_add (dialog, _("Address"), "", check, g_object_ref (services), g_object_unref);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_done), near, 0);
  adw_dialog_present (ADW_DIALOG (dialog), near);
}

static char *
check_mirror (const char *text, gpointer download)
{
  g_autofree char *url = g_strstrip (g_strdup (text));

  if (!paddock_services_is_address (url))
    return g_strdup (_("This is no address of a file"));
  return paddock_download_origin_has (paddock_download_get_origin (download), url) ? g_strdup (_("It is had from there already"))
                                                                                   : NULL;
}

static void
on_mirror_done (PaddockEntryDialog *dialog, GtkWidget *near)
{
  PaddockDownloadQueue *queue = g_object_get_data (G_OBJECT (dialog), "queue");
  PaddockDownload *download = g_object_get_data (G_OBJECT (dialog), "download");
  g_autofree char *text = paddock_entry_dialog_dup_text (dialog, 0);

  /* It may have gone off the list meanwhile. */
  if (paddock_download_queue_find (queue, paddock_download_get_target (download)) != download)
    return;
  paddock_download_queue_add_mirror (queue, download, g_strstrip (text));
  paddock_undo_toast_say (near, _("Mirror added"));
}

void
paddock_address_adding_ask_mirror (GtkWidget *near, PaddockDownloadQueue *queue, PaddockDownload *download)
{
  PaddockEntryDialog *dialog
      = paddock_entry_dialog_new (_("Add a Mirror"),
                                  _("Another address of the same file, where it goes on when it cannot be had here."), _("_Add"));

  g_object_set_data_full (G_OBJECT (dialog), "queue", g_object_ref (queue), g_object_unref);
  g_object_set_data_full (G_OBJECT (dialog), "download", g_object_ref (download), g_object_unref);
  paddock_entry_dialog_add (dialog, _("Address"), "", check_mirror, g_object_ref (download), g_object_unref);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_mirror_done), near, 0);
  adw_dialog_present (ADW_DIALOG (dialog), near);
}
