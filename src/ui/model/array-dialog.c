/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/array-dialog.h"

#include "base/units.h"
#include "model/array-element.h"
#include "model/array-list.h"

#include <glib/gi18n.h>

/**
 * PaddockArrayDialog:
 *
 * The elements of a long array, such as a vocabulary: to look at, to search, and to remove as a whole.
 */
struct _PaddockArrayDialog
{
  AdwDialog parent_instance;

  /* Owned */
  PaddockMetadataEdits *edits;
  PaddockMetadataRow *row;
  PaddockArrayList *list;

  /* Template */
  AdwWindowTitle *window_title;
  GtkStack *stack;
  GtkSearchEntry *search_entry;
  GtkSingleSelection *selection;
  GtkLabel *count_label;
  AdwBanner *banner;
};

G_DEFINE_FINAL_TYPE (PaddockArrayDialog, paddock_array_dialog, ADW_TYPE_DIALOG)

static void
on_search_changed (PaddockArrayDialog *self)
{
  paddock_array_list_set_search (self->list, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

/* The entry keeps Escape for itself, where people mean the dialog. */
static void
on_stop_search (PaddockArrayDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
on_items_changed (PaddockArrayDialog *self)
{
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint64 total = paddock_array_list_get_total (self->list);
  g_autofree char *shown_count = paddock_units_format_count (shown);
  g_autofree char *total_count = paddock_units_format_count (total);
  g_autofree char *text = NULL;

  if (shown == total)
    text = g_strdup_printf (ngettext ("%s element", "%s elements", (gulong) total), total_count);
  else
    /* Translators: how many elements of how many are shown. */
    text = g_strdup_printf (ngettext ("%s of %s element", "%s of %s elements", (gulong) total), shown_count, total_count);
  gtk_label_set_label (self->count_label, text);
  gtk_stack_set_visible_child_name (self->stack, shown > 0 ? "list" : total > 0 ? "nothing-found" : "empty");
}

static void
copy_element (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockArrayDialog *self = PADDOCK_ARRAY_DIALOG (widget);
  gpointer element = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *text = NULL;

  if (element == NULL)
    return;
  g_object_get (element, "text", &text, NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
on_selected (PaddockArrayDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "array.copy",
                                 gtk_single_selection_get_selected_item (self->selection) != NULL);
}

static void
remove_key (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockArrayDialog *self = PADDOCK_ARRAY_DIALOG (widget);
  g_autoptr (GError) error = NULL;

  if (paddock_metadata_edits_remove (self->edits, paddock_metadata_row_get_key (self->row), &error))
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  adw_banner_set_title (self->banner, error->message);
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
paddock_array_dialog_dispose (GObject *object)
{
  PaddockArrayDialog *self = PADDOCK_ARRAY_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_ARRAY_DIALOG);
  g_clear_object (&self->list);
  g_clear_object (&self->row);
  g_clear_object (&self->edits);
  G_OBJECT_CLASS (paddock_array_dialog_parent_class)->dispose (object);
}

static void
paddock_array_dialog_class_init (PaddockArrayDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_array_dialog_dispose;
  g_type_ensure (PADDOCK_TYPE_ARRAY_ELEMENT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/array-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockArrayDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, PaddockArrayDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockArrayDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PaddockArrayDialog, selection);
  gtk_widget_class_bind_template_child (widget_class, PaddockArrayDialog, count_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockArrayDialog, banner);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_install_action (widget_class, "array.copy", NULL, copy_element);
  gtk_widget_class_install_action (widget_class, "array.remove", NULL, remove_key);
}

static void
paddock_array_dialog_init (PaddockArrayDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_array_dialog_new:
 * @edits: the file and its pending changes
 * @row: an array of the file
 *
 * Returns: (transfer full): the dialog
 */
AdwDialog *
paddock_array_dialog_new (PaddockMetadataEdits *edits, PaddockMetadataRow *row)
{
  PaddockArrayDialog *self = g_object_new (PADDOCK_TYPE_ARRAY_DIALOG, NULL);
  const PaddockGgufEntry *entry = paddock_metadata_row_get_entry (row);
  g_autofree char *key = paddock_units_escape (paddock_metadata_row_get_key (row), -1, 200);
  g_autofree char *type = NULL;

  self->edits = g_object_ref (edits);
  self->row = g_object_ref (row);
  self->list = paddock_array_list_new (paddock_metadata_edits_get_file (edits), entry);
  g_object_get (row, "type", &type, NULL);
  adw_window_title_set_title (self->window_title, key);
  adw_window_title_set_subtitle (self->window_title, type);
  adw_dialog_set_title (ADW_DIALOG (self), key);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  on_items_changed (self);
  on_selected (self);
  return ADW_DIALOG (self);
}
