/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/folders-dialog.h"

#include "base/units.h"
#include "library/folder-adding.h"
#include "library/library-words.h"
#include "library/problem-words.h"
#include "model-store.h"

#include <glib/gi18n.h>

#define PATH_CHARS 400

struct _PaddockFoldersDialog
{
  AdwPreferencesDialog parent_instance;

  /* Owned */
  PaddockLibrary *library;
  GHashTable *folder_rows;           /* path -> row, borrowed from its group */
  GPtrArray *store_rows;             /* borrowed from their group */

  guint n_saving;                    /* changes that are on their way to the disk */
  gboolean filling;                  /* switches are set, not switched */

  /* Template */
  AdwPreferencesGroup *own_group;
  AdwPreferencesGroup *folders_group;
  AdwPreferencesGroup *stores_group;
};

G_DEFINE_FINAL_TYPE (PaddockFoldersDialog, paddock_folders_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static void show_settings (PaddockFoldersDialog *self);

static char *
dup_display (const char *path)
{
  g_autofree char *display = g_filename_display_name (path);

  return paddock_units_escape (display, -1, PATH_CHARS);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockFoldersDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!paddock_library_set_settings_finish (PADDOCK_LIBRARY (source), result, &error) && self->library != NULL)
    {
      g_autofree char *text = paddock_problem_words_dup_failure (_("The change was not kept"), error);
      AdwToast *toast = adw_toast_new (text);

      adw_toast_set_use_markup (toast, FALSE);
      adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (self), toast);
    }
  self->n_saving--;
  if (self->library != NULL)
    show_settings (self);
}

static void
set_settings (PaddockFoldersDialog *self, const PaddockLibrarySettings *settings)
{
  self->n_saving++;
  paddock_library_set_settings_async (self->library, settings, on_set, g_object_ref (self));
}

static void
on_removed (PaddockFoldersDialog *self, GtkWidget *button)
{
  g_autoptr (PaddockLibrarySettings) settings =
    paddock_library_settings_copy (paddock_library_get_settings (self->library));

  if (paddock_library_settings_remove_folder (settings, g_object_get_data (G_OBJECT (button), "paddock-path")))
    set_settings (self, settings);
}

static void
on_switched (PaddockFoldersDialog *self, GParamSpec *pspec, AdwSwitchRow *row)
{
  g_autoptr (PaddockLibrarySettings) settings = NULL;
  g_autoptr (GStrvBuilder) hidden = g_strv_builder_new ();
  const char *id = g_object_get_data (G_OBJECT (row), "paddock-store");

  if (self->filling)
    return;
  settings = paddock_library_settings_copy (paddock_library_get_settings (self->library));
  for (gsize i = 0; settings->hidden_stores[i] != NULL; i++)
    if (!g_str_equal (settings->hidden_stores[i], id))
      g_strv_builder_add (hidden, settings->hidden_stores[i]);
  if (!adw_switch_row_get_active (row))
    g_strv_builder_add (hidden, id);
  g_strfreev (settings->hidden_stores);
  settings->hidden_stores = g_strv_builder_end (hidden);
  set_settings (self, settings);
}

static const PaddockScannedRoot *
find_root (PaddockFoldersDialog *self, const char *path)
{
  GPtrArray *roots = paddock_library_get_index (self->library)->roots;

  for (guint i = 0; i < roots->len; i++)
    if (g_str_equal (((PaddockScannedRoot *) g_ptr_array_index (roots, i))->path, path))
      return g_ptr_array_index (roots, i);
  return NULL;
}

/* The path, and why nothing is found there. */
static char *
dup_root_text (const PaddockScannedRoot *root, const char *path)
{
  g_autofree char *display = dup_display (path);

  if (root == NULL || root->state == PADDOCK_ROOT_LISTED)
    return g_steal_pointer (&display);
  if (root->state == PADDOCK_ROOT_OFFLINE)
    return g_strdup_printf (_("%s – not there now"), display);
  return g_strdup_printf (_("%s – cannot be read"), display);
}

static GtkWidget *
make_folder_row (PaddockFoldersDialog *self, const char *path)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = dup_display (base);
  /* Translators: %s is the name of a folder, whose files stay where they are. */
  g_autofree char *tooltip = g_strdup_printf (_("Remove “%s” From the Library"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  g_object_set_data_full (G_OBJECT (button), "paddock-path", g_strdup (path), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_removed), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_folder (PaddockFoldersDialog *self, const char *path)
{
  GtkWidget *row = g_hash_table_lookup (self->folder_rows, path);
  g_autofree char *text = dup_root_text (find_root (self, path), path);

  if (row == NULL)
    {
      row = make_folder_row (self, path);
      adw_preferences_group_add (self->folders_group, row);
      g_hash_table_insert (self->folder_rows, g_strdup (path), row);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
}

static void
drop_other_folders (PaddockFoldersDialog *self, const char *const *folders)
{
  GHashTableIter iter;
  gpointer path, row;

  g_hash_table_iter_init (&iter, self->folder_rows);
  while (g_hash_table_iter_next (&iter, &path, &row))
    if (!g_strv_contains (folders, path))
      {
        adw_preferences_group_remove (self->folders_group, row);
        g_hash_table_iter_remove (&iter);
      }
}

static char *
dup_store_text (PaddockFoldersDialog *self, const PaddockModelStore *store)
{
  GPtrArray *roots = paddock_library_get_index (self->library)->roots;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < roots->len; i++)
    {
      const PaddockScannedRoot *root = g_ptr_array_index (roots, i);
      g_autofree char *line = NULL;

      if (!g_str_equal (root->store, store->id))
        continue;
      line = dup_root_text (root, root->path);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Those that were found are shown, and those that are switched off: nobody looks whether they are there. */
static void
show_store (PaddockFoldersDialog *self, GtkWidget *row, const PaddockModelStore *store)
{
  const PaddockLibrarySettings *settings = paddock_library_get_settings (self->library);
  gboolean hidden = g_strv_contains ((const char *const *) settings->hidden_stores, store->id);
  g_autofree char *text = dup_store_text (self, store);

  gtk_widget_set_visible (row, hidden || *text != '\0');
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), hidden ? _("Not looked into") : text);
  /* What was switched since is not known to the library before it is kept. */
  if (self->n_saving == 0)
    adw_switch_row_set_active (ADW_SWITCH_ROW (row), !hidden);
}

static void
add_store_row (PaddockFoldersDialog *self, const PaddockModelStore *store)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), store->name);
  g_object_set_data (G_OBJECT (row), "paddock-store", (gpointer) store->id);
  g_signal_connect_object (row, "notify::active", G_CALLBACK (on_switched), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->stores_group, row);
  g_ptr_array_add (self->store_rows, row);
}

/* Rows stay the same ones, with the focus and with a press that is under way. */
static void
show_settings (PaddockFoldersDialog *self)
{
  const char *const *folders = (const char *const *) paddock_library_get_settings (self->library)->folders;
  gboolean any = FALSE;

  self->filling = TRUE;
  drop_other_folders (self, folders);
  for (gsize i = 0; folders[i] != NULL; i++)
    show_folder (self, folders[i]);
  for (guint i = 0; i < self->store_rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->store_rows, i);

      show_store (self, row, paddock_model_store_find (g_object_get_data (G_OBJECT (row), "paddock-store")));
      any = any || gtk_widget_get_visible (row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->stores_group), any);
  self->filling = FALSE;
}

static void
add_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  paddock_folder_adding_ask (PADDOCK_FOLDERS_DIALOG (widget)->library, GTK_WIDGET (PADDOCK_FOLDERS_DIALOG (widget)->folders_group));
}

static void
paddock_folders_dialog_dispose (GObject *object)
{
  PaddockFoldersDialog *self = PADDOCK_FOLDERS_DIALOG (object);

  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_FOLDERS_DIALOG);
  g_clear_pointer (&self->folder_rows, g_hash_table_unref);
  g_clear_pointer (&self->store_rows, g_ptr_array_unref);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (paddock_folders_dialog_parent_class)->dispose (object);
}

static void
paddock_folders_dialog_class_init (PaddockFoldersDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_folders_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/folders-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockFoldersDialog, own_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockFoldersDialog, folders_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockFoldersDialog, stores_group);
  gtk_widget_class_install_action (widget_class, "folders.add", NULL, add_action);
}

static void
paddock_folders_dialog_init (PaddockFoldersDialog *self)
{
  self->folder_rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->store_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_folders_dialog_new:
 * @library: whose places are shown and changed
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
paddock_folders_dialog_new (PaddockLibrary *library)
{
  PaddockFoldersDialog *self = g_object_new (PADDOCK_TYPE_FOLDERS_DIALOG, NULL);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *own = dup_display (paddock_library_get_places (library)->own);
  const PaddockModelStore *const *stores = paddock_model_store_all ();

  self->library = g_object_ref (library);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Paddock’s Own Folder"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), own);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  adw_preferences_group_add (self->own_group, row);
  for (gsize i = 0; stores[i] != NULL; i++)
    if ((stores[i]->flags & PADDOCK_STORE_FOREIGN) != 0)
      add_store_row (self, stores[i]);
  g_signal_connect_object (library, "notify::scanning", G_CALLBACK (show_settings), self, G_CONNECT_SWAPPED);
  show_settings (self);
  return ADW_DIALOG (self);
}
