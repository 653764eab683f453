/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/browser-link.h"

#include "base/units.h"
#include "widgets/lasting-dialog.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

#define OPEN_RESPONSE "open"
#define COPY_RESPONSE "copy"

static void
on_launched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) near = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) && gtk_widget_get_root (near) != NULL)
    paddock_undo_toast_say (near, _("No browser could be opened"));
}

/**
 * paddock_browser_link_open:
 * @near: a widget of the window
 * @address: where to go
 */
void
paddock_browser_link_open (GtkWidget *near, const char *address)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (address);
  GtkRoot *root = gtk_widget_get_root (near);

  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_launched, g_object_ref (near));
}

static void
on_response (GtkWidget *near, const char *response, AdwDialog *dialog)
{
  const char *address = g_object_get_data (G_OBJECT (dialog), "paddock-address");

  if (g_str_equal (response, OPEN_RESPONSE))
    paddock_browser_link_open (near, address);
  else if (g_str_equal (response, COPY_RESPONSE))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (near), address);
}

/**
 * paddock_browser_link_ask:
 * @near: a widget of the window
 * @address: where a link goes
 *
 * What a link says and where it goes are two things: the person sees the latter before anybody there hears of them.
 */
void
paddock_browser_link_ask (GtkWidget *near, const char *address)
{
  g_autofree char *shown = paddock_units_escape (address, -1, 0);
  AdwDialog *dialog = adw_alert_dialog_new (_("Open in Browser?"), shown);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), COPY_RESPONSE, _("C_opy Address"),
                                  OPEN_RESPONSE, _("_Open"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), OPEN_RESPONSE, ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), OPEN_RESPONSE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "paddock-address", g_strdup (address), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), near, G_CONNECT_SWAPPED);
  paddock_lasting_dialog_present (dialog, near);
}
