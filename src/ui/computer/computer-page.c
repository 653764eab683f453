/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/computer-page.h"

#include <glib/gi18n.h>

#include "computer/computer-view.h"
#include "computer/machine-group.h"
#include "computer/measure-activity.h"
#include "computer/number-dialog.h"
#include "computer/worker-group.h"
#include "widgets/lasting-dialog.h"
#include "widgets/undo-toast.h"

#define PATIENCE_MS 250              /* a spinner that flashes by only disturbs */

/**
 * PaddockComputerPage:
 *
 * What this computer has. It looks when it is shown for the first time, and follows the free memory while it is seen.
 */
struct _PaddockComputerPage
{
  AdwNavigationPage parent_instance;

  /* Owned */
  PaddockMachineChoice *choice;
  PaddockActivityList *activities;
  PaddockActivity *measuring;        /* NULL: not since this page is there */

  PaddockThisComputer *computer;     /* borrowed from the choice */
  guint spinner_source;

  /* Template */
  GtkStack *stack;
  AdwStatusPage *failed_page;
  PaddockComputerView *view;
};

G_DEFINE_FINAL_TYPE (PaddockComputerPage, paddock_computer_page, ADW_TYPE_NAVIGATION_PAGE)

static void
show_spinner (gpointer user_data)
{
  PaddockComputerPage *self = user_data;

  self->spinner_source = 0;
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
on_changed (PaddockComputerPage *self)
{
  PaddockHardwareSnapshot *computer = paddock_this_computer_get_snapshot (self->computer);
  const char *problem = paddock_this_computer_get_problem (self->computer);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  if (computer != NULL)
    {
      paddock_computer_view_set_computer (self->view, computer);
      gtk_stack_set_visible_child_name (self->stack, "full");
    }
  else if (problem != NULL)
    {
      adw_status_page_set_description (self->failed_page, problem);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
}

static void
on_refreshed (PaddockComputerPage *self)
{
  paddock_computer_view_refresh (self->view, paddock_this_computer_get_snapshot (self->computer));
}

static void
scan (PaddockComputerPage *self)
{
  if (paddock_this_computer_get_snapshot (self->computer) == NULL && self->spinner_source == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "waiting");
      self->spinner_source = g_timeout_add_once (PATIENCE_MS, show_spinner, self);
    }
  paddock_this_computer_scan (self->computer);
}

static void
scan_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  scan (PADDOCK_COMPUTER_PAGE (widget));
}

static void
on_edited (PaddockComputerPage *self, PaddockEntryDialog *dialog)
{
  g_autoptr (GError) error = NULL;

  if (!paddock_this_computer_override (self->computer, paddock_number_dialog_get_path (dialog),
                                       paddock_number_dialog_get_value (dialog), &error))
    paddock_undo_toast_say (GTK_WIDGET (self->view), error->message);
}

static void
edit_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockComputerPage *self = PADDOCK_COMPUTER_PAGE (widget);
  PaddockHardwareSnapshot *computer = paddock_this_computer_get_snapshot (self->computer);
  PaddockEntryDialog *dialog =
    computer != NULL ? paddock_number_dialog_new (computer, g_variant_get_string (parameter, NULL)) : NULL;

  if (dialog == NULL)
    return;
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  paddock_lasting_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
reset_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  paddock_this_computer_reset (PADDOCK_COMPUTER_PAGE (widget)->computer, g_variant_get_string (parameter, NULL));
}

static void
measure_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockComputerPage *self = PADDOCK_COMPUTER_PAGE (widget);
  g_autoptr (PaddockActivity) activity = paddock_measure_activity_new ();

  paddock_activity_list_add (self->activities, activity);
}

static void
on_measuring_changed (PaddockComputerPage *self)
{
  gboolean over = paddock_activity_is_over (self->measuring);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "computer.measure", over);
  if (over && paddock_activity_get_state (self->measuring) != PADDOCK_ACTIVITY_STOPPED)
    scan (self);
}

/* The newest one, whichever window began it. */
static void
adopt_activity (PaddockComputerPage *self)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->activities));

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (PaddockActivity) activity = g_list_model_get_item (G_LIST_MODEL (self->activities), i);

      if (!PADDOCK_IS_MEASURE_ACTIVITY (activity))
        continue;
      if (activity == self->measuring || paddock_activity_is_over (activity))
        return;
      if (self->measuring != NULL)
        g_signal_handlers_disconnect_by_data (self->measuring, self);
      g_set_object (&self->measuring, activity);
      g_signal_connect_object (activity, "notify::state", G_CALLBACK (on_measuring_changed), self, G_CONNECT_SWAPPED);
      on_measuring_changed (self);
      return;
    }
}

static void
paddock_computer_page_map (GtkWidget *widget)
{
  PaddockComputerPage *self = PADDOCK_COMPUTER_PAGE (widget);

  GTK_WIDGET_CLASS (paddock_computer_page_parent_class)->map (widget);
  paddock_this_computer_look (self->computer);
  if (paddock_this_computer_get_snapshot (self->computer) == NULL)
    scan (self);
}

static void
paddock_computer_page_unmap (GtkWidget *widget)
{
  paddock_this_computer_look_away (PADDOCK_COMPUTER_PAGE (widget)->computer);
  GTK_WIDGET_CLASS (paddock_computer_page_parent_class)->unmap (widget);
}

static void
paddock_computer_page_dispose (GObject *object)
{
  PaddockComputerPage *self = PADDOCK_COMPUTER_PAGE (object);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  if (self->measuring != NULL)
    g_signal_handlers_disconnect_by_data (self->measuring, self);
  if (self->activities != NULL)
    g_signal_handlers_disconnect_by_data (self->activities, self);
  /* The template would drop its own child, and leave the page with a pointer to where it was. */
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_COMPUTER_PAGE);
  self->computer = NULL;
  g_clear_object (&self->choice);
  g_clear_object (&self->measuring);
  g_clear_object (&self->activities);
  G_OBJECT_CLASS (paddock_computer_page_parent_class)->dispose (object);
}

static void
paddock_computer_page_class_init (PaddockComputerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_computer_page_dispose;
  widget_class->map = paddock_computer_page_map;
  widget_class->unmap = paddock_computer_page_unmap;
  g_type_ensure (PADDOCK_TYPE_COMPUTER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/computer-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, PaddockComputerPage, view);
  gtk_widget_class_install_action (widget_class, "computer.scan", NULL, scan_action);
  gtk_widget_class_install_action (widget_class, "computer.measure", NULL, measure_action);
  gtk_widget_class_install_action (widget_class, "computer.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "computer.reset", "s", reset_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "computer.scan", NULL);
}

static void
paddock_computer_page_init (PaddockComputerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_computer_page_new:
 * @choice: this computer and the others
 * @activities: where measuring is done
 *
 * Returns: (transfer full): the page
 */
AdwNavigationPage *
paddock_computer_page_new (PaddockMachineChoice *choice, PaddockActivityList *activities)
{
  PaddockComputerPage *self = g_object_new (PADDOCK_TYPE_COMPUTER_PAGE, NULL);

  self->choice = g_object_ref (choice);
  self->computer = paddock_machine_choice_get_computer (choice);
  self->activities = g_object_ref (activities);
  g_signal_connect_object (self->computer, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->computer, "refreshed", G_CALLBACK (on_refreshed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (activities, "items-changed", G_CALLBACK (adopt_activity), self, G_CONNECT_SWAPPED);
  paddock_computer_view_add_group (self->view, paddock_machine_group_new (choice), 0);
  paddock_computer_view_add_group (self->view, paddock_worker_group_new (self->computer), 4);
  adopt_activity (self);
  on_changed (self);
  return ADW_NAVIGATION_PAGE (self);
}
