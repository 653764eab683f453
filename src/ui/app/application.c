/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/application.h"

#include <glib/gi18n.h>

#include "activity/activity-list.h"
#include "activity/activity-words.h"
#include "app/background-run.h"
#include "app/search-provider.h"
#include "app/window.h"
#include "computer/machine-choice.h"
#include "downloads/download-activity.h"
#include "downloads/download-notices.h"
#include "downloads/download-words.h"
#include "library/background-check.h"
#include "library-follower.h"
#include "library.h"
#include "paddock-config.h"
#include "preferences/preferences-dialog.h"
#include "services.h"

#define RESOURCE_PATH "/io/github/paddockapp/Paddock"
#define MAX_ACTIVITIES 2             /* at a time: more would only take the disk from each other */
#define IDLE_SECONDS 60               /* that the program waits for another search of the desktop */
#define LONG_SECONDS 10              /* whoever waited that long is told of the end, wherever they are */

/**
 * PaddockApplication:
 *
 * The running program: one for each session, whichever way it was started. Files given to a second process arrive here
 * and open in the window that was used last.
 */
struct _PaddockApplication
{
  AdwApplication parent_instance;

  /* Owned */
  GSettings *settings;
  PaddockActivityList *activities;
  PaddockMachineChoice *choice;
  PaddockLibrary *library;
  PaddockLibraryFollower *follower;
  PaddockSearchProvider *search_provider;
  PaddockBackgroundCheck *check;
  PaddockServices *services;
  PaddockDownloadNotices *notices;
  PaddockBackgroundRun *background;

  gboolean held;                     /* something is under way that must end before the program does */
  gboolean quitting;                 /* and nothing goes on without a window */
};

G_DEFINE_FINAL_TYPE (PaddockApplication, paddock_application, ADW_TYPE_APPLICATION)

static PaddockWindow *
paddock_application_ensure_window (PaddockApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (PADDOCK_IS_WINDOW (window))
    return PADDOCK_WINDOW (window);

  return paddock_window_new (self, self->settings, self->activities, self->choice, self->library, self->services);
}

static void
paddock_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (paddock_application_ensure_window (PADDOCK_APPLICATION (application))));
}

static void
paddock_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  PaddockWindow *window = paddock_application_ensure_window (PADDOCK_APPLICATION (application));
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);

  for (int i = 0; i < n_files; i++)
    g_list_store_append (list, files[i]);

  paddock_window_open (window, G_LIST_MODEL (list));
  gtk_window_present (GTK_WINDOW (window));
}

static void
paddock_application_new_window (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PaddockApplication *self = user_data;
  PaddockWindow *window
      = paddock_window_new (self, self->settings, self->activities, self->choice, self->library, self->services);

  gtk_window_present (GTK_WINDOW (window));
}

static void
paddock_application_show_model (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PaddockWindow *window = paddock_application_ensure_window (user_data);
  g_autoptr (GFile) file = NULL;
  const char *path, *view;

  g_variant_get (parameter, "(^&ay&s)", &path, &view);
  file = g_file_new_for_path (path);
  paddock_window_show_model (window, file, view);
  gtk_window_present (GTK_WINDOW (window));
}

static void
paddock_application_show_downloads (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PaddockWindow *window = paddock_application_ensure_window (user_data);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.show-page", "s", "downloads");
  gtk_window_present (GTK_WINDOW (window));
}

static void
paddock_application_show_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PaddockApplication *self = user_data;
  PaddockWindow *window = paddock_application_ensure_window (self);

  adw_dialog_present (paddock_preferences_dialog_new (self->settings, paddock_services_get_sign_in (self->services),
                                                      paddock_services_get_hub (self->services)), GTK_WIDGET (window));
}

static void
paddock_application_show_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PaddockWindow *window = paddock_application_ensure_window (user_data);
  AdwDialog *dialog = adw_about_dialog_new_from_appdata (RESOURCE_PATH "/" PADDOCK_APPLICATION_ID ".metainfo.xml",
                                                         PADDOCK_VERSION);

  /* Translators: your name, one a line, with an address if you like */
  adw_about_dialog_set_translator_credits (ADW_ABOUT_DIALOG (dialog), _("translator-credits"));
  adw_about_dialog_set_copyright (ADW_ABOUT_DIALOG (dialog), "© 2026 The Paddock Contributors");
  adw_dialog_present (dialog, GTK_WIDGET (window));
}

/* A window that shows a dialog takes the wish to close as meant for the dialog; whoever quits means both. */
static void
paddock_application_close_dialogs (AdwApplicationWindow *window)
{
  g_autoptr (GListModel) dialogs = adw_application_window_get_dialogs (window);

  for (guint i = g_list_model_get_n_items (dialogs); i > 0; i--)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i - 1);

      adw_dialog_close (dialog);
    }
}

/* Nothing is begun any more; what runs is over in a moment. */
static void
paddock_application_stop (PaddockApplication *self)
{
  paddock_background_run_end (self->background);
  paddock_download_queue_set_running (paddock_services_get_downloads (self->services), FALSE);
  paddock_activity_list_stop_all (self->activities);
}

/* Through the windows, so that each keeps its state and may ask about what is not saved. */
static void
paddock_application_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PaddockApplication *self = user_data;
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  self->quitting = TRUE;
  if (windows == NULL)
    paddock_application_stop (self);

  for (GList *link = windows; link != NULL; link = link->next)
    {
      if (ADW_IS_APPLICATION_WINDOW (link->data))
        paddock_application_close_dialogs (link->data);
      gtk_window_close (link->data);
    }
}

static void
paddock_application_add_actions (PaddockApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "new-window", .activate = paddock_application_new_window },
    { .name = "show-model", .activate = paddock_application_show_model, .parameter_type = "(ays)" },
    { .name = "show-downloads", .activate = paddock_application_show_downloads },
    { .name = "preferences", .activate = paddock_application_show_preferences },
    { .name = "about", .activate = paddock_application_show_about },
    { .name = "quit", .activate = paddock_application_quit },
  };
  static const struct
  {
    const char *action;
    const char *accelerators[3];
  } accelerators[] = {
    { "win.open", { "<Control>o" } },
    { "win.open-folder", { "<Control><Shift>o" } },
    { "win.add-address", { "<Control>l" } },
    { "window.close", { "<Control>w" } },
    { "app.new-window", { "<Control>n" } },
    { "win.show-activity", { "<Control>j" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.shortcuts", { "<Control>question", "F1" } },
    { "app.quit", { "<Control>q" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           accelerators[i].accelerators);
}

static void
paddock_application_notify (PaddockApplication *self, PaddockActivity *activity)
{
  g_autofree char *title = paddock_activity_words_dup_end (activity);
  g_autofree char *id = g_strdup_printf ("activity-%p", (void *) activity);
  const char *path = paddock_activity_get_path (activity);
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (path != NULL)
    g_notification_set_default_action_and_target (notification, "app.show-model", "(^ays)", path,
                                                  paddock_activity_get_view (activity));
  g_application_send_notification (G_APPLICATION (self), id, notification);
}

static void
paddock_application_on_activity_ended (PaddockApplication *self, PaddockActivity *activity)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  /* Nobody waits for what goes on in the background; what it finds is told when it is found. */
  if (paddock_activity_get_state (activity) != PADDOCK_ACTIVITY_STOPPED && !paddock_activity_is_background (activity) &&
      paddock_activity_get_seconds (activity) >= LONG_SECONDS && window != NULL && !gtk_window_is_active (window))
    paddock_application_notify (self, activity);
}

/* A model is not what it should be: that is told at once, wherever the person is. */
static void
paddock_application_on_found (PaddockApplication *self, const char *id, const char *text)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  PaddockLibraryEntry *entry = paddock_library_index_find (paddock_library_get_index (self->library), id);
  const char *path = entry != NULL ? paddock_library_entry_get_path (entry) : NULL;
  g_autofree char *name = g_strconcat ("check-", id, NULL);
  g_autoptr (GNotification) notification = g_notification_new (text);

  if (PADDOCK_IS_WINDOW (window))
    paddock_window_show_toast (PADDOCK_WINDOW (window), text);
  if (window != NULL && gtk_window_is_active (window))
    return;
  if (path != NULL)
    g_notification_set_default_action_and_target (notification, "app.show-model", "(^ays)", path, "health");
  g_application_send_notification (G_APPLICATION (self), name, notification);
}

static void
paddock_application_on_left (PaddockApplication *self, PaddockDownload *download, const GError *error)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autofree char *problem = paddock_download_words_dup_problem (error);
  /* Translators: the first %s is the name of a download, the second says why. */
  g_autofree char *text = g_strdup_printf (_("What was received of %s could not be deleted: %s"),
                                           paddock_download_get_title (download), problem);

  if (PADDOCK_IS_WINDOW (window))
    paddock_window_show_toast (PADDOCK_WINDOW (window), text);
}

/* What runs in a thread is stopped and waited for, also when the last window is gone: that takes a moment. */
static void
paddock_application_on_n_unfinished (PaddockApplication *self)
{
  gboolean busy = paddock_activity_list_get_n_unfinished (self->activities) > 0 ||
                  paddock_download_queue_is_busy (paddock_services_get_downloads (self->services));

  if (busy == self->held)
    return;
  self->held = busy;
  if (busy)
    {
      g_application_hold (G_APPLICATION (self));
      return;
    }
  paddock_background_run_end (self->background);
  g_application_release (G_APPLICATION (self));
}

/* What waits for its turn, or for a network, goes on when there is a window again. */
static gboolean
paddock_application_is_downloading (PaddockApplication *self)
{
  guint active;

  g_object_get (paddock_services_get_downloads (self->services), "n-active", &active, NULL);
  return active > 0;
}

static void
paddock_application_window_added (GtkApplication *application, GtkWindow *window)
{
  PaddockApplication *self = PADDOCK_APPLICATION (application);

  GTK_APPLICATION_CLASS (paddock_application_parent_class)->window_added (application, window);
  self->quitting = FALSE;
  paddock_background_run_end (self->background);
  paddock_background_check_set_present (self->check, TRUE);
  /* What another Paddock holds may be free by now; the page says so if it is not. */
  paddock_services_start (self->services);
  paddock_download_queue_set_running (paddock_services_get_downloads (self->services), TRUE);
}

static void
paddock_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  PaddockApplication *self = PADDOCK_APPLICATION (application);

  GTK_APPLICATION_CLASS (paddock_application_parent_class)->window_removed (application, window);

  if (gtk_application_get_windows (application) != NULL)
    return;
  paddock_background_check_set_present (self->check, FALSE);
  if (self->quitting || !paddock_application_is_downloading (self))
    {
      paddock_application_stop (self);
      return;
    }
  paddock_activity_list_stop_but (self->activities, PADDOCK_TYPE_DOWNLOAD_ACTIVITY);
  paddock_background_run_begin (self->background);
}

static gboolean
paddock_application_map_color_scheme (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *scheme = g_variant_get_string (variant, NULL);

  if (g_str_equal (scheme, "light"))
    g_value_set_enum (value, ADW_COLOR_SCHEME_FORCE_LIGHT);
  else if (g_str_equal (scheme, "dark"))
    g_value_set_enum (value, ADW_COLOR_SCHEME_FORCE_DARK);
  else
    g_value_set_enum (value, ADW_COLOR_SCHEME_DEFAULT);
  return TRUE;
}

/* `PADDOCK_COMPUTER_ROOT` in the environment names a directory with the files of another computer, for tests and screenshots. */
static PaddockMachineChoice *
paddock_application_create_choice (PaddockApplication *self)
{
  const char *root = g_getenv ("PADDOCK_COMPUTER_ROOT");
  g_autoptr (PaddockThisComputer) computer = paddock_this_computer_new (self->settings, root != NULL ? root : "/");
  g_autoptr (PaddockMachineStore) store = paddock_machine_store_new (NULL);

  return paddock_machine_choice_new (self->settings, computer, store);
}

/* One that is no address, which only comes in past the preferences, changes nothing. */
static void
paddock_application_on_endpoint_changed (PaddockApplication *self)
{
  g_autofree char *endpoint = g_settings_get_string (self->settings, "hub-endpoint");
  PaddockSignIn *sign_in = paddock_services_get_sign_in (self->services);

  if (sign_in != NULL)
    paddock_sign_in_set_endpoint (sign_in, endpoint);
}

static void
paddock_application_start_services (PaddockApplication *self)
{
  PaddockDownloadQueue *downloads;

  self->services = paddock_services_new (self->library, _("Models are being downloaded"));
  paddock_application_on_endpoint_changed (self);
  g_signal_connect_object (self->settings, "changed::hub-endpoint", G_CALLBACK (paddock_application_on_endpoint_changed), self,
                           G_CONNECT_SWAPPED);
  downloads = paddock_services_get_downloads (self->services);
  self->background = paddock_background_run_new (G_APPLICATION (self));
  g_signal_connect_object (self->background, "refused", G_CALLBACK (paddock_application_stop), self, G_CONNECT_SWAPPED);
  self->notices = paddock_download_notices_new (GTK_APPLICATION (self), downloads);
  paddock_download_activity_follow (downloads, self->activities);
  g_signal_connect_object (downloads, "left", G_CALLBACK (paddock_application_on_left), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (downloads, "notify::busy", G_CALLBACK (paddock_application_on_n_unfinished), self, G_CONNECT_SWAPPED);
}

static void
paddock_application_startup (GApplication *application)
{
  PaddockApplication *self = PADDOCK_APPLICATION (application);

  /* What is remembered is read while the toolkit starts, so that the first frame can have it. */
  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) == 0)
    paddock_library_recall (self->library);
  G_APPLICATION_CLASS (paddock_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (PADDOCK_APPLICATION_ID);
  self->settings = g_settings_new (PADDOCK_APPLICATION_ID);
  self->activities = paddock_activity_list_new (MAX_ACTIVITIES);
  self->choice = paddock_application_create_choice (self);
  g_signal_connect_object (self->activities, "ended", G_CALLBACK (paddock_application_on_activity_ended), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->activities, "notify::n-unfinished", G_CALLBACK (paddock_application_on_n_unfinished),
                           self, G_CONNECT_SWAPPED);
  self->follower = paddock_library_follower_new (self->library);
  paddock_application_start_services (self);
  self->check = paddock_background_check_new (self->library, self->settings, self->activities);
  g_signal_connect_object (self->check, "found", G_CALLBACK (paddock_application_on_found), self, G_CONNECT_SWAPPED);
  paddock_background_check_add_actions (self->check, G_ACTION_MAP (self));
  if (g_application_get_flags (application) & G_APPLICATION_IS_SERVICE)
    g_application_set_inactivity_timeout (application, IDLE_SECONDS * 1000);
  g_settings_bind_with_mapping (self->settings, "color-scheme", adw_style_manager_get_default (), "color-scheme",
                                G_SETTINGS_BIND_GET, paddock_application_map_color_scheme, NULL, NULL, NULL);
  paddock_application_add_actions (self);
}

static void
paddock_application_on_result_opened (PaddockApplication *self, const char *id)
{
  PaddockLibraryEntry *entry = paddock_library_index_find (paddock_library_get_index (self->library), id);
  const char *path = entry != NULL ? paddock_library_entry_get_path (entry) : NULL;
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  PaddockWindow *window = paddock_application_ensure_window (self);

  if (file != NULL)
    paddock_window_show_model (window, file, "");
  else if (entry != NULL)
    paddock_window_search (window, entry->title);
  gtk_window_present (GTK_WINDOW (window));
}

static void
paddock_application_on_searched (PaddockApplication *self, const char *text)
{
  PaddockWindow *window = paddock_application_ensure_window (self);

  paddock_window_search (window, text);
  gtk_window_present (GTK_WINDOW (window));
}

/* A program that was started only for a search lasts a while after each, because people type on. */
static void
paddock_application_on_asked (PaddockApplication *self)
{
  g_application_hold (G_APPLICATION (self));
  g_application_release (G_APPLICATION (self));
}

/* Before anything else, because the desktop asks as soon as the name is there. */
static gboolean
paddock_application_dbus_register (GApplication *application, GDBusConnection *connection, const char *path, GError **error)
{
  PaddockApplication *self = PADDOCK_APPLICATION (application);

  if (!G_APPLICATION_CLASS (paddock_application_parent_class)->dbus_register (application, connection, path, error))
    return FALSE;
  self->search_provider = paddock_search_provider_new (self->library);
  g_signal_connect_object (self->search_provider, "asked", G_CALLBACK (paddock_application_on_asked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_provider, "opened", G_CALLBACK (paddock_application_on_result_opened), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_provider, "searched", G_CALLBACK (paddock_application_on_searched), self,
                           G_CONNECT_SWAPPED);
  return paddock_search_provider_export (self->search_provider, connection, path, error);
}

static void
paddock_application_dbus_unregister (GApplication *application, GDBusConnection *connection, const char *path)
{
  PaddockApplication *self = PADDOCK_APPLICATION (application);

  if (self->search_provider != NULL)
    paddock_search_provider_unexport (self->search_provider, connection);
  G_APPLICATION_CLASS (paddock_application_parent_class)->dbus_unregister (application, connection, path);
}

/* The option only asks the first process for a window; what else is on the command line then opens in it. */
static int
paddock_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  /* Where this fails, the application's own attempt, which comes next, fails too and says why. */
  if (g_variant_dict_contains (options, "new-window") && g_application_register (application, NULL, NULL))
    g_action_group_activate_action (G_ACTION_GROUP (application), "new-window", NULL);

  return -1;
}

static void
paddock_application_dispose (GObject *object)
{
  PaddockApplication *self = PADDOCK_APPLICATION (object);

  g_clear_object (&self->search_provider);
  g_clear_object (&self->check);
  g_clear_object (&self->background);
  g_clear_object (&self->notices);
  g_clear_object (&self->services);
  g_clear_object (&self->follower);
  g_clear_object (&self->library);
  g_clear_object (&self->choice);
  g_clear_object (&self->activities);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (paddock_application_parent_class)->dispose (object);
}

static void
paddock_application_class_init (PaddockApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = paddock_application_dispose;

  GTK_APPLICATION_CLASS (klass)->window_added = paddock_application_window_added;
  GTK_APPLICATION_CLASS (klass)->window_removed = paddock_application_window_removed;
  application_class->dbus_register = paddock_application_dbus_register;
  application_class->dbus_unregister = paddock_application_dbus_unregister;
  application_class->startup = paddock_application_startup;
  application_class->activate = paddock_application_activate;
  application_class->open = paddock_application_open;
  application_class->handle_local_options = paddock_application_handle_local_options;
}

static void
paddock_application_init (PaddockApplication *self)
{
  static const GOptionEntry options[] = {
    { .long_name = "new-window", .short_name = 'w', .arg = G_OPTION_ARG_NONE, .description = N_("Open a new window") },
    { NULL },
  };

  self->library = paddock_library_new (NULL);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[FILE OR FOLDER…]"));
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("Keep, check and understand the language models on your own computer."));
}

/**
 * paddock_application_new:
 *
 * Returns: (transfer full): the application, to be run
 */
PaddockApplication *
paddock_application_new (void)
{
  return g_object_new (PADDOCK_TYPE_APPLICATION,
                       "application-id", PADDOCK_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", RESOURCE_PATH,
                       "version", PADDOCK_VERSION,
                       NULL);
}
