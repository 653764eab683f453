/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/lasting-dialog.h"

static gboolean
let_go (gpointer dialog)
{
  return G_SOURCE_REMOVE;
}

static void
on_closed (AdwDialog *dialog)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, let_go, g_object_ref (dialog), g_object_unref);
}

/**
 * paddock_lasting_dialog_present:
 * @dialog: (transfer full): a dialog
 * @near: a widget of the window
 *
 * Shows it. Where there are no animations a dialog goes the moment that it is closed, although what closes it is a part
 * of it that is not yet done when the keyboard or an assistive technology pressed the button. So it lasts a turn longer.
 */
void
paddock_lasting_dialog_present (AdwDialog *dialog, GtkWidget *near)
{
  g_signal_connect (dialog, "closed", G_CALLBACK (on_closed), NULL);
  adw_dialog_present (dialog, near);
}
