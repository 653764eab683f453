/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/edit-preview-dialog.h"

#include "base/units.h"
#include "model/change-row.h"

#include <glib/gi18n.h>

/**
 * PaddockEditPreviewDialog:
 *
 * Says what the pending changes do, key by key and to the file, and then makes them.
 */
struct _PaddockEditPreviewDialog
{
  AdwDialog parent_instance;

  /* Owned */
  PaddockMetadataEdits *edits;
  GCancellable *cancellable;         /* while it is being saved */
  GPtrArray *rows;                   /* borrowed from the group */

  /* Template */
  GtkStack *stack;
  AdwBanner *banner;
  AdwPreferencesGroup *changes_group;
  AdwActionRow *method_row;
  GtkWidget *apply_button;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;
  GtkWidget *stop_button;
};

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockEditPreviewDialog, paddock_edit_preview_dialog, ADW_TYPE_DIALOG)

static void
show_error (PaddockEditPreviewDialog *self, const GError *error)
{
  g_autofree char *message = error != NULL ? paddock_units_escape (error->message, -1, 400) : NULL;

  adw_banner_set_title (self->banner, message != NULL ? message : "");
  adw_banner_set_revealed (self->banner, message != NULL);
}

static void
show_plan (PaddockEditPreviewDialog *self)
{
  PaddockGgufEditPlan plan = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean possible = paddock_gguf_editor_plan (paddock_metadata_edits_get_editor (self->edits), &plan, &error);
  g_autofree char *bytes = paddock_units_format_size (plan.bytes_to_copy);
  g_autofree char *header = paddock_units_format_size (plan.header_after);
  g_autofree char *subtitle = NULL;
  const char *title = _("Nothing Changes");

  show_error (self, error);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.apply",
                                 possible && plan.method != PADDOCK_GGUF_EDIT_NOTHING);
  if (possible && plan.method == PADDOCK_GGUF_EDIT_IN_PLACE)
    {
      title = _("The File Is Changed in Place");
      /* Translators: %s is a size. */
      subtitle = g_strdup_printf (_("Only the header of %s is written. The tensors are not touched."), header);
    }
  else if (possible && plan.method == PADDOCK_GGUF_EDIT_NEW_FILE)
    {
      title = _("A New File Replaces the Old One");
      /* Translators: %s is a size. */
      subtitle = g_strdup_printf (_("The new header does not fit before the tensors. They are cloned where the file "
                                    "system can do that, else %s are copied. The old file stays until the new one is "
                                    "complete."), bytes);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->method_row), possible);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->method_row), title);
  adw_action_row_set_subtitle (self->method_row, subtitle != NULL ? subtitle : "");
}

static void
on_undo (PaddockEditPreviewDialog *self, const char *key)
{
  g_autofree char *kept = g_strdup (key);

  paddock_metadata_edits_revert (self->edits, kept);
}

static void
show_changes (PaddockEditPreviewDialog *self)
{
  PaddockGgufEditor *editor = paddock_metadata_edits_get_editor (self->edits);
  guint count = paddock_metadata_edits_get_count (self->edits);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->changes_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < count; i++)
    {
      GtkWidget *row = paddock_change_row_new (paddock_gguf_editor_get_change (editor, i));

      g_signal_connect_object (row, "undo", G_CALLBACK (on_undo), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->changes_group, row);
      g_ptr_array_add (self->rows, row);
    }
  show_plan (self);
}

/* Rows are made anew when their own button asked for it, so that happens after the button is done. */
static void
show_changes_later (gpointer data)
{
  g_autoptr (PaddockEditPreviewDialog) self = g_steal_pointer (&data);

  if (self->edits == NULL)
    return;
  if (paddock_metadata_edits_get_count (self->edits) == 0 && self->cancellable == NULL)
    adw_dialog_close (ADW_DIALOG (self));
  else
    show_changes (self);
}

static void
on_edits_changed (PaddockEditPreviewDialog *self)
{
  g_idle_add_once (show_changes_later, g_object_ref (self));
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  PaddockEditPreviewDialog *self = user_data;
  g_autofree char *done_text = paddock_units_format_size (done);
  g_autofree char *total_text = paddock_units_format_size (total);
  g_autofree char *text = NULL;

  if (total == 0)
    {
      gtk_progress_bar_pulse (self->progress_bar);
      return;
    }
  /* Translators: a part of a whole, both sizes. */
  text = g_strdup_printf (_("%s of %s"), done_text, total_text);
  gtk_progress_bar_set_fraction (self->progress_bar, CLAMP ((double) done / (double) total, 0, 1));
  gtk_label_set_label (self->progress_label, text);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockEditPreviewDialog) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  gboolean saved = paddock_gguf_editor_apply_finish (result, &error);

  g_clear_object (&self->cancellable);
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  if (saved)
    {
      g_signal_emit (self, signals[SAVED], 0);
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "preview");
  gtk_widget_set_visible (self->apply_button, TRUE);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_error (self, error);
}

static void
apply (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockEditPreviewDialog *self = PADDOCK_EDIT_PREVIEW_DIALOG (widget);

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  show_error (self, NULL);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_label_set_label (self->progress_label, "");
  gtk_widget_set_sensitive (self->stop_button, TRUE);
  gtk_widget_set_visible (self->apply_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "saving");
  paddock_gguf_editor_apply_async (paddock_metadata_edits_get_editor (self->edits), NULL, on_progress, self,
                                   self->cancellable, on_applied, g_object_ref (self));
}

/* Closing stops the saving first; the original file is then as it was. */
static void
stop (PaddockEditPreviewDialog *self)
{
  if (self->cancellable == NULL)
    return;
  gtk_widget_set_sensitive (self->stop_button, FALSE);
  g_cancellable_cancel (self->cancellable);
}

static void
paddock_edit_preview_dialog_dispose (GObject *object)
{
  PaddockEditPreviewDialog *self = PADDOCK_EDIT_PREVIEW_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_EDIT_PREVIEW_DIALOG);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->edits);
  G_OBJECT_CLASS (paddock_edit_preview_dialog_parent_class)->dispose (object);
}

static void
paddock_edit_preview_dialog_class_init (PaddockEditPreviewDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_edit_preview_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/edit-preview-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockEditPreviewDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockEditPreviewDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, PaddockEditPreviewDialog, changes_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockEditPreviewDialog, method_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockEditPreviewDialog, apply_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockEditPreviewDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, PaddockEditPreviewDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockEditPreviewDialog, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, stop);
  gtk_widget_class_install_action (widget_class, "preview.apply", NULL, apply);

  /**
   * PaddockEditPreviewDialog::saved:
   *
   * The changes were written.
   */
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
paddock_edit_preview_dialog_init (PaddockEditPreviewDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_edit_preview_dialog_new:
 * @edits: the pending changes
 *
 * Returns: (transfer full): the dialog
 */
AdwDialog *
paddock_edit_preview_dialog_new (PaddockMetadataEdits *edits)
{
  PaddockEditPreviewDialog *self = g_object_new (PADDOCK_TYPE_EDIT_PREVIEW_DIALOG, NULL);

  self->edits = g_object_ref (edits);
  g_signal_connect_object (edits, "changed", G_CALLBACK (on_edits_changed), self, G_CONNECT_SWAPPED);
  show_changes (self);
  return ADW_DIALOG (self);
}
