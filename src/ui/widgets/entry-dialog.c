/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/entry-dialog.h"

#include <glib/gi18n.h>

#define DONE_RESPONSE "done"

typedef struct
{
  AdwEntryRow *row;                  /* borrowed from the dialog */
  PaddockEntryCheck check;
  gpointer user_data;
  GDestroyNotify destroy;
} Entry;

struct _PaddockEntryDialog
{
  AdwAlertDialog parent_instance;

  /* Owned */
  GArray *entries;                   /* of Entry */

  /* Template */
  AdwPreferencesGroup *group;
  GtkLabel *reason_label;
};

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockEntryDialog, paddock_entry_dialog, ADW_TYPE_ALERT_DIALOG)

static char *
check_entry (PaddockEntryDialog *self, guint n)
{
  const Entry *entry = &g_array_index (self->entries, Entry, n);
  g_autofree char *text = paddock_entry_dialog_dup_text (self, n);

  return entry->check (text, entry->user_data);
}

/* Nobody needs to be told that nothing was typed yet. */
static void
update (PaddockEntryDialog *self)
{
  g_autofree char *shown = NULL;
  gboolean right = TRUE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      GtkWidget *row = GTK_WIDGET (g_array_index (self->entries, Entry, i).row);
      gboolean empty = *gtk_editable_get_text (GTK_EDITABLE (row)) == '\0';
      g_autofree char *reason = check_entry (self, i);

      right = right && reason == NULL;
      if (reason != NULL && !empty)
        gtk_widget_add_css_class (row, "error");
      else
        gtk_widget_remove_css_class (row, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                                   reason != NULL && !empty ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
      if (reason != NULL && !empty && shown == NULL)
        shown = g_steal_pointer (&reason);
    }
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), DONE_RESPONSE, right);
  if (shown != NULL && g_strcmp0 (gtk_label_get_label (self->reason_label), shown) != 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), shown, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_label_set_label (self->reason_label, shown != NULL ? shown : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), shown != NULL);
}

static void
paddock_entry_dialog_response (AdwAlertDialog *dialog, const char *response)
{
  if (g_str_equal (response, DONE_RESPONSE))
    g_signal_emit (dialog, signals[DONE], 0);
}

static void
paddock_entry_dialog_dispose (GObject *object)
{
  PaddockEntryDialog *self = PADDOCK_ENTRY_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_ENTRY_DIALOG);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (entry->destroy != NULL)
        entry->destroy (entry->user_data);
    }
  g_array_set_size (self->entries, 0);
  G_OBJECT_CLASS (paddock_entry_dialog_parent_class)->dispose (object);
}

static void
paddock_entry_dialog_finalize (GObject *object)
{
  g_array_unref (PADDOCK_ENTRY_DIALOG (object)->entries);
  G_OBJECT_CLASS (paddock_entry_dialog_parent_class)->finalize (object);
}

static void
paddock_entry_dialog_class_init (PaddockEntryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_entry_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_entry_dialog_finalize;
  ADW_ALERT_DIALOG_CLASS (klass)->response = paddock_entry_dialog_response;

  /**
   * PaddockEntryDialog::done:
   *
   * All texts are right, and the person wants them.
   */
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/entry-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockEntryDialog, group);
  gtk_widget_class_bind_template_child (widget_class, PaddockEntryDialog, reason_label);
}

static void
paddock_entry_dialog_init (PaddockEntryDialog *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_entry_dialog_new:
 * @heading: what it is about
 * @body: (nullable): what there is to know
 * @button: what happens, with a mnemonic
 *
 * Returns: (transfer full): a dialog that asks nothing yet
 */
PaddockEntryDialog *
paddock_entry_dialog_new (const char *heading, const char *body, const char *button)
{
  PaddockEntryDialog *self = g_object_new (PADDOCK_TYPE_ENTRY_DIALOG, "heading", heading, "body", body != NULL ? body : "", NULL);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (self), "cancel", _("_Cancel"), DONE_RESPONSE, button, NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (self), DONE_RESPONSE, ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (self), DONE_RESPONSE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (self), "cancel");
  return self;
}

/**
 * paddock_entry_dialog_add:
 * @self: the dialog
 * @title: what is asked for
 * @text: what stands there at first
 * @check: whether a text is right
 * @user_data: for @check
 * @destroy: (nullable): for @user_data
 */
void
paddock_entry_dialog_add (PaddockEntryDialog *self, const char *title, const char *text, PaddockEntryCheck check,
                          gpointer user_data, GDestroyNotify destroy)
{
  GtkWidget *row = adw_entry_row_new ();
  Entry entry = { ADW_ENTRY_ROW (row), check, user_data, destroy };

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_entry_row_set_input_hints (ADW_ENTRY_ROW (row), GTK_INPUT_HINT_NO_SPELLCHECK);
  adw_preferences_group_add (self->group, row);
  g_array_append_val (self->entries, entry);
  if (self->entries->len == 1)
    adw_dialog_set_focus (ADW_DIALOG (self), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * paddock_entry_dialog_dup_text:
 * @self: the dialog
 * @n: which text
 *
 * Returns: (transfer full): what was written, without the blanks around it
 */
char *
paddock_entry_dialog_dup_text (PaddockEntryDialog *self, guint n)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (g_array_index (self->entries, Entry, n).row))));
}
