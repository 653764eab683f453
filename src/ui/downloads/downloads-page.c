/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "downloads/downloads-page.h"

#include "download-error.h"
#include "downloads/download-actions.h"
#include "downloads/download-menu.h"
#include "downloads/download-row.h"
#include "downloads/download-words.h"

#include <glib/gi18n.h>

struct _PaddockDownloadsPage
{
  AdwNavigationPage parent_instance;

  /* Owned */
  PaddockServices *services;
  PaddockDownloadQueue *queue;
  PaddockDownloadActions *actions;
  GtkFilter *filter;
  GtkSingleSelection *selection;

  /* Template */
  AdwWindowTitle *window_title;
  GtkMenuButton *menu_button;
  GtkButton *all_button;
  AdwBanner *banner;
  GtkStack *stack;
  AdwStatusPage *taken_page;
  GtkListView *list_view;
};

G_DEFINE_FINAL_TYPE (PaddockDownloadsPage, paddock_downloads_page, ADW_TYPE_NAVIGATION_PAGE)

/* What was cancelled is away, unless that is taken back. */
static gboolean
is_shown (gpointer item, gpointer user_data G_GNUC_UNUSED)
{
  return paddock_download_get_state (item) != PADDOCK_DOWNLOAD_CANCELLED;
}

static void
update_stack (PaddockDownloadsPage *self)
{
  const GError *problem = paddock_download_queue_get_problem (self->queue);
  gboolean taken = problem != NULL && g_error_matches (problem, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_LOCKED);
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0;

  if (taken)
    {
      adw_status_page_set_title (self->taken_page, _("Another Paddock Takes Care of the Downloads"));
      adw_status_page_set_description (self->taken_page, _("Close it, and try again."));
    }
  gtk_stack_set_visible_child_name (self->stack, taken ? "taken" : empty ? "empty" : "list");
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), !taken && !empty);
  gtk_widget_set_visible (GTK_WIDGET (self->all_button), !taken && !empty);
}

static void
update_banner (PaddockDownloadsPage *self)
{
  const GError *problem = paddock_download_queue_get_problem (self->queue);
  guint block, unfinished;

  g_object_get (self->queue, "blocked", &block, "n-unfinished", &unfinished, NULL);
  adw_banner_set_button_label (self->banner, NULL);
  if (problem != NULL && !g_error_matches (problem, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_LOCKED))
    adw_banner_set_title (self->banner, _("The list of downloads cannot be kept on the disk"));
  else if (block == PADDOCK_QUEUE_OFFLINE && unfinished > 0)
    adw_banner_set_title (self->banner, _("There is no network. Downloads go on when it is back"));
  else if (block == PADDOCK_QUEUE_METERED && unfinished > 0)
    {
      adw_banner_set_title (self->banner, _("Downloads wait, because this network costs"));
      adw_banner_set_button_label (self->banner, _("_Download Anyway"));
    }
  else
    {
      adw_banner_set_revealed (self->banner, FALSE);
      return;
    }
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
update_title (PaddockDownloadsPage *self)
{
  guint unfinished, active;
  guint64 rate;
  g_autofree char *speed = NULL, *words = NULL;

  g_object_get (self->queue, "n-unfinished", &unfinished, "n-active", &active, "rate", &rate, NULL);
  if (rate > 0)
    speed = paddock_download_words_dup_limit (rate);
  if (speed != NULL)
    /* Translators: how many downloads are not done, and how fast they are together: "3 to go · 12 MB/s". */
    words = g_strdup_printf (ngettext ("%u to go · %s", "%u to go · %s", unfinished), unfinished, speed);
  else if (unfinished > 0)
    words = g_strdup_printf (ngettext ("%u to go", "%u to go", unfinished), unfinished);
  adw_window_title_set_subtitle (self->window_title, words != NULL ? words : "");
  gtk_button_set_icon_name (self->all_button, unfinished > 0 ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->all_button), unfinished > 0 ? _("Pause All") : _("Resume All"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->all_button),
                                  unfinished > 0 ? "downloads.pause-all" : "downloads.resume-all");
}

static void
on_queue_changed (PaddockDownloadsPage *self, GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "n-unfinished"))
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_title (self);
  update_banner (self);
  update_stack (self);
}

static void
on_hidden (PaddockDownloadsPage *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_banner_clicked (PaddockDownloadsPage *self)
{
  paddock_download_queue_set_metered (self->queue, TRUE);
}

static void
on_try_again_clicked (PaddockDownloadsPage *self)
{
  paddock_services_start (self->services);
  update_stack (self);
}

static void
on_setup (PaddockDownloadsPage *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, paddock_download_row_new (self->queue));
}

static void
on_bind (PaddockDownloadsPage *self G_GNUC_UNUSED, GtkListItem *item)
{
  PaddockDownload *download = gtk_list_item_get_item (item);

  paddock_download_row_set_download (PADDOCK_DOWNLOAD_ROW (gtk_list_item_get_child (item)), download);
  gtk_list_item_set_accessible_label (item, paddock_download_get_title (download));
}

static void
on_unbind (PaddockDownloadsPage *self G_GNUC_UNUSED, GtkListItem *item)
{
  paddock_download_row_set_download (PADDOCK_DOWNLOAD_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
make_list (PaddockDownloadsPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkFilterListModel) shown = NULL;

  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, NULL, NULL));
  shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->queue)), g_object_ref (self->filter));
  /* Nothing is selected by itself, not even at first. */
  self->selection
      = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE, "can-unselect", TRUE, "model", shown, NULL);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (factory);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
}

static void
make_menu (PaddockDownloadsPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new (), all = g_menu_new (), how = g_menu_new ();
  g_autoptr (GMenuModel) limits = paddock_download_menu_new_limits (NULL), counts = paddock_download_menu_new_counts ();

  g_menu_append (all, _("_Pause All"), "downloads.pause-all");
  g_menu_append (all, _("_Resume All"), "downloads.resume-all");
  g_menu_append (all, _("_Clear Finished"), "downloads.clear-finished");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  g_menu_append_submenu (how, _("_Speed Limit"), limits);
  g_menu_append_submenu (how, _("_At the Same Time"), counts);
  g_menu_append (how, _("Also on _Metered Networks"), "downloads.metered");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (how));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
}

/* What was moved stays the one that the keyboard is at. */
static void
move_selected (PaddockDownloadsPage *self, PaddockDownload *download, int by)
{
  g_autoptr (PaddockDownload) held = g_object_ref (download);

  paddock_download_actions_move (self->actions, held, by);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (PaddockDownload) there = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (there != held)
        continue;
      gtk_list_view_scroll_to (self->list_view, i, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
      return;
    }
}

/* Of the download that the keyboard is at. */
static gboolean
on_key (PaddockDownloadsPage *self, guint key, guint code G_GNUC_UNUSED, GdkModifierType state)
{
  PaddockDownload *download = gtk_single_selection_get_selected_item (self->selection);
  gboolean alt = (state & gtk_accelerator_get_default_mod_mask ()) == GDK_ALT_MASK;

  if (download == NULL)
    return FALSE;
  if (alt && (key == GDK_KEY_Up || key == GDK_KEY_Down))
    move_selected (self, download, key == GDK_KEY_Up ? -1 : 1);
  else if (!alt && key == GDK_KEY_Delete)
    paddock_download_actions_cancel (self->actions, download);
  else
    return FALSE;
  return TRUE;
}

static void
paddock_downloads_page_dispose (GObject *object)
{
  PaddockDownloadsPage *self = PADDOCK_DOWNLOADS_PAGE (object);

  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  /* The template would drop its own child, and leave the page with a pointer to where it was. */
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_DOWNLOADS_PAGE);
  g_clear_object (&self->actions);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->queue);
  g_clear_object (&self->services);
  G_OBJECT_CLASS (paddock_downloads_page_parent_class)->dispose (object);
}

static void
paddock_downloads_page_class_init (PaddockDownloadsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_downloads_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/downloads-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadsPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadsPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadsPage, all_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadsPage, banner);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadsPage, taken_page);
  gtk_widget_class_bind_template_child (widget_class, PaddockDownloadsPage, list_view);
  gtk_widget_class_bind_template_callback (widget_class, on_banner_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again_clicked);
}

static void
paddock_downloads_page_init (PaddockDownloadsPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->list_view), keys);
}

/**
 * paddock_downloads_page_new:
 * @services: where the downloads are
 *
 * Returns: (transfer floating): the page
 */
AdwNavigationPage *
paddock_downloads_page_new (PaddockServices *services)
{
  PaddockDownloadsPage *self = g_object_new (PADDOCK_TYPE_DOWNLOADS_PAGE, NULL);

  self->services = g_object_ref (services);
  self->queue = g_object_ref (paddock_services_get_downloads (services));
  self->actions = paddock_download_actions_new (self->queue, GTK_WIDGET (self));
  g_signal_connect_object (self->actions, "hidden", G_CALLBACK (on_hidden), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "downloads", paddock_download_actions_get_group (self->actions));
  make_list (self);
  make_menu (self);
  g_signal_connect_object (self->queue, "notify", G_CALLBACK (on_queue_changed), self, G_CONNECT_SWAPPED);
  update_title (self);
  update_banner (self);
  update_stack (self);
  return ADW_NAVIGATION_PAGE (self);
}
