/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window.h"

#include <glib/gi18n.h>

#include "activity/activity-button.h"
#include "app/drop-overlay.h"
#include "base/units.h"
#include "computer/computer-page.h"
#include "discover/discover-page.h"
#include "downloads/address-adding.h"
#include "downloads/downloads-page.h"
#include "library/library-page.h"
#include "widgets/file-choice.h"
#include "widgets/late-menu.h"

/**
 * PaddockWindow:
 *
 * The sidebar with the pages that exist, and the page that is chosen. Every way to bring files in ends here: the file
 * dialog, the clipboard, a drop, the command line and the file manager.
 */
struct _PaddockWindow
{
  AdwApplicationWindow parent_instance;

  /* Owned */
  GSettings *settings;
  PaddockActivityList *activities;
  PaddockMachineChoice *choice;
  PaddockLibrary *library;
  PaddockServices *services;
  AdwNavigationPage *discover_page;  /* NULL: nobody has asked for it yet */
  AdwNavigationPage *downloads_page; /* likewise */
  AdwNavigationPage *computer_page;  /* likewise */

  /* Template */
  AdwToastOverlay *toasts;
  AdwNavigationSplitView *split_view;
  AdwSidebar *sidebar;
  GtkLabel *badge;
  GtkLabel *downloads_badge;
  AdwToolbarView *sidebar_view;
  PaddockLibraryPage *library_page;

  /* Borrowed */
  PaddockActivityButton *activity_button; /* NULL: nothing has taken a while yet */

  guint begin_source;
  gboolean begun;                    /* the first frame is drawn */
};

G_DEFINE_FINAL_TYPE (PaddockWindow, paddock_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_SETTINGS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  PAGE_LIBRARY,
  PAGE_DISCOVER,
  PAGE_DOWNLOADS,
  PAGE_COMPUTER,
};

/* The sidebar's items in their order, by the names under which the settings remember them. */
static const char *const page_names[] = { "library", "discover", "downloads", "computer" };

void
paddock_window_show_toast (PaddockWindow *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
paddock_window_open_chosen (GListModel *files, gpointer data)
{
  paddock_window_open (data, files);
}

static void
paddock_window_open_files_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  paddock_file_choice_ask_models (GTK_WIDGET (PADDOCK_WINDOW (widget)->split_view), _("Open Model Files"), NULL,
                                  paddock_window_open_chosen, g_object_ref (widget), g_object_unref);
}

static void
paddock_window_open_folder_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  paddock_file_choice_ask_folders (GTK_WIDGET (PADDOCK_WINDOW (widget)->split_view), _("Open Folder"), NULL,
                                   paddock_window_open_chosen, g_object_ref (widget), g_object_unref);
}

static void
paddock_window_on_show_model (PaddockWindow *self, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  paddock_window_show_model (self, file, "");
}

static AdwNavigationPage *
paddock_window_get_discover_page (PaddockWindow *self)
{
  if (self->discover_page != NULL)
    return self->discover_page;
  self->discover_page
      = g_object_ref_sink (paddock_discover_page_new (self->services, self->choice, self->settings));
  g_signal_connect_object (self->discover_page, "show-model", G_CALLBACK (paddock_window_on_show_model), self,
                           G_CONNECT_SWAPPED);
  return self->discover_page;
}

static AdwNavigationPage *
paddock_window_get_page (PaddockWindow *self, guint index)
{
  if (index == PAGE_DISCOVER)
    return paddock_window_get_discover_page (self);
  if (index == PAGE_LIBRARY)
    return ADW_NAVIGATION_PAGE (self->library_page);
  if (index == PAGE_DOWNLOADS)
    {
      if (self->downloads_page == NULL)
        self->downloads_page = g_object_ref_sink (paddock_downloads_page_new (self->services));
      return self->downloads_page;
    }
  if (self->computer_page == NULL)
    self->computer_page = g_object_ref_sink (paddock_computer_page_new (self->choice, self->activities));
  return self->computer_page;
}

static void
paddock_window_show_page (PaddockWindow *self, guint index)
{
  adw_sidebar_set_selected (self->sidebar, index);
  adw_navigation_split_view_set_content (self->split_view, paddock_window_get_page (self, index));
}

/* FALSE: the text means nothing on the hub. */
static gboolean
paddock_window_open_on_hub (PaddockWindow *self, const char *text)
{
  PaddockDiscoverPage *page = PADDOCK_DISCOVER_PAGE (paddock_window_get_discover_page (self));

  if (!paddock_discover_page_open (page, text))
    return FALSE;
  paddock_window_show_page (self, PAGE_DISCOVER);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  return TRUE;
}

/* What is on the hub is looked at first; what is anywhere else is downloaded. FALSE: it means nothing. */
static gboolean
paddock_window_take_text (PaddockWindow *self, const char *text)
{
  if (paddock_window_open_on_hub (self, text))
    return TRUE;
  if (!paddock_services_is_source (self->services, text))
    return FALSE;
  paddock_address_adding_take (GTK_WIDGET (self->split_view), self->services, text);
  return TRUE;
}

/* A link that comes from a browser looks like a file. */
static gboolean
paddock_window_take_link (PaddockWindow *self, GListModel *files)
{
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  g_autofree char *address = NULL;

  if (g_list_model_get_n_items (files) != 1 || (!g_file_has_uri_scheme (file, "https") && !g_file_has_uri_scheme (file, "http")))
    return FALSE;
  address = g_file_get_uri (file);
  return paddock_window_take_text (self, address);
}

static void
paddock_window_show_page_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  PaddockWindow *self = PADDOCK_WINDOW (widget);

  for (guint i = 0; i < G_N_ELEMENTS (page_names); i++)
    if (g_str_equal (g_variant_get_string (parameter, NULL), page_names[i]))
      {
        paddock_window_show_page (self, i);
        adw_navigation_split_view_set_show_content (self->split_view, TRUE);
      }
}

static void
paddock_window_add_address_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  PaddockWindow *self = PADDOCK_WINDOW (widget);

  paddock_address_adding_ask (GTK_WIDGET (self->split_view), self->services);
}

/* What comes in over the clipboard or a drop. */
static void
paddock_window_take (PaddockWindow *self, GListModel *files)
{
  if (paddock_window_take_link (self, files))
    return;
  paddock_window_show_page (self, PAGE_LIBRARY);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  paddock_library_page_take (self->library_page, files);
}

static void
paddock_window_on_text_pasted (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockWindow) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);

  if (self->split_view != NULL && (text == NULL || !paddock_window_take_text (self, text)))
    paddock_window_show_toast (self, _("Neither files nor an address were copied"));
}

static void
paddock_window_on_pasted (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);
  g_autoptr (GListModel) files = NULL;

  if (value != NULL)
    files = paddock_drop_overlay_dup_files (value);

  if (files != NULL && g_list_model_get_n_items (files) > 0)
    paddock_window_take (self, files);
  else
    gdk_clipboard_read_text_async (GDK_CLIPBOARD (object), NULL, paddock_window_on_text_pasted, g_steal_pointer (&self));
}

static void
paddock_window_paste_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gdk_clipboard_read_value_async (gtk_widget_get_clipboard (widget), GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                  paddock_window_on_pasted, g_object_ref (widget));
}

static void
paddock_window_show_activity_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  PaddockWindow *self = PADDOCK_WINDOW (widget);

  if (self->activity_button == NULL)
    return;
  if (adw_navigation_split_view_get_collapsed (self->split_view) && gtk_widget_get_visible (GTK_WIDGET (self->activity_button)))
    adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  paddock_activity_button_open (self->activity_button);
}

static void
on_files_dropped (PaddockWindow *self, GListModel *files)
{
  paddock_window_take (self, files);
}

static void
on_sidebar_activated (PaddockWindow *self, guint index)
{
  paddock_window_show_page (self, index);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  if (index < G_N_ELEMENTS (page_names))
    g_settings_set_string (self->settings, "page", page_names[index]);
}

static void
on_n_models_changed (PaddockWindow *self)
{
  guint count;
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;

  g_object_get (self->library_page, "n-models", &count, NULL);
  label = paddock_units_format_count (count);
  description = g_strdup_printf (ngettext ("%u model", "%u models", count), count);

  gtk_label_set_label (self->badge, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->badge), description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->badge), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), count > 0);
}

static void
on_n_active_changed (PaddockWindow *self)
{
  guint count;
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;

  g_object_get (paddock_services_get_downloads (self->services), "n-active", &count, NULL);
  label = paddock_units_format_count (count);
  description = g_strdup_printf (ngettext ("%u model on its way", "%u models on their way", count), count);
  gtk_label_set_label (self->downloads_badge, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->downloads_badge), description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->downloads_badge), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->downloads_badge), count > 0);
}

static void
on_activities_changed (PaddockWindow *self)
{
  if (self->activity_button != NULL || g_list_model_get_n_items (G_LIST_MODEL (self->activities)) == 0)
    return;
  self->activity_button = g_object_new (PADDOCK_TYPE_ACTIVITY_BUTTON, NULL);
  paddock_activity_button_set_list (self->activity_button, self->activities);
  adw_toolbar_view_add_bottom_bar (self->sidebar_view, GTK_WIDGET (self->activity_button));
}

/* A piece of text that is dropped may be an address. */
static gboolean
on_text_dropped (PaddockWindow *self, const GValue *value)
{
  return paddock_window_take_text (self, g_value_get_string (value));
}

static void
paddock_window_take_texts (PaddockWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_text_dropped), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->toasts), GTK_EVENT_CONTROLLER (target));
}

static void
paddock_window_restore (PaddockWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
paddock_window_restore_page (PaddockWindow *self)
{
  g_autofree char *page = g_settings_get_string (self->settings, "page");

  for (guint i = 0; i < G_N_ELEMENTS (page_names); i++)
    if (g_str_equal (page, page_names[i]))
      paddock_window_show_page (self, i);
}

static gboolean
paddock_window_close_request (GtkWindow *window)
{
  PaddockWindow *self = PADDOCK_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (width, 360));
  g_settings_set_int (self->settings, "window-height", MAX (height, 294));
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));

  return GTK_WINDOW_CLASS (paddock_window_parent_class)->close_request (window);
}

static void
paddock_window_begin (gpointer user_data)
{
  PaddockWindow *self = user_data;

  self->begin_source = 0;
  paddock_library_page_begin (self->library_page);
}

static void
paddock_window_on_painted (PaddockWindow *self, GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, paddock_window_on_painted, self);
  if (!self->begun)
    self->begin_source = g_idle_add_once (paddock_window_begin, self);
  self->begun = TRUE;
}

static void
paddock_window_map (GtkWidget *widget)
{
  PaddockWindow *self = PADDOCK_WINDOW (widget);

  GTK_WIDGET_CLASS (paddock_window_parent_class)->map (widget);
  if (!self->begun)
    g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (paddock_window_on_painted), self,
                             G_CONNECT_SWAPPED);
}

static void
paddock_window_constructed (GObject *object)
{
  G_OBJECT_CLASS (paddock_window_parent_class)->constructed (object);

  paddock_window_restore (PADDOCK_WINDOW (object));
}

static void
paddock_window_dispose (GObject *object)
{
  PaddockWindow *self = PADDOCK_WINDOW (object);

  g_clear_handle_id (&self->begin_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_WINDOW);
  g_clear_object (&self->discover_page);
  g_clear_object (&self->computer_page);
  g_clear_object (&self->library);
  g_clear_object (&self->downloads_page);
  g_clear_object (&self->services);
  g_clear_object (&self->choice);
  g_clear_object (&self->activities);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (paddock_window_parent_class)->dispose (object);
}

static void
paddock_window_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  PaddockWindow *self = PADDOCK_WINDOW (object);

  switch (property_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
paddock_window_class_init (PaddockWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = paddock_window_constructed;
  object_class->dispose = paddock_window_dispose;
  object_class->set_property = paddock_window_set_property;
  widget_class->map = paddock_window_map;
  GTK_WINDOW_CLASS (klass)->close_request = paddock_window_close_request;

  /**
   * PaddockWindow:settings:
   *
   * Where the window's size and page are kept.
   */
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (PADDOCK_TYPE_DROP_OVERLAY);
  g_type_ensure (PADDOCK_TYPE_LATE_MENU);
  g_type_ensure (PADDOCK_TYPE_LIBRARY_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PaddockWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, PaddockWindow, badge);
  gtk_widget_class_bind_template_child (widget_class, PaddockWindow, downloads_badge);
  gtk_widget_class_bind_template_child (widget_class, PaddockWindow, sidebar_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockWindow, library_page);
  gtk_widget_class_bind_template_callback (widget_class, on_files_dropped);
  gtk_widget_class_bind_template_callback (widget_class, on_sidebar_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_n_models_changed);

  gtk_widget_class_install_action (widget_class, "win.open", NULL, paddock_window_open_files_action);
  gtk_widget_class_install_action (widget_class, "win.open-folder", NULL, paddock_window_open_folder_action);
  gtk_widget_class_install_action (widget_class, "win.add-address", NULL, paddock_window_add_address_action);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", paddock_window_show_page_action);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, paddock_window_paste_action);
  gtk_widget_class_install_action (widget_class, "win.show-activity", NULL, paddock_window_show_activity_action);
  /* A binding, not an accelerator of the application: a text field that has the focus pastes its text first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste", NULL);
}

static void
paddock_window_init (PaddockWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_window_new:
 * @application: the application that the window belongs to
 * @settings: where its state is kept
 * @activities: where what takes a while is done
 * @choice: the computer that models are judged by
 * @library: the person's models
 * @services: what brings more of them
 *
 * Returns: (transfer none): a window, owned by the toolkit until it is closed
 */
PaddockWindow *
paddock_window_new (PaddockApplication *application, GSettings *settings, PaddockActivityList *activities,
                    PaddockMachineChoice *choice, PaddockLibrary *library, PaddockServices *services)
{
  PaddockWindow *self;

  g_return_val_if_fail (PADDOCK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (PADDOCK_TYPE_WINDOW, "application", application, "settings", settings, NULL);
  self->activities = g_object_ref (activities);
  self->choice = g_object_ref (choice);
  self->library = g_object_ref (library);
  self->services = g_object_ref (services);
  paddock_library_page_set_services (self->library_page, library, activities, choice, settings, services);
  g_signal_connect_object (activities, "items-changed", G_CALLBACK (on_activities_changed), self, G_CONNECT_SWAPPED);
  on_activities_changed (self);
  paddock_window_restore_page (self);
  paddock_window_take_texts (self);
  g_signal_connect_object (paddock_services_get_downloads (services), "notify::n-active", G_CALLBACK (on_n_active_changed), self,
                           G_CONNECT_SWAPPED);
  on_n_active_changed (self);
  return self;
}

/**
 * paddock_window_open:
 * @self: the window
 * @files: (transfer none): a list of [iface@Gio.File], files and folders
 *
 * Shows the files among the opened ones.
 */
void
paddock_window_open (PaddockWindow *self, GListModel *files)
{
  g_return_if_fail (PADDOCK_IS_WINDOW (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  paddock_window_show_page (self, PAGE_LIBRARY);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  paddock_library_page_open (self->library_page, files);
}

/**
 * paddock_window_show_model:
 * @self: the window
 * @file: a model
 * @view: which view of its page to show, or "" for whichever it is
 *
 * Shows the page of a model, which need not be open.
 */
void
paddock_window_show_model (PaddockWindow *self, GFile *file, const char *view)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  g_list_store_append (files, file);
  paddock_window_open (self, G_LIST_MODEL (files));
  paddock_library_page_set_view (self->library_page, view);
}

/**
 * paddock_window_search:
 * @self: the window
 * @text: what to look for in the library
 */
void
paddock_window_search (PaddockWindow *self, const char *text)
{
  paddock_window_show_page (self, PAGE_LIBRARY);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  paddock_library_page_search (self->library_page, text);
}
