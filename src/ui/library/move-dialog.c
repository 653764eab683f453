/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/move-dialog.h"

#include "base/units.h"
#include "library/library-words.h"
#include "library/moving.h"
#include "library/problem-words.h"
#include "model-store.h"
#include "model/model-words.h"
#include "widgets/lasting-dialog.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

#define PATH_CHARS 200

struct _PaddockMoveDialog
{
  AdwDialog parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockActivityList *activities;
  GtkWidget *near;                   /* where it is told what happened */
  char **ids;

  /* Template */
  AdwPreferencesGroup *group;
  GtkLabel *left_out;
};

G_DEFINE_FINAL_TYPE (PaddockMoveDialog, paddock_move_dialog, ADW_TYPE_DIALOG)

static void
move_to (PaddockMoveDialog *self, const char *folder)
{
  paddock_moving_begin (self->library, self->activities, self->near, (const char *const *) self->ids, folder);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_folder_activated (PaddockMoveDialog *self, AdwActionRow *row)
{
  move_to (self, g_object_get_data (G_OBJECT (row), "paddock-folder"));
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockMoveDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);

  if (folder == NULL)
    paddock_problem_words_say (self->near, _("Nothing could be chosen"), error);
  else if (g_file_peek_path (folder) != NULL)
    move_to (self, g_file_peek_path (folder));
  else
    paddock_undo_toast_say (self->near, _("Only folders on this computer can be chosen"));
}

static void
on_other_activated (PaddockMoveDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_title (dialog, _("Move Models To"));
  gtk_file_dialog_select_folder (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_chosen,
                                 g_object_ref (self));
}

/* Asked of the system meanwhile: a drive may take its time. */
static void
on_space (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkLabel) label = user_data;
  g_autoptr (GFileInfo) info = g_file_query_filesystem_info_finish (G_FILE (source), result, NULL);
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    return;
  size = paddock_units_format_size (g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE));
  /* Translators: %s is a size: how much more a drive can take. */
  text = g_strdup_printf (_("%s free"), size);
  gtk_label_set_label (label, text);
}

static void
add_folder (PaddockMoveDialog *self, const char *title, const char *path)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *space = gtk_label_new (NULL);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *display = g_filename_display_name (path);
  g_autofree char *subtitle = paddock_units_escape (display, -1, PATH_CHARS);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_add_css_class (space, "dimmed");
  gtk_widget_add_css_class (space, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), space);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "paddock-folder", g_strdup (path), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_folder_activated), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->group, row);
  g_file_query_filesystem_info_async (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, G_PRIORITY_DEFAULT, NULL, on_space,
                                      g_object_ref (space));
}

static void
add_folders (PaddockMoveDialog *self)
{
  const PaddockLibrarySettings *settings = paddock_library_get_settings (self->library);

  add_folder (self, _("Paddock"), paddock_library_get_places (self->library)->own);
  for (gsize i = 0; settings->folders[i] != NULL; i++)
    {
      g_autofree char *name = paddock_model_words_dup_file_name (settings->folders[i]);

      add_folder (self, name, settings->folders[i]);
    }
}

static void
paddock_move_dialog_dispose (GObject *object)
{
  PaddockMoveDialog *self = PADDOCK_MOVE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_MOVE_DIALOG);
  g_clear_object (&self->library);
  g_clear_object (&self->activities);
  g_clear_object (&self->near);
  g_clear_pointer (&self->ids, g_strfreev);
  G_OBJECT_CLASS (paddock_move_dialog_parent_class)->dispose (object);
}

static void
paddock_move_dialog_class_init (PaddockMoveDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_move_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/move-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockMoveDialog, group);
  gtk_widget_class_bind_template_child (widget_class, PaddockMoveDialog, left_out);
  gtk_widget_class_bind_template_callback (widget_class, on_other_activated);
}

static void
paddock_move_dialog_init (PaddockMoveDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What other programs keep is theirs. */
static gboolean
may_move (const PaddockLibraryEntry *entry)
{
  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);
      const PaddockModelStore *store = paddock_model_store_find (location->store);

      if (location->online && store != NULL && (store->flags & PADDOCK_STORE_FOREIGN) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * paddock_move_dialog_present:
 * @library: the library
 * @activities: where it is done
 * @entries: (element-type PaddockLibraryEntry): models of it
 * @near: a widget that outlasts the dialog
 */
void
paddock_move_dialog_present (PaddockLibrary *library, PaddockActivityList *activities, GPtrArray *entries, GtkWidget *near)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  guint left_out = 0;
  PaddockMoveDialog *self;

  for (guint i = 0; i < entries->len; i++)
    if (may_move (g_ptr_array_index (entries, i)))
      g_strv_builder_add (ids, ((PaddockLibraryEntry *) g_ptr_array_index (entries, i))->id);
    else
      left_out++;
  if (left_out == entries->len)
    {
      paddock_undo_toast_say (near, _("What other programs keep, and what is not there, cannot be moved"));
      return;
    }
  self = g_object_new (PADDOCK_TYPE_MOVE_DIALOG, NULL);
  self->library = g_object_ref (library);
  self->activities = g_object_ref (activities);
  self->near = g_object_ref (near);
  self->ids = g_strv_builder_end (ids);
  if (left_out > 0)
    {
      g_autofree char *text =
        g_strdup_printf (ngettext ("%u model stays: it belongs to another program, or is not there.",
                                   "%u models stay: they belong to other programs, or are not there.", left_out),
                         left_out);

      gtk_label_set_label (self->left_out, text);
      gtk_widget_set_visible (GTK_WIDGET (self->left_out), TRUE);
    }
  add_folders (self);
  paddock_lasting_dialog_present (ADW_DIALOG (self), near);
}
