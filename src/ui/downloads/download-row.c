/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "downloads/download-row.h"

#include "download-error.h"
#include "downloads/download-bar.h"
#include "downloads/download-menu.h"
#include "downloads/download-words.h"

#include <glib/gi18n.h>

struct _PaddockDownloadRow
{
  AdwBin parent_instance;

  /* Owned */
  PaddockDownloadQueue *queue;
  PaddockDownload *download; /* NULL: it is not in use */

  /* Template */
  GtkLabel *title_label;
  PaddockDownloadBar *bar;
  GtkImage *state_icon;
  GtkLabel *state_label;
  GtkButton *go_button;
  GtkButton *over_button;
  GtkButton *cancel_button;
  GtkMenuButton *menu_button;
};

G_DEFINE_FINAL_TYPE (PaddockDownloadRow, paddock_download_row, ADW_TYPE_BIN)

static void
set_target (GtkWidget *widget, const char *action, PaddockDownload *download)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (widget), "^ay", paddock_download_get_target (download));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (widget), action);
}

/* The one thing that makes most sense. */
static void
update_go_button (PaddockDownloadRow *self)
{
  PaddockDownloadState state = paddock_download_get_state (self->download);
  const char *action = "downloads.pause", *icon = "media-playback-pause-symbolic", *words = _("Pause");

  if (state == PADDOCK_DOWNLOAD_PAUSED)
    {
      action = "downloads.resume";
      icon = "media-playback-start-symbolic";
      words = _("Resume");
    }
  else if (state == PADDOCK_DOWNLOAD_FAILED)
    {
      action = "downloads.resume";
      icon = "view-refresh-symbolic";
      words = _("Try Again");
    }
  else if (state == PADDOCK_DOWNLOAD_DONE)
    {
      action = "downloads.show";
      icon = "go-next-symbolic";
      words = _("Show the Model");
    }
  if (g_strcmp0 (gtk_button_get_icon_name (self->go_button), icon) != 0)
    gtk_button_set_icon_name (self->go_button, icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->go_button), words);
  set_target (GTK_WIDGET (self->go_button), action, self->download);
}

static void
update_state (PaddockDownloadRow *self)
{
  PaddockDownloadState state = paddock_download_get_state (self->download);
  const GError *error = paddock_download_get_error (self->download);
  gboolean changed = error != NULL && g_error_matches (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_CHANGED);

  update_go_button (self);
  gtk_widget_set_visible (GTK_WIDGET (self->over_button), state == PADDOCK_DOWNLOAD_FAILED && changed);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), state != PADDOCK_DOWNLOAD_DONE);
  gtk_widget_set_visible (GTK_WIDGET (self->state_icon),
                          state == PADDOCK_DOWNLOAD_DONE || state == PADDOCK_DOWNLOAD_FAILED || state == PADDOCK_DOWNLOAD_WAITING);
  gtk_image_set_from_icon_name (self->state_icon,
                                state == PADDOCK_DOWNLOAD_DONE ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->cancel_button),
                               state == PADDOCK_DOWNLOAD_DONE ? _("Remove From the List") : _("Cancel"));
  if (state == PADDOCK_DOWNLOAD_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self), "failed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "failed");
}

static void
update_progress (PaddockDownloadRow *self)
{
  guint block;
  g_autofree char *words = NULL;

  g_object_get (self->queue, "blocked", &block, NULL);
  words = paddock_download_words_dup_state (self->download, block);
  paddock_download_bar_set (self->bar, paddock_download_get_received (self->download),
                            paddock_download_get_verified (self->download), paddock_download_get_total (self->download));
  if (!g_str_equal (gtk_label_get_label (self->state_label), words))
    gtk_label_set_label (self->state_label, words);
}

static void
on_changed (PaddockDownloadRow *self, GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "state") || g_str_equal (pspec->name, "error"))
    update_state (self);
  update_progress (self);
}

static void
on_menu_wanted (GtkMenuButton *button, gpointer user_data)
{
  PaddockDownloadRow *self = PADDOCK_DOWNLOAD_ROW (user_data);
  g_autoptr (GMenuModel) menu = self->download != NULL ? paddock_download_menu_new (self->download) : NULL;

  gtk_menu_button_set_menu_model (button, menu);
}

static GdkContentProvider *
on_drag_prepare (PaddockDownloadRow *self, double x, double y, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  if (self->download == NULL)
    return NULL;
  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);
  return gdk_content_provider_new_typed (PADDOCK_TYPE_DOWNLOAD, self->download);
}

/* What is dropped takes this one's place. */
static gboolean
on_drop (PaddockDownloadRow *self, const GValue *value)
{
  PaddockDownload *dropped = g_value_get_object (value);

  if (self->download == NULL || dropped == NULL || dropped == self->download ||
      paddock_download_queue_find (self->queue, paddock_download_get_target (dropped)) != dropped)
    return FALSE;
  paddock_download_queue_move (self->queue, dropped, paddock_download_queue_get_position (self->download));
  return TRUE;
}

static void
paddock_download_row_dispose (GObject *object)
{
  PaddockDownloadRow *self = PADDOCK_DOWNLOAD_ROW (object);

  paddock_download_row_set_download (self, NULL);
  /* The template would drop its own child, and leave the bin with a pointer to where it was. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_DOWNLOAD_ROW);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (paddock_download_row_parent_class)->dispose (object);
}

static void
paddock_download_row_class_init (PaddockDownloadRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_download_row_dispose;
  g_type_ensure (PADDOCK_TYPE_DOWNLOAD_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/download-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadRow, bar);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadRow, go_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadRow, over_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadRow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadRow, menu_button);
}

static void
paddock_download_row_init (PaddockDownloadRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (PADDOCK_TYPE_DOWNLOAD, GDK_ACTION_MOVE);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, on_menu_wanted, self, NULL);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_drag_prepare), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * paddock_download_row_new:
 * @queue: where its downloads are
 *
 * Returns: (transfer full): a row of none
 */
GtkWidget *
paddock_download_row_new (PaddockDownloadQueue *queue)
{
  PaddockDownloadRow *self = g_object_new (PADDOCK_TYPE_DOWNLOAD_ROW, NULL);

  g_set_object (&self->queue, queue);
  return GTK_WIDGET (self);
}

/**
 * paddock_download_row_set_download:
 * @self: a row
 * @download: (nullable): what to show
 */
void
paddock_download_row_set_download (PaddockDownloadRow *self, PaddockDownload *download)
{
  if (self->download != NULL)
    g_signal_handlers_disconnect_by_data (self->download, self);
  g_set_object (&self->download, download);
  if (download == NULL)
    return;
  g_signal_connect_object (download, "notify", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  gtk_label_set_label (self->title_label, paddock_download_get_title (download));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title_label), paddock_download_get_origin (download)->text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  paddock_download_get_title (download), -1);
  set_target (GTK_WIDGET (self->cancel_button), "downloads.cancel", download);
  set_target (GTK_WIDGET (self->over_button), "downloads.start-over", download);
  update_state (self);
  update_progress (self);
}
