/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/metadata-view.h"

#include "base/units.h"
#include "model/array-dialog.h"
#include "model/edit-preview-dialog.h"
#include "model/metadata-editor-dialog.h"
#include "model/metadata-list.h"
#include "model/metadata-row.h"

#include <glib/gi18n.h>

#define EDITABLE_ELEMENTS 256        /* of an array: longer ones are for looking at */

/**
 * PaddockMetadataView:
 *
 * Every key of a file, to search and to edit. Changes are collected and made together after a preview.
 */
struct _PaddockMetadataView
{
  AdwBin parent_instance;

  /* Owned */
  PaddockMetadataList *list;
  PaddockMetadataEdits *edits;       /* NULL before there is a file */

  /* Template */
  GtkStack *stack;
  GtkSearchEntry *search_entry;
  GtkLabel *count_label;
  GtkListView *list_view;
  GtkNoSelection *selection;
  GtkRevealer *changes_revealer;
  GtkLabel *changes_label;
};

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockMetadataView, paddock_metadata_view, ADW_TYPE_BIN)

static void
on_search_changed (PaddockMetadataView *self)
{
  paddock_metadata_list_set_search (self->list, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

static void
show_count (PaddockMetadataView *self)
{
  guint shown = paddock_metadata_list_get_found (self->list);
  guint total = paddock_metadata_list_get_total (self->list);
  gboolean searching = *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0';
  g_autofree char *shown_count = paddock_units_format_count (shown);
  g_autofree char *total_count = paddock_units_format_count (total);
  g_autofree char *text = NULL;

  if (searching)
    /* Translators: how many keys of how many are shown. */
    text = g_strdup_printf (ngettext ("%s of %s key", "%s of %s keys", total), shown_count, total_count);
  else
    text = g_strdup_printf (ngettext ("%s key", "%s keys", total), total_count);
  gtk_label_set_label (self->count_label, text);
  if (shown > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (total == 0)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else if (searching)
    gtk_stack_set_visible_child_name (self->stack, "nothing-found");
}

static void
on_edits_changed (PaddockMetadataView *self)
{
  guint count = paddock_metadata_view_get_n_changes (self);
  g_autofree char *text = g_strdup_printf (ngettext ("%u change not saved", "%u changes not saved", count), count);

  if (count > 0)
    gtk_label_set_label (self->changes_label, text);
  gtk_revealer_set_reveal_child (self->changes_revealer, count > 0);
}

/* A long array is for looking at, element by element; everything else can be edited where it is shown. */
static gboolean
is_long_array (PaddockMetadataRow *row)
{
  const PaddockGgufEntry *entry = paddock_metadata_row_get_entry (row);

  return entry != NULL && !paddock_metadata_row_get_changed (row) && entry->type == PADDOCK_GGUF_ARRAY &&
         (entry->length > EDITABLE_ELEMENTS || entry->element_type == PADDOCK_GGUF_ARRAY);
}

static void
open_row (PaddockMetadataView *self, PaddockMetadataRow *row)
{
  AdwDialog *dialog = is_long_array (row) ? paddock_array_dialog_new (self->edits, row)
                                          : paddock_metadata_editor_dialog_new (self->edits, row);

  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_activated (PaddockMetadataView *self, guint position)
{
  g_autoptr (PaddockMetadataRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (row != NULL)
    open_row (self, row);
}

static void
add_key (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMetadataView *self = PADDOCK_METADATA_VIEW (widget);

  if (self->edits != NULL)
    adw_dialog_present (paddock_metadata_editor_dialog_new (self->edits, NULL), widget);
}

static void
undo_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMetadataView *self = PADDOCK_METADATA_VIEW (widget);

  if (self->edits != NULL)
    paddock_metadata_edits_revert (self->edits, NULL);
}

static void
on_saved (PaddockMetadataView *self)
{
  g_signal_emit (self, signals[SAVED], 0);
}

static void
review (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMetadataView *self = PADDOCK_METADATA_VIEW (widget);
  AdwDialog *dialog;

  if (paddock_metadata_view_get_n_changes (self) == 0)
    return;
  dialog = paddock_edit_preview_dialog_new (self->edits);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static gboolean
has_text (GtkListItem *item, const char *text)
{
  return text != NULL && *text != '\0';
}

static void
paddock_metadata_view_dispose (GObject *object)
{
  PaddockMetadataView *self = PADDOCK_METADATA_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_METADATA_VIEW);
  g_clear_object (&self->list);
  g_clear_object (&self->edits);
  G_OBJECT_CLASS (paddock_metadata_view_parent_class)->dispose (object);
}

static void
paddock_metadata_view_class_init (PaddockMetadataViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_metadata_view_dispose;
  g_type_ensure (PADDOCK_TYPE_METADATA_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/metadata-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataView, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataView, count_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataView, list_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataView, selection);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataView, changes_revealer);
  gtk_widget_class_bind_template_child (widget_class, PaddockMetadataView, changes_label);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_install_action (widget_class, "metadata.add", NULL, add_key);
  gtk_widget_class_install_action (widget_class, "metadata.undo-all", NULL, undo_all);
  gtk_widget_class_install_action (widget_class, "metadata.review", NULL, review);

  /**
   * PaddockMetadataView::saved:
   *
   * The changes were written to the file, which should be read again.
   */
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
paddock_metadata_view_init (PaddockMetadataView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = paddock_metadata_list_new ();
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "found", G_CALLBACK (show_count), self, G_CONNECT_SWAPPED);
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self->list_view));
}

/**
 * paddock_metadata_view_set_file:
 * @self: the view
 * @file: the file that holds the metadata; pending changes to another one are dropped
 */
void
paddock_metadata_view_set_file (PaddockMetadataView *self, PaddockGgufFile *file)
{
  g_autoptr (PaddockMetadataEdits) edits = NULL;

  if (self->edits != NULL && paddock_metadata_edits_get_file (self->edits) == file)
    return;
  edits = paddock_metadata_edits_new (file);
  g_signal_connect_object (edits, "changed", G_CALLBACK (on_edits_changed), self, G_CONNECT_SWAPPED);
  g_set_object (&self->edits, edits);
  paddock_metadata_list_set_edits (self->list, edits);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "metadata.add", paddock_gguf_file_get_failure (file) == NULL);
  show_count (self);
  on_edits_changed (self);
}

guint
paddock_metadata_view_get_n_changes (PaddockMetadataView *self)
{
  return self->edits != NULL ? paddock_metadata_edits_get_count (self->edits) : 0;
}

/**
 * paddock_metadata_view_open_key:
 * @self: the view
 * @key: a key of the file
 *
 * Opens the dialog that shows the value of @key, as if its row had been activated.
 */
void
paddock_metadata_view_open_key (PaddockMetadataView *self, const char *key)
{
  const PaddockGgufMetadata *metadata;
  const PaddockGgufEntry *entry;

  if (self->edits == NULL)
    return;
  metadata = paddock_gguf_file_get_metadata (paddock_metadata_edits_get_file (self->edits));
  entry = paddock_gguf_metadata_find (metadata, key);
  for (guint i = 0; entry != NULL && i < paddock_gguf_metadata_get_count (metadata); i++)
    if (paddock_gguf_metadata_get_entry (metadata, i) == entry)
      {
        g_autoptr (PaddockMetadataRow) row = paddock_metadata_row_new (self->edits, i);

        open_row (self, row);
        return;
      }
}

void
paddock_metadata_view_start_search (PaddockMetadataView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
