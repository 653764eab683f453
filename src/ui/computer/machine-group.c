/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/machine-group.h"

#include <glib/gi18n.h>

#include "computer/computer-words.h"
#include "computer/machine-dialog.h"
#include "hardware/hardware-draft.h"
#include "widgets/entry-dialog.h"
#include "widgets/lasting-dialog.h"
#include "widgets/undo-toast.h"

/**
 * PaddockMachineGroup:
 *
 * This computer and those that the person has imagined: one of them is chosen, to judge models by.
 */
struct _PaddockMachineGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  PaddockMachineChoice *choice;
  GtkCheckButton *leader;            /* never shown: one check alone could be taken away */
  GPtrArray *rows;                   /* borrowed from the group, in the order of the choice's list */
  GPtrArray *checks;                 /* borrowed from the rows */

  gboolean updating;
};

/* A machine that was removed. */
typedef struct
{
  PaddockMachineChoice *choice;
  char *name;
  PaddockHardwareSnapshot *snapshot;
  gboolean chosen;
} Removed;

G_DEFINE_FINAL_TYPE (PaddockMachineGroup, paddock_machine_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_choice (PaddockMachineGroup *self)
{
  GListModel *list = paddock_machine_choice_get_list (self->choice);

  self->updating = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    {
      g_autoptr (PaddockMachine) machine = g_list_model_get_item (list, i);

      if (machine == paddock_machine_choice_get_chosen (self->choice))
        gtk_check_button_set_active (g_ptr_array_index (self->checks, i), TRUE);
    }
  self->updating = FALSE;
}

static void
on_toggled (PaddockMachineGroup *self, GtkCheckButton *check)
{
  g_autoptr (PaddockMachine) machine = NULL;
  guint position;

  if (self->updating || !gtk_check_button_get_active (check) || !g_ptr_array_find (self->checks, check, &position))
    return;
  machine = g_list_model_get_item (paddock_machine_choice_get_list (self->choice), position);
  paddock_machine_choice_set_chosen (self->choice, machine);
}

static gboolean
summarize (GBinding *binding, const GValue *snapshot, GValue *subtitle, gpointer nothing)
{
  g_value_take_string (subtitle, paddock_computer_words_dup_summary (g_value_get_boxed (snapshot)));
  return TRUE;
}

static void
add_button (AdwActionRow *row, const char *icon, const char *tooltip, const char *action, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (row, button);
}

static void
add_row (PaddockMachineGroup *self, PaddockMachine *machine)
{
  const char *name = paddock_machine_get_name (machine);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "subtitle-lines", 3, NULL);
  GtkWidget *check = gtk_check_button_new ();

  g_object_bind_property (machine, "title", row, "title", G_BINDING_SYNC_CREATE);
  g_object_bind_property_full (machine, "snapshot", row, "subtitle", G_BINDING_SYNC_CREATE, summarize, NULL, NULL, NULL);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->leader);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  if (name != NULL)
    {
      /* Translators: a button; what follows is the name of a computer. */
      g_autofree char *edit = g_strdup_printf (_("Change: %s"), name);
      /* Translators: a button; what follows is the name of a computer. */
      g_autofree char *drop = g_strdup_printf (_("Remove: %s"), name);

      add_button (ADW_ACTION_ROW (row), "document-edit-symbolic", edit, "machine.edit", name);
      add_button (ADW_ACTION_ROW (row), "user-trash-symbolic", drop, "machine.remove", name);
    }
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->checks, check);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
rebuild (PaddockMachineGroup *self)
{
  GListModel *list = paddock_machine_choice_get_list (self->choice);

  self->updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->checks, 0);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (PaddockMachine) machine = g_list_model_get_item (list, i);

      add_row (self, machine);
    }
  show_choice (self);
}

static char *
check_name (const char *text, gpointer user_data)
{
  PaddockMachineGroup *self = user_data;
  g_autoptr (GError) error = NULL;

  if (paddock_machine_store_check_name (paddock_machine_choice_get_store (self->choice), text, &error))
    return NULL;
  return g_strdup (error->message);
}

static void
edit (PaddockMachineGroup *self, PaddockMachine *machine)
{
  AdwDialog *dialog = paddock_machine_dialog_new (paddock_machine_choice_get_store (self->choice), machine);

  paddock_lasting_dialog_present (dialog, GTK_WIDGET (self));
}

static PaddockHardwareSnapshot *
dup_first (PaddockMachineGroup *self, gboolean empty)
{
  PaddockHardwareSnapshot *here = paddock_this_computer_get_snapshot (paddock_machine_choice_get_computer (self->choice));

  return empty || here == NULL ? paddock_hardware_draft_end (paddock_hardware_draft_new ())
                               : paddock_hardware_snapshot_ref (here);
}

static void
on_named (PaddockMachineGroup *self, PaddockEntryDialog *dialog)
{
  gboolean empty = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "empty"));
  PaddockMachineStore *store = paddock_machine_choice_get_store (self->choice);
  g_autofree char *text = paddock_entry_dialog_dup_text (dialog, 0);
  /* Another window may have taken it since it was checked. */
  g_autofree char *name = paddock_machine_store_dup_free_name (store, text);
  g_autoptr (PaddockHardwareSnapshot) snapshot = dup_first (self, empty);

  edit (self, paddock_machine_store_add (store, name, snapshot));
}

static void
add_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockEntryDialog *dialog =
    paddock_entry_dialog_new (_("Imagine a Computer"), _("Paddock can judge models by a computer that is not here."), _("_Add"));

  g_object_set_data (G_OBJECT (dialog), "empty", GINT_TO_POINTER (g_str_equal (g_variant_get_string (parameter, NULL), "empty")));
  paddock_entry_dialog_add (dialog, _("Name"), "", check_name, g_object_ref (widget), g_object_unref);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_named), widget, G_CONNECT_SWAPPED);
  paddock_lasting_dialog_present (ADW_DIALOG (dialog), widget);
}

static PaddockMachine *
find (GtkWidget *widget, GVariant *name)
{
  PaddockMachineStore *store = paddock_machine_choice_get_store (PADDOCK_MACHINE_GROUP (widget)->choice);

  return paddock_machine_store_find (store, g_variant_get_string (name, NULL));
}

static void
edit_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMachine *machine = find (widget, parameter);

  if (machine != NULL)
    edit (PADDOCK_MACHINE_GROUP (widget), machine);
}

static void
removed_free (gpointer data)
{
  Removed *removed = data;

  g_object_unref (removed->choice);
  g_free (removed->name);
  paddock_hardware_snapshot_unref (removed->snapshot);
  g_free (removed);
}

/* The person may have given another one the name meanwhile; that one keeps it. */
static void
put_back (Removed *removed)
{
  PaddockMachineStore *store = paddock_machine_choice_get_store (removed->choice);
  g_autofree char *name = paddock_machine_store_dup_free_name (store, removed->name);
  PaddockMachine *machine = paddock_machine_store_add (store, name, removed->snapshot);

  if (removed->chosen)
    paddock_machine_choice_set_chosen (removed->choice, machine);
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMachineGroup *self = PADDOCK_MACHINE_GROUP (widget);
  PaddockMachine *machine = find (widget, parameter);
  g_autofree char *text = NULL;
  Removed *removed;

  if (machine == NULL)
    return;
  removed = g_new0 (Removed, 1);
  removed->choice = g_object_ref (self->choice);
  removed->name = g_strdup (paddock_machine_get_name (machine));
  removed->snapshot = paddock_hardware_snapshot_ref (paddock_machine_get_snapshot (machine));
  removed->chosen = machine == paddock_machine_choice_get_chosen (self->choice);
  /* Translators: what was removed is the name of a computer. */
  text = g_strdup_printf (_("“%s” removed"), removed->name);
  paddock_machine_store_remove (paddock_machine_choice_get_store (self->choice), machine);
  paddock_undo_toast_show (widget, text, G_CALLBACK (put_back), removed, removed_free);
}

static void
on_failed (PaddockMachineGroup *self, const char *problem)
{
  paddock_undo_toast_say (GTK_WIDGET (self), problem);
}

static void
paddock_machine_group_dispose (GObject *object)
{
  PaddockMachineGroup *self = PADDOCK_MACHINE_GROUP (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  if (self->choice != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->choice, self);
      g_signal_handlers_disconnect_by_data (paddock_machine_choice_get_list (self->choice), self);
    }
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_MACHINE_GROUP);
  g_clear_object (&self->leader);
  g_clear_object (&self->choice);
  G_OBJECT_CLASS (paddock_machine_group_parent_class)->dispose (object);
}

static void
paddock_machine_group_class_init (PaddockMachineGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_machine_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/machine-group.ui");
  gtk_widget_class_install_action (widget_class, "machine.add", "s", add_action);
  gtk_widget_class_install_action (widget_class, "machine.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "machine.remove", "s", remove_action);
}

static void
paddock_machine_group_init (PaddockMachineGroup *self)
{
  self->leader = g_object_ref_sink (GTK_CHECK_BUTTON (gtk_check_button_new ()));
  self->rows = g_ptr_array_new ();
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_machine_group_new:
 * @choice: the machines, and which of them is chosen
 *
 * Returns: (transfer full): the group
 */
AdwPreferencesGroup *
paddock_machine_group_new (PaddockMachineChoice *choice)
{
  PaddockMachineGroup *self = g_object_new (PADDOCK_TYPE_MACHINE_GROUP, NULL);

  self->choice = g_object_ref (choice);
  g_signal_connect_object (paddock_machine_choice_get_list (choice), "items-changed", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (choice, "notify::chosen", G_CALLBACK (show_choice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (paddock_machine_choice_get_store (choice), "failed", G_CALLBACK (on_failed), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  return ADW_PREFERENCES_GROUP (self);
}
