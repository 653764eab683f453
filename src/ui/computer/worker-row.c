/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/worker-row.h"

#include <glib/gi18n.h>

#include "computer/computer-words.h"
#include "hardware/remote-worker.h"

#define PATIENCE_SECONDS 5

struct _PaddockWorkerRow
{
  AdwActionRow parent_instance;

  /* Owned */
  GCancellable *cancellable;
  char *size;

  /* Borrowed from the row */
  GtkImage *icon;
};

G_DEFINE_FINAL_TYPE (PaddockWorkerRow, paddock_worker_row, ADW_TYPE_ACTION_ROW)

static void
show_state (PaddockWorkerRow *self, const char *icon, const char *state)
{
  /* Translators: how much memory another computer lends, and whether it answers. */
  g_autofree char *subtitle = g_strdup_printf (_("%s · %s"), self->size, state);

  gtk_image_set_from_icon_name (self->icon, icon);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

static void
on_connected (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockWorkerRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (client), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection != NULL)
    show_state (self, "network-transmit-receive-symbolic", _("Answers"));
  else
    show_state (self, "network-offline-symbolic", _("Does not answer"));
}

static void
paddock_worker_row_dispose (GObject *object)
{
  PaddockWorkerRow *self = PADDOCK_WORKER_ROW (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (paddock_worker_row_parent_class)->dispose (object);
}

static void
paddock_worker_row_finalize (GObject *object)
{
  PaddockWorkerRow *self = PADDOCK_WORKER_ROW (object);

  g_object_unref (self->cancellable);
  g_free (self->size);
  G_OBJECT_CLASS (paddock_worker_row_parent_class)->finalize (object);
}

static void
paddock_worker_row_class_init (PaddockWorkerRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_worker_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_worker_row_finalize;
}

static void
add_button (PaddockWorkerRow *self, const char *icon, const char *tooltip, const char *action, const char *address)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", address);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

static void
paddock_worker_row_init (PaddockWorkerRow *self)
{
  self->cancellable = g_cancellable_new ();
  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->icon));
}

/**
 * paddock_worker_row_new:
 * @address: where the other computer is, as paddock_remote_worker_normalize() writes it
 * @bytes: how much memory it lends
 *
 * Returns: (transfer full): the row
 */
GtkWidget *
paddock_worker_row_new (const char *address, guint64 bytes)
{
  PaddockWorkerRow *self = g_object_new (PADDOCK_TYPE_WORKER_ROW, "title", address, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  /* Translators: a button; what follows is the address of a computer. */
  g_autofree char *edit = g_strdup_printf (_("Change: %s"), address);
  /* Translators: a button; what follows is the address of a computer. */
  g_autofree char *drop = g_strdup_printf (_("Remove: %s"), address);

  self->size = paddock_computer_words_format (bytes, PADDOCK_NUMBER_SIZE);
  add_button (self, "document-edit-symbolic", edit, "worker.edit", address);
  add_button (self, "user-trash-symbolic", drop, "worker.remove", address);
  show_state (self, "network-idle-symbolic", _("Being asked…"));
  g_socket_client_set_timeout (client, PATIENCE_SECONDS);
  /* No proxy lies between computers of one network. */
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_to_host_async (client, address, PADDOCK_REMOTE_WORKER_PORT, self->cancellable, on_connected,
                                         g_object_ref (self));
  return GTK_WIDGET (self);
}
