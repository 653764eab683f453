/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/notes-dialog.h"

#include "library/entry-edits.h"
#include "library/library-words.h"

struct _PaddockNotesDialog
{
  AdwDialog parent_instance;

  /* Owned */
  PaddockLibrary *library;
  GtkWidget *near;                   /* where errors are told */
  char *id;

  /* Template */
  AdwWindowTitle *window_title;
  AdwEntryRow *tags;
  GtkTextView *notes;
};

G_DEFINE_FINAL_TYPE (PaddockNotesDialog, paddock_notes_dialog, ADW_TYPE_DIALOG)

static void
save_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockNotesDialog *self = PADDOCK_NOTES_DIALOG (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  g_auto (GStrv) tags = paddock_entry_edits_split_tags (gtk_editable_get_text (GTK_EDITABLE (self->tags)));
  g_autofree char *notes = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  notes = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  paddock_entry_edits_set_notes (self->library, self->near, self->id, (const char *const *) tags, notes);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
paddock_notes_dialog_dispose (GObject *object)
{
  PaddockNotesDialog *self = PADDOCK_NOTES_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_NOTES_DIALOG);
  g_clear_object (&self->library);
  g_clear_object (&self->near);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (paddock_notes_dialog_parent_class)->dispose (object);
}

static void
paddock_notes_dialog_class_init (PaddockNotesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_notes_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/notes-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockNotesDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, PaddockNotesDialog, tags);
  gtk_widget_class_bind_template_child (widget_class, PaddockNotesDialog, notes);
  gtk_widget_class_install_action (widget_class, "notes.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "notes.save", NULL);
}

static void
paddock_notes_dialog_init (PaddockNotesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_notes_dialog_new:
 * @library: the library
 * @entry: a model of it
 * @near: a widget that outlasts the dialog
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
paddock_notes_dialog_new (PaddockLibrary *library, const PaddockLibraryEntry *entry, GtkWidget *near)
{
  PaddockNotesDialog *self = g_object_new (PADDOCK_TYPE_NOTES_DIALOG, NULL);
  g_autofree char *title = paddock_library_words_dup_title (entry);
  g_autofree char *tags = g_strjoinv (", ", entry->record->tags);

  self->library = g_object_ref (library);
  self->near = g_object_ref (near);
  self->id = g_strdup (entry->id);
  adw_window_title_set_subtitle (self->window_title, title);
  gtk_editable_set_text (GTK_EDITABLE (self->tags), tags);
  if (entry->record->notes != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes), entry->record->notes, -1);
  return ADW_DIALOG (self);
}
