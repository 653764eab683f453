/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/projector-dialog.h"

#include "library/entry-edits.h"
#include "library/library-words.h"

#include <glib/gi18n.h>

struct _PaddockProjectorDialog
{
  AdwDialog parent_instance;

  /* Owned */
  PaddockLibrary *library;
  GtkWidget *near;                   /* where errors are told */
  char *id;

  /* Borrowed */
  GtkCheckButton *first;             /* of the group that they all are */

  /* Template */
  AdwWindowTitle *window_title;
  AdwPreferencesGroup *ways;
  AdwPreferencesGroup *projectors;
};

G_DEFINE_FINAL_TYPE (PaddockProjectorDialog, paddock_projector_dialog, ADW_TYPE_DIALOG)

/* What a record says of each choice; "" is none, and NULL stands for whatever is found. */
static void
on_toggled (PaddockProjectorDialog *self, GtkCheckButton *check)
{
  if (gtk_check_button_get_active (check))
    paddock_entry_edits_set_projector (self->library, self->near, self->id,
                                       g_object_get_data (G_OBJECT (check), "paddock-projector"));
}

static void
add_row (PaddockProjectorDialog *self, AdwPreferencesGroup *group, const char *title, const char *subtitle,
         const char *projector, gboolean chosen)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *row = adw_action_row_new ();

  if (self->first == NULL)
    self->first = GTK_CHECK_BUTTON (check);
  else
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->first);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), chosen);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (check), "paddock-projector", g_strdup (projector), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (group, row);
}

/* A projector writes into the model's embedding: of another length it cannot be meant. */
static gboolean
may_fit (const PaddockLibraryEntry *model, const PaddockLibraryEntry *projector)
{
  gint64 left = model->facts != NULL ? model->facts->embedding_length : 0;
  gint64 right = projector->facts != NULL ? projector->facts->embedding_length : 0;

  return left <= 0 || right <= 0 || left == right;
}

static void
add_projector (PaddockProjectorDialog *self, const PaddockLibraryEntry *model, const PaddockLibraryEntry *projector)
{
  g_autofree char *title = paddock_library_words_dup_title (projector);
  g_autofree char *size = paddock_library_words_dup_size (projector);
  g_autofree char *paths = paddock_library_words_dup_paths (projector);
  g_autofree char *text = may_fit (model, projector)
                            ? g_strdup_printf ("%s · %s", size, paths)
                            : g_strdup_printf ("%s · %s\n%s", size, paths, _("It was made for a model of another width."));

  add_row (self, self->projectors, title, text, projector->id, g_strcmp0 (model->record->projector, projector->id) == 0);
}

static const PaddockLibraryEntry *
find_automatic (PaddockLibraryIndex *index, const PaddockLibraryEntry *model)
{
  for (guint i = 0; model->record->projector == NULL && i < model->companions->len; i++)
    {
      PaddockLibraryEntry *companion = paddock_library_index_find (index, g_ptr_array_index (model->companions, i));

      if (companion != NULL && paddock_library_entry_get_kind (companion) == PADDOCK_MODEL_PROJECTOR)
        return companion;
    }
  return NULL;
}

static void
add_ways (PaddockProjectorDialog *self, PaddockLibraryIndex *index, const PaddockLibraryEntry *model)
{
  const PaddockLibraryEntry *automatic = find_automatic (index, model);
  g_autofree char *title = automatic != NULL ? paddock_library_words_dup_title (automatic) : NULL;
  /* Translators: %s is the name of a projector. */
  g_autofree char *found = title != NULL ? g_strdup_printf (_("Found: %s"), title) : NULL;

  add_row (self, self->ways, _("Automatic"),
           found != NULL ? found : _("By what the files and the programs say of each other"), NULL,
           model->record->projector == NULL);
  add_row (self, self->ways, C_("projector", "None"), _("The model is used without pictures"), "",
           g_strcmp0 (model->record->projector, "") == 0);
}

/* Those that may fit come first. */
static guint
add_projectors (PaddockProjectorDialog *self, PaddockLibraryIndex *index, const PaddockLibraryEntry *model, gboolean fitting)
{
  guint count = 0;

  for (guint i = 0; i < index->entries->len; i++)
    {
      const PaddockLibraryEntry *entry = g_ptr_array_index (index->entries, i);

      if (paddock_library_entry_get_kind (entry) != PADDOCK_MODEL_PROJECTOR || may_fit (model, entry) != fitting)
        continue;
      add_projector (self, model, entry);
      count++;
    }
  return count;
}

static void
paddock_projector_dialog_dispose (GObject *object)
{
  PaddockProjectorDialog *self = PADDOCK_PROJECTOR_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_PROJECTOR_DIALOG);
  g_clear_object (&self->library);
  g_clear_object (&self->near);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (paddock_projector_dialog_parent_class)->dispose (object);
}

static void
paddock_projector_dialog_class_init (PaddockProjectorDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_projector_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/projector-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockProjectorDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, PaddockProjectorDialog, ways);
  gtk_widget_class_bind_template_child (widget_class, PaddockProjectorDialog, projectors);
}

static void
paddock_projector_dialog_init (PaddockProjectorDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_projector_dialog_new:
 * @library: the library
 * @entry: a model of it
 * @near: a widget that outlasts the dialog
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
paddock_projector_dialog_new (PaddockLibrary *library, PaddockLibraryEntry *entry, GtkWidget *near)
{
  PaddockProjectorDialog *self = g_object_new (PADDOCK_TYPE_PROJECTOR_DIALOG, NULL);
  PaddockLibraryIndex *index = paddock_library_get_index (library);
  g_autofree char *title = paddock_library_words_dup_title (entry);
  guint count;

  self->library = g_object_ref (library);
  self->near = g_object_ref (near);
  self->id = g_strdup (entry->id);
  adw_window_title_set_subtitle (self->window_title, title);
  add_ways (self, index, entry);
  count = add_projectors (self, index, entry, TRUE);
  count += add_projectors (self, index, entry, FALSE);
  if (count == 0)
    adw_preferences_group_set_description (self->projectors, _("There is none in the library. Its file is often called mmproj, "
                                                               "and published beside the model."));
  return ADW_DIALOG (self);
}
