/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

#define SECONDS_TO_UNDO 10           /* twice the usual: there is something to read and to decide */

static void
show (GtkWidget *near, AdwToast *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (near, ADW_TYPE_TOAST_OVERLAY);

  adw_toast_set_use_markup (toast, FALSE);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (toast));
}

/**
 * paddock_undo_toast_say:
 * @near: a widget
 * @text: what happened
 */
void
paddock_undo_toast_say (GtkWidget *near, const char *text)
{
  g_autoptr (AdwToast) toast = g_object_ref_sink (adw_toast_new (text));

  show (near, toast);
}

/**
 * paddock_undo_toast_show:
 * @near: a widget
 * @text: what was done
 * @undo: takes @data
 * @data: (transfer full): what is needed to take it back
 * @destroy: frees @data
 */
void
paddock_undo_toast_show (GtkWidget *near, const char *text, GCallback undo, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (AdwToast) toast = g_object_ref_sink (adw_toast_new (text));

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, SECONDS_TO_UNDO);
  g_signal_connect_data (toast, "button-clicked", undo, data, (GClosureNotify) (GCallback) destroy, G_CONNECT_SWAPPED);
  show (near, toast);
}
