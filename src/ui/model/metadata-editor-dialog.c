/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/metadata-editor-dialog.h"

#include "base/units.h"
#include "model/value-kind.h"

#include <glib/gi18n.h>
#include <string.h>

/* A text view lays its text out in the main loop: what is longer is shown from its beginning, and not edited here. */
#define EDITABLE_BYTES (64 * 1024)
#define SHOWN_CHARS 8192

/**
 * PaddockMetadataEditorDialog:
 *
 * Shows one key's value whole, and changes, adds or removes it. Nothing is written: the change is kept with the others
 * that are pending.
 */
struct _PaddockMetadataEditorDialog
{
  AdwDialog parent_instance;

  /* Owned */
  PaddockMetadataEdits *edits;
  PaddockMetadataRow *row;           /* NULL: a new key */
  PaddockGgufValue *value;           /* as it is now; NULL: a new key */

  /* Template */
  AdwWindowTitle *window_title;
  AdwPreferencesGroup *new_group;
  AdwEntryRow *key_row;
  AdwComboRow *kind_row;
  AdwPreferencesGroup *value_group;
  AdwSwitchRow *switch_row;
  AdwEntryRow *entry_row;
  GtkWidget *text_frame;
  GtkTextView *text_view;
  GtkLabel *note_label;
  GtkLabel *error_label;
  AdwPreferencesGroup *buttons_group;
  GtkWidget *undo_row;
  GtkWidget *remove_row;
  GtkWidget *save_button;

  gboolean read_only;
};

G_DEFINE_FINAL_TYPE (PaddockMetadataEditorDialog, paddock_metadata_editor_dialog, ADW_TYPE_DIALOG)

static void
show_error (PaddockMetadataEditorDialog *self, const char *message)
{
  gtk_label_set_label (self->error_label, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), message != NULL);
  if (message != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static const PaddockValueKind *
get_kind (PaddockMetadataEditorDialog *self)
{
  return paddock_value_kind_get (adw_combo_row_get_selected (self->kind_row));
}

static gboolean
is_text (PaddockMetadataEditorDialog *self)
{
  PaddockGgufType type;

  if (self->value == NULL)
    return get_kind (self)->prefix == NULL || *get_kind (self)->prefix == '[';
  type = paddock_gguf_value_get_type_id (self->value);
  return type == PADDOCK_GGUF_STRING || type == PADDOCK_GGUF_ARRAY;
}

static gboolean
is_bool (PaddockMetadataEditorDialog *self)
{
  if (self->value == NULL)
    return g_strcmp0 (get_kind (self)->prefix, "bool") == 0;
  return paddock_gguf_value_get_type_id (self->value) == PADDOCK_GGUF_BOOL;
}

static char *
dup_typed (PaddockMetadataEditorDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start;
  GtkTextIter end;

  if (is_bool (self))
    return g_strdup (adw_switch_row_get_active (self->switch_row) ? "true" : "false");
  if (!is_text (self))
    return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry_row))));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static PaddockGgufValue *
parse_typed (PaddockMetadataEditorDialog *self, GError **error)
{
  g_autofree char *text = dup_typed (self);

  if (self->value == NULL)
    return paddock_value_kind_parse (get_kind (self), text, error);
  /* What a text contains is never taken for a type. */
  if (paddock_gguf_value_get_type_id (self->value) == PADDOCK_GGUF_STRING)
    return paddock_gguf_value_new_string (text, -1);
  return paddock_gguf_value_parse (text, self->value, error);
}

static void
update (PaddockMetadataEditorDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufValue) value = self->read_only ? NULL : parse_typed (self, &error);
  gboolean complete = self->row != NULL || *gtk_editable_get_text (GTK_EDITABLE (self->key_row)) != '\0';
  gboolean changed = value != NULL && (self->value == NULL || !paddock_gguf_value_equal (value, self->value));
  g_autofree char *typed = error != NULL ? dup_typed (self) : NULL;

  if (self->read_only)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", FALSE);
      return;
    }
  /* Nobody needs to be told that nothing was typed yet. */
  show_error (self, error != NULL && *typed != '\0' ? error->message : NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", complete && changed);
}

static void
show_inputs (PaddockMetadataEditorDialog *self)
{
  gboolean text = is_text (self);
  gboolean boolean = is_bool (self);

  gtk_widget_set_visible (GTK_WIDGET (self->value_group), !text);
  gtk_widget_set_visible (GTK_WIDGET (self->switch_row), boolean);
  gtk_widget_set_visible (GTK_WIDGET (self->entry_row), !text && !boolean);
  gtk_widget_set_visible (self->text_frame, text);
  if (self->value == NULL)
    {
      g_autofree char *example = g_strdup_printf (_("For example: %s"), get_kind (self)->example);

      gtk_label_set_label (self->note_label, example);
      gtk_widget_set_visible (GTK_WIDGET (self->note_label), !boolean);
    }
}

static void
on_kind_changed (PaddockMetadataEditorDialog *self)
{
  if (self->row != NULL || self->edits == NULL)
    return;
  show_inputs (self);
  update (self);
}

/* A hyphen at the end of a line would look like a part of the value. */
static void
forbid_hyphens (GtkTextBuffer *buffer)
{
  GtkTextTagTable *tags = gtk_text_buffer_get_tag_table (buffer);
  GtkTextTag *tag = gtk_text_tag_table_lookup (tags, "plain");
  GtkTextIter start;
  GtkTextIter end;

  if (tag == NULL)
    tag = gtk_text_buffer_create_tag (buffer, "plain", "insert-hyphens", FALSE, NULL);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
}

static void
on_changed (PaddockMetadataEditorDialog *self)
{
  if (self->edits == NULL)
    return;
  forbid_hyphens (gtk_text_view_get_buffer (self->text_view));
  update (self);
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMetadataEditorDialog *self = PADDOCK_METADATA_EDITOR_DIALOG (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufValue) value = NULL;
  const char *key;

  value = parse_typed (self, &error);
  key = self->row != NULL ? paddock_metadata_row_get_key (self->row)
                          : gtk_editable_get_text (GTK_EDITABLE (self->key_row));
  if (value != NULL && paddock_metadata_edits_set (self->edits, key, value, &error))
    adw_dialog_close (ADW_DIALOG (self));
  else
    show_error (self, error->message);
}

static void
remove_key (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMetadataEditorDialog *self = PADDOCK_METADATA_EDITOR_DIALOG (widget);
  g_autoptr (GError) error = NULL;

  if (self->row == NULL)
    return;
  if (paddock_metadata_edits_remove (self->edits, paddock_metadata_row_get_key (self->row), &error))
    adw_dialog_close (ADW_DIALOG (self));
  else
    show_error (self, error->message);
}

static void
undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMetadataEditorDialog *self = PADDOCK_METADATA_EDITOR_DIALOG (widget);

  if (self->row == NULL)
    return;
  paddock_metadata_edits_revert (self->edits, paddock_metadata_row_get_key (self->row));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMetadataEditorDialog *self = PADDOCK_METADATA_EDITOR_DIALOG (widget);
  g_autofree char *text = self->row != NULL ? paddock_metadata_row_dup_text (self->row) : NULL;

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
paddock_metadata_editor_dialog_dispose (GObject *object)
{
  PaddockMetadataEditorDialog *self = PADDOCK_METADATA_EDITOR_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_METADATA_EDITOR_DIALOG);
  g_clear_pointer (&self->value, paddock_gguf_value_unref);
  g_clear_object (&self->row);
  g_clear_object (&self->edits);
  G_OBJECT_CLASS (paddock_metadata_editor_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, new_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, key_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, kind_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, value_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, switch_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, entry_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, text_frame);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, text_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, note_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, buttons_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, undo_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, remove_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataEditorDialog, save_button);
}

static void
paddock_metadata_editor_dialog_class_init (PaddockMetadataEditorDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_metadata_editor_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/paddockapp/Paddock/ui/metadata-editor-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_changed);
  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "editor.remove", NULL, remove_key);
  gtk_widget_class_install_action (widget_class, "editor.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "editor.copy", NULL, copy);
}

static void
paddock_metadata_editor_dialog_init (PaddockMetadataEditorDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; paddock_value_kind_get (i) != NULL; i++)
    gtk_string_list_append (names, _(paddock_value_kind_get (i)->name));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (names));
}

/* A text is edited as it is; of one that is too long or not valid, only the beginning is shown. */
static void
fill_string (PaddockMetadataEditorDialog *self, GtkTextBuffer *buffer)
{
  gsize size = 0;
  const char *bytes = g_bytes_get_data (paddock_gguf_value_get_bytes (self->value), &size);
  const char *text = size > 8 ? bytes + 8 : "";
  gsize length = size > 8 ? size - 8 : 0;
  g_autofree char *shown = NULL;

  self->read_only = length > EDITABLE_BYTES || !g_utf8_validate_len (text, length, NULL);
  if (!self->read_only)
    {
      gtk_text_buffer_set_text (buffer, text, (int) length);
      return;
    }
  shown = paddock_units_escape (text, (gssize) MIN (length, SHOWN_CHARS), SHOWN_CHARS);
  gtk_text_buffer_set_text (buffer, shown, -1);
  gtk_label_set_label (self->note_label, length > EDITABLE_BYTES
                                           ? _("This text is too long to be edited here: only its beginning is shown.")
                                           : _("This text is not valid UTF-8 and is shown escaped."));
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), TRUE);
}

static void
fill_value (PaddockMetadataEditorDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  g_autofree char *line = NULL;

  if (self->value == NULL)
    {
      self->read_only = TRUE;
      show_error (self, _("The value cannot be read any more: the file has changed."));
      return;
    }
  if (paddock_gguf_value_get_type_id (self->value) == PADDOCK_GGUF_STRING)
    {
      fill_string (self, buffer);
      return;
    }
  line = paddock_gguf_value_format (self->value, EDITABLE_BYTES);
  if (paddock_gguf_value_get_type_id (self->value) == PADDOCK_GGUF_ARRAY)
    {
      g_autoptr (PaddockGgufValue) again = paddock_gguf_value_parse (line, self->value, NULL);

      /* What was cut to be shown would come back shorter. */
      self->read_only = again == NULL || !paddock_gguf_value_equal (again, self->value);
      gtk_text_buffer_set_text (buffer, line, -1);
    }
  else if (paddock_gguf_value_get_type_id (self->value) == PADDOCK_GGUF_BOOL)
    adw_switch_row_set_active (self->switch_row, g_strcmp0 (line, "true") == 0);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->entry_row), line);
}

static void
fill (PaddockMetadataEditorDialog *self)
{
  g_autofree char *key = paddock_units_escape (paddock_metadata_row_get_key (self->row), -1, 200);
  g_autofree char *type = NULL;
  gboolean whole = paddock_gguf_file_get_failure (paddock_metadata_edits_get_file (self->edits)) == NULL;

  g_object_get (self->row, "type", &type, NULL);
  adw_window_title_set_title (self->window_title, key);
  adw_window_title_set_subtitle (self->window_title, type);
  adw_dialog_set_title (ADW_DIALOG (self), key);
  fill_value (self);
  /* A header that breaks off cannot be written again. */
  self->read_only = self->read_only || !whole;
  gtk_text_view_set_editable (self->text_view, !self->read_only);
  gtk_editable_set_editable (GTK_EDITABLE (self->entry_row), !self->read_only);
  gtk_widget_set_sensitive (GTK_WIDGET (self->switch_row), !self->read_only);
  gtk_widget_set_visible (self->save_button, !self->read_only);
  gtk_button_set_label (GTK_BUTTON (self->save_button), _("_Change"));
  gtk_widget_set_visible (self->remove_row, whole && !paddock_metadata_row_get_removed (self->row));
  gtk_widget_set_visible (self->undo_row, paddock_metadata_row_get_changed (self->row));
}

static void
choose_focus (PaddockMetadataEditorDialog *self)
{
  GtkWidget *focus = GTK_WIDGET (self->key_row);

  if (self->row != NULL && is_bool (self))
    focus = GTK_WIDGET (self->switch_row);
  else if (self->row != NULL)
    focus = is_text (self) ? GTK_WIDGET (self->text_view) : GTK_WIDGET (self->entry_row);
  adw_dialog_set_focus (ADW_DIALOG (self), focus);
}

/**
 * paddock_metadata_editor_dialog_new:
 * @edits: the file and its pending changes
 * @row: (nullable): the key, or %NULL to add one
 *
 * Returns: (transfer full): the dialog
 */
AdwDialog *
paddock_metadata_editor_dialog_new (PaddockMetadataEdits *edits, PaddockMetadataRow *row)
{
  PaddockMetadataEditorDialog *self = g_object_new (PADDOCK_TYPE_METADATA_EDITOR_DIALOG, NULL);

  self->edits = g_object_ref (edits);
  gtk_widget_set_visible (GTK_WIDGET (self->new_group), row == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons_group), row != NULL);
  if (row != NULL)
    {
      self->row = g_object_ref (row);
      self->value = paddock_metadata_row_dup_value (row);
      fill (self);
    }
  show_inputs (self);
  choose_focus (self);
  update (self);
  return ADW_DIALOG (self);
}
