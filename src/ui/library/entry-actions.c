/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/entry-actions.h"

#include "library-file.h"
#include "library/entry-edits.h"
#include "library/library-view.h"
#include "library/library-words.h"
#include "library/move-dialog.h"
#include "library/notes-dialog.h"
#include "library/projector-dialog.h"
#include "library/removal-flow.h"
#include "library/sharing-actions.h"
#include "library/verify-activity.h"
#include "widgets/entry-dialog.h"
#include "widgets/lasting-dialog.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>
#include <string.h>

#define NICKNAME_CHARS 120

/* The model that an action is about; NULL: it is gone meanwhile. */
static PaddockLibraryEntry *
find_entry (GtkWidget *widget, GVariant *parameter)
{
  return paddock_library_view_find (PADDOCK_LIBRARY_VIEW (widget), g_variant_get_string (parameter, NULL));
}

static PaddockLibrary *
get_library (GtkWidget *widget)
{
  return paddock_library_view_get_library (PADDOCK_LIBRARY_VIEW (widget));
}

static void
on_launched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    paddock_undo_toast_say (widget, _("The folder could not be shown"));
}

static void
show_in_files (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryEntry *entry = find_entry (widget, parameter);
  const char *path = entry != NULL ? paddock_library_entry_get_path (entry) : NULL;
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GtkFileLauncher) launcher = NULL;

  if (path == NULL)
    return;
  file = g_file_new_for_path (path);
  launcher = gtk_file_launcher_new (file);
  gtk_file_launcher_open_containing_folder (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_launched,
                                            g_object_ref (widget));
}

/* In the best of its places. */
static void
add_files (GPtrArray *files, const PaddockLibraryEntry *entry)
{
  const PaddockEntryLocation *location = entry->locations->len > 0 ? g_ptr_array_index (entry->locations, 0) : NULL;

  for (guint i = 0; location != NULL && location->online && i < location->files->len; i++)
    g_ptr_array_add (files, g_file_new_for_path (((PaddockLibraryFile *) g_ptr_array_index (location->files, i))->path));
}

/**
 * paddock_entry_actions_new_content:
 * @entries: (element-type PaddockLibraryEntry): models
 *
 * Returns: (transfer full) (nullable): the files of those that are there
 */
GdkContentProvider *
paddock_entry_actions_new_content (GPtrArray *entries)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GdkFileList *list;
  GdkContentProvider *content;

  for (guint i = 0; i < entries->len; i++)
    add_files (files, g_ptr_array_index (entries, i));
  if (files->len == 0)
    return NULL;
  list = gdk_file_list_new_from_array ((GFile **) files->pdata, files->len);
  content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  return content;
}

/**
 * paddock_entry_actions_dup_paths:
 * @entries: (element-type PaddockLibraryEntry): models
 *
 * Returns: (transfer full): where they are, also if that is away now
 */
char *
paddock_entry_actions_dup_paths (GPtrArray *entries)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const PaddockLibraryEntry *entry = g_ptr_array_index (entries, i);
      const PaddockEntryLocation *location = entry->locations->len > 0 ? g_ptr_array_index (entry->locations, 0) : NULL;
      g_autofree char *display = location != NULL ? g_filename_display_name (location->path) : NULL;

      if (display != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", display);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GPtrArray *
find_alone (GtkWidget *widget, GVariant *parameter)
{
  GPtrArray *entries = g_ptr_array_new ();
  PaddockLibraryEntry *entry = find_entry (widget, parameter);

  if (entry != NULL)
    g_ptr_array_add (entries, entry);
  return entries;
}

static void
copy_path (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GPtrArray) entries = find_alone (widget, parameter);
  g_autofree char *paths = paddock_entry_actions_dup_paths (entries);

  if (*paths == '\0')
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), paths);
  paddock_undo_toast_say (widget, _("Path copied"));
}

static void
copy_file (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GPtrArray) entries = find_alone (widget, parameter);
  g_autoptr (GdkContentProvider) content = paddock_entry_actions_new_content (entries);

  if (content == NULL)
    return;
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
  paddock_undo_toast_say (widget, _("File copied"));
}

static void
toggle_favourite (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryEntry *entry = find_entry (widget, parameter);

  if (entry != NULL)
    paddock_entry_edits_set_favourite (get_library (widget), widget, entry->id, !entry->record->favourite);
}

static char *
check_nickname (const char *text, gpointer user_data)
{
  if (g_utf8_strlen (text, -1) > NICKNAME_CHARS)
    return g_strdup_printf (_("A name has at most %d characters"), NICKNAME_CHARS);
  return NULL;
}

static void
on_renamed (GtkWidget *widget, PaddockEntryDialog *dialog)
{
  g_autofree char *text = paddock_entry_dialog_dup_text (dialog, 0);

  paddock_entry_edits_set_nickname (get_library (widget), widget, g_object_get_data (G_OBJECT (dialog), "paddock-id"), text);
}

static void
rename_entry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryEntry *entry = find_entry (widget, parameter);
  PaddockEntryDialog *dialog;

  if (entry == NULL)
    return;
  dialog = paddock_entry_dialog_new (_("Rename the Model"), _("The file keeps its name. Without a text, the model has its own."),
                                     _("_Rename"));
  paddock_entry_dialog_add (dialog, _("Name"), entry->title != NULL ? entry->title : "", check_nickname, NULL, NULL);
  g_object_set_data_full (G_OBJECT (dialog), "paddock-id", g_strdup (entry->id), g_free);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_renamed), widget, G_CONNECT_SWAPPED);
  paddock_lasting_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
edit_notes (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryEntry *entry = find_entry (widget, parameter);

  if (entry != NULL)
    paddock_lasting_dialog_present (paddock_notes_dialog_new (get_library (widget), entry, widget), widget);
}

static void
choose_projector (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryEntry *entry = find_entry (widget, parameter);

  if (entry != NULL)
    paddock_lasting_dialog_present (paddock_projector_dialog_new (get_library (widget), entry, widget), widget);
}

static void
verify (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryEntry *entry = find_entry (widget, parameter);
  g_autoptr (PaddockActivity) activity = NULL;

  if (entry == NULL || paddock_library_entry_get_path (entry) == NULL)
    return;
  activity = paddock_verify_activity_new (get_library (widget), entry);
  paddock_activity_list_add (paddock_library_view_get_activities (PADDOCK_LIBRARY_VIEW (widget)), activity);
}

static void
share (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryEntry *entry = find_entry (widget, parameter);

  if (entry != NULL)
    paddock_sharing_actions_begin (PADDOCK_LIBRARY_VIEW (widget), entry);
}

static void
toggle_pinned (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryEntry *entry = find_entry (widget, parameter);

  if (entry != NULL)
    paddock_entry_edits_set_pinned (get_library (widget), widget, entry->id, !entry->record->pinned);
}

static void
move_entry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryEntry *entry = find_entry (widget, parameter);
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();

  if (entry == NULL)
    return;
  g_ptr_array_add (entries, entry);
  paddock_move_dialog_present (get_library (widget),
                               paddock_library_view_get_activities (PADDOCK_LIBRARY_VIEW (widget)), entries, widget);
}

static void
remove_entry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *ids[] = { g_variant_get_string (parameter, NULL), NULL };

  if (find_entry (widget, parameter) != NULL)
    paddock_removal_flow_remove_models (get_library (widget), widget, ids);
}

/* It may be right again, or gone, since the menu was opened. */
static void
remove_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryEntry *entry = find_entry (widget, parameter);
  const PaddockEntryLocation *location = entry != NULL ? paddock_library_entry_find_differing (entry) : NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_null_terminated (1, NULL, TRUE);

  for (guint i = 0; location != NULL && i < location->files->len; i++)
    g_ptr_array_add (paths, ((PaddockLibraryFile *) g_ptr_array_index (location->files, i))->path);
  if (location != NULL)
    paddock_removal_flow_remove_files (get_library (widget), widget, (const char *const *) paths->pdata);
}

static void
append (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static void
append_section (GMenu *menu, GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/**
 * paddock_entry_actions_new_menu:
 * @entry: a model
 *
 * Returns: (transfer full): what can be done with it
 */
GMenuModel *
paddock_entry_actions_new_menu (const PaddockLibraryEntry *entry)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) file = g_menu_new ();
  g_autoptr (GMenu) person = g_menu_new ();
  g_autoptr (GMenu) check = g_menu_new ();
  g_autoptr (GMenu) removal = g_menu_new ();
  gboolean online = paddock_library_entry_get_path (entry) != NULL;

  append (file, _("_Open"), "entry.open", entry->id);
  if (online)
    {
      append (file, _("Show in _Files"), "entry.show-in-files", entry->id);
      append (file, _("_Copy"), "entry.copy-file", entry->id);
      append (check, _("_Verify"), "entry.verify", entry->id);
      append (check, _("_Use in Another Program…"), "entry.share", entry->id);
      append (removal, _("Mov_e…"), "entry.move", entry->id);
      if (paddock_library_entry_find_differing (entry) != NULL)
        append (removal, _("Remove Copy That _Differs"), "entry.remove-copy", entry->id);
      append (removal, _("Re_move"), "entry.remove", entry->id);
    }
  append (file, _("Copy _Path"), "entry.copy-path", entry->id);
  append (person, entry->record->favourite ? _("Remove From Fa_vourites") : _("Add to Fa_vourites"), "entry.favourite",
          entry->id);
  append (person, entry->record->pinned ? _("A_llow in Clean-Ups") : _("_Keep in Clean-Ups"), "entry.pin", entry->id);
  append (person, _("_Rename…"), "entry.rename", entry->id);
  append (person, _("_Tags and Notes…"), "entry.notes", entry->id);
  if (paddock_library_entry_get_kind (entry) == PADDOCK_MODEL_LANGUAGE)
    append (person, _("Pro_jector…"), "entry.projector", entry->id);
  append_section (menu, file);
  append_section (menu, person);
  append_section (menu, check);
  append_section (menu, removal);
  return G_MENU_MODEL (menu);
}

void
paddock_entry_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "entry.show-in-files", "s", show_in_files);
  gtk_widget_class_install_action (widget_class, "entry.copy-path", "s", copy_path);
  gtk_widget_class_install_action (widget_class, "entry.copy-file", "s", copy_file);
  gtk_widget_class_install_action (widget_class, "entry.favourite", "s", toggle_favourite);
  gtk_widget_class_install_action (widget_class, "entry.rename", "s", rename_entry);
  gtk_widget_class_install_action (widget_class, "entry.notes", "s", edit_notes);
  gtk_widget_class_install_action (widget_class, "entry.projector", "s", choose_projector);
  gtk_widget_class_install_action (widget_class, "entry.verify", "s", verify);
  gtk_widget_class_install_action (widget_class, "entry.share", "s", share);
  gtk_widget_class_install_action (widget_class, "entry.pin", "s", toggle_pinned);
  gtk_widget_class_install_action (widget_class, "entry.move", "s", move_entry);
  gtk_widget_class_install_action (widget_class, "entry.remove", "s", remove_entry);
  gtk_widget_class_install_action (widget_class, "entry.remove-copy", "s", remove_copy);
}

/**
 * paddock_entry_actions_bind_keys:
 * @widget_class: that of the view
 * @callback: gets the name of an action, for the row that the keyboard is at
 */
void
paddock_entry_actions_bind_keys (GtkWidgetClass *widget_class, GtkShortcutFunc callback)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_F2, 0, "entry.rename" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "entry.copy-file" },
    { GDK_KEY_d, GDK_CONTROL_MASK, "entry.favourite" },
    { GDK_KEY_Return, GDK_ALT_MASK, "entry.notes" },
    { GDK_KEY_Delete, 0, "entry.remove" },
    { GDK_KEY_KP_Delete, 0, "entry.remove" },
    { GDK_KEY_Menu, 0, "entry.menu" },
    { GDK_KEY_F10, GDK_SHIFT_MASK, "entry.menu" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].modifiers, callback, "s", keys[i].action);
}
