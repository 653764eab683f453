/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/machine-dialog.h"

#include <glib/gi18n.h>

#include "computer/computer-view.h"
#include "computer/number-dialog.h"
#include "computer/number-text.h"
#include "hardware/hardware-machines.h"
#include "widgets/entry-dialog.h"
#include "widgets/lasting-dialog.h"

/**
 * PaddockMachineDialog:
 *
 * What an imagined computer has. Every change is kept at once.
 */
struct _PaddockMachineDialog
{
  AdwDialog parent_instance;

  /* Owned */
  PaddockMachineStore *store;
  PaddockMachine *machine;

  /* Template */
  PaddockComputerView *view;
};

G_DEFINE_FINAL_TYPE (PaddockMachineDialog, paddock_machine_dialog, ADW_TYPE_DIALOG)

/* Takes the snapshot. */
static void
change (PaddockMachineDialog *self, PaddockHardwareSnapshot *snapshot)
{
  paddock_machine_store_change (self->store, self->machine, snapshot);
  paddock_hardware_snapshot_unref (snapshot);
}

static void
on_snapshot (PaddockMachineDialog *self)
{
  paddock_computer_view_set_computer (self->view, paddock_machine_get_snapshot (self->machine));
}

static void
on_number (PaddockMachineDialog *self, PaddockEntryDialog *dialog)
{
  const char *path = paddock_number_dialog_get_path (dialog);
  guint64 value = paddock_number_dialog_get_value (dialog);

  change (self, paddock_hardware_machines_set_number (paddock_machine_get_snapshot (self->machine), path, value));
}

static void
edit_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMachineDialog *self = PADDOCK_MACHINE_DIALOG (widget);
  PaddockEntryDialog *dialog = paddock_number_dialog_new (paddock_machine_get_snapshot (self->machine),
                                                          g_variant_get_string (parameter, NULL));

  if (dialog == NULL)
    return;
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_number), self, G_CONNECT_SWAPPED);
  paddock_lasting_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
reset_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMachineDialog *self = PADDOCK_MACHINE_DIALOG (widget);

  change (self, paddock_hardware_machines_reset_number (paddock_machine_get_snapshot (self->machine),
                                                        g_variant_get_string (parameter, NULL)));
}

static char *
check_name (const char *text, gpointer user_data)
{
  PaddockMachineDialog *self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_str_equal (text, paddock_machine_get_name (self->machine)) ||
      paddock_machine_store_check_name (self->store, text, &error))
    return NULL;
  return g_strdup (error->message);
}

static void
on_named (PaddockMachineDialog *self, PaddockEntryDialog *dialog)
{
  g_autofree char *name = paddock_entry_dialog_dup_text (dialog, 0);

  paddock_machine_store_rename (self->store, self->machine, name);
}

static void
rename_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMachineDialog *self = PADDOCK_MACHINE_DIALOG (widget);
  PaddockEntryDialog *dialog = paddock_entry_dialog_new (_("Rename the Computer"), NULL, _("_Rename"));

  paddock_entry_dialog_add (dialog, _("Name"), paddock_machine_get_name (self->machine), check_name, g_object_ref (self),
                            g_object_unref);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_named), self, G_CONNECT_SWAPPED);
  paddock_lasting_dialog_present (ADW_DIALOG (dialog), widget);
}

static char *
check_text (const char *text, gpointer nothing)
{
  return *text != '\0' ? NULL : g_strdup (_("Write a name"));
}

static void
on_device (PaddockMachineDialog *self, PaddockEntryDialog *dialog)
{
  PaddockHardwareSnapshot *machine = paddock_machine_get_snapshot (self->machine);
  g_autofree char *name = paddock_entry_dialog_dup_text (dialog, 0);
  g_autofree char *text = paddock_entry_dialog_dup_text (dialog, 1);
  guint64 bytes = 0;

  if (paddock_number_text_parse (text, PADDOCK_NUMBER_SIZE, &bytes))
    change (self, paddock_hardware_machines_imagine_device (machine, name, bytes));
}

static void
add_device_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockEntryDialog *dialog = paddock_entry_dialog_new (_("Add a Graphics Card"), NULL, _("_Add"));

  paddock_entry_dialog_add (dialog, _("Name"), "", check_text, NULL, NULL);
  paddock_entry_dialog_add (dialog, _("Memory"), "", paddock_number_dialog_check_size, NULL, NULL);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_device), widget, G_CONNECT_SWAPPED);
  paddock_lasting_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
remove_device_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockMachineDialog *self = PADDOCK_MACHINE_DIALOG (widget);

  change (self, paddock_hardware_machines_remove_device (paddock_machine_get_snapshot (self->machine),
                                                         g_variant_get_string (parameter, NULL)));
}

static void
paddock_machine_dialog_dispose (GObject *object)
{
  PaddockMachineDialog *self = PADDOCK_MACHINE_DIALOG (object);

  if (self->machine != NULL)
    g_signal_handlers_disconnect_by_data (self->machine, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_MACHINE_DIALOG);
  g_clear_object (&self->machine);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (paddock_machine_dialog_parent_class)->dispose (object);
}

static void
paddock_machine_dialog_class_init (PaddockMachineDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_machine_dialog_dispose;
  g_type_ensure (PADDOCK_TYPE_COMPUTER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/machine-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockMachineDialog, view);
  gtk_widget_class_install_action (widget_class, "computer.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "computer.reset", "s", reset_action);
  gtk_widget_class_install_action (widget_class, "computer.add-device", NULL, add_device_action);
  gtk_widget_class_install_action (widget_class, "computer.remove-device", "s", remove_device_action);
  gtk_widget_class_install_action (widget_class, "computer.rename", NULL, rename_action);
}

static void
paddock_machine_dialog_init (PaddockMachineDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_machine_dialog_new:
 * @store: where the machine is kept
 * @machine: one of its machines
 *
 * Returns: (transfer full): the dialog
 */
AdwDialog *
paddock_machine_dialog_new (PaddockMachineStore *store, PaddockMachine *machine)
{
  PaddockMachineDialog *self = g_object_new (PADDOCK_TYPE_MACHINE_DIALOG, NULL);

  self->store = g_object_ref (store);
  self->machine = g_object_ref (machine);
  paddock_computer_view_set_imagined (self->view);
  g_object_bind_property (machine, "title", self, "title", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (machine, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  on_snapshot (self);
  return ADW_DIALOG (self);
}
