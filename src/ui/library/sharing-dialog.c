/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/sharing-dialog.h"

#include "base/units.h"
#include "library/library-words.h"
#include "library/problem-words.h"
#include "library/sharing-activity.h"
#include "library/sharing-words.h"
#include "sharing-text.h"
#include "widgets/plain-row.h"

#include <glib/gi18n.h>

struct _PaddockSharingDialog
{
  AdwDialog parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockActivityList *activities;
  PaddockLibraryEntry *entry;
  GtkWidget *near;
  GCancellable *listing;
  GPtrArray *offers;                 /* PaddockSharingOffer; NULL: they are not known yet */
  GPtrArray *steps;                  /* rows, borrowed from their group */

  /* Borrowed */
  PaddockSharingOffer *chosen;       /* NULL: nothing can be chosen */

  /* Template */
  AdwWindowTitle *window_title;
  GtkStack *stack;
  AdwPreferencesGroup *programs_group;
  AdwPreferencesGroup *steps_group;
};

G_DEFINE_FINAL_TYPE (PaddockSharingDialog, paddock_sharing_dialog, ADW_TYPE_DIALOG)

static void
add_step (PaddockSharingDialog *self, const PaddockSharingStep *step)
{
  g_autofree char *path = paddock_units_escape (step->path, -1, 0);
  g_autofree char *way = paddock_sharing_text_dup_way (step);
  GtkWidget *row = paddock_plain_row_new (path, way);

  adw_preferences_group_add (self->steps_group, row);
  g_ptr_array_add (self->steps, row);
}

static void
show_steps (PaddockSharingDialog *self)
{
  PaddockSharingPlan *plan = self->chosen != NULL ? self->chosen->outline : NULL;
  g_autofree char *text = plan != NULL ? paddock_sharing_words_dup_plan (plan) : g_strdup ("");
  g_autofree char *markup = g_markup_escape_text (text, -1);

  for (guint i = 0; i < self->steps->len; i++)
    adw_preferences_group_remove (self->steps_group, g_ptr_array_index (self->steps, i));
  g_ptr_array_set_size (self->steps, 0);
  for (guint i = 0; plan != NULL && i < plan->steps->len; i++)
    add_step (self, g_ptr_array_index (plan->steps, i));
  adw_preferences_group_set_description (self->steps_group, markup);
  gtk_widget_set_visible (GTK_WIDGET (self->steps_group), plan != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sharing.run", plan != NULL);
}

static void
on_toggled (PaddockSharingDialog *self, GtkCheckButton *check)
{
  if (!gtk_check_button_get_active (check))
    return;
  self->chosen = g_object_get_data (G_OBJECT (check), "paddock-offer");
  show_steps (self);
}

/* first: the button of the first program, or NULL. */
static GtkWidget *
add_program (PaddockSharingDialog *self, PaddockSharingOffer *offer, GtkWidget *first)
{
  g_autofree char *text = paddock_sharing_words_dup_offer (offer);
  GtkWidget *row = paddock_plain_row_new (paddock_sharing_words_get_program (offer->program), text);
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), first != NULL ? GTK_CHECK_BUTTON (first) : NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (check), "paddock-offer", offer);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  /* An assistive technology asks the button, not what it is in. */
  gtk_widget_set_sensitive (check, offer->outline != NULL);
  gtk_widget_set_sensitive (row, offer->outline != NULL);
  adw_preferences_group_add (self->programs_group, row);
  return check;
}

static void
show_offers (PaddockSharingDialog *self)
{
  GtkWidget *first = NULL, *usual = NULL;

  for (guint i = 0; i < self->offers->len; i++)
    {
      PaddockSharingOffer *offer = g_ptr_array_index (self->offers, i);
      GtkWidget *check = add_program (self, offer, first);

      first = first != NULL ? first : check;
      if (usual == NULL && offer->outline != NULL)
        usual = check;
    }
  show_steps (self);
  gtk_stack_set_visible_child_name (self->stack, "ready");
  if (usual == NULL)
    return;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (usual), TRUE);
  gtk_widget_grab_focus (usual);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockSharingDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  /* Nobody waits for it after the dialog was closed. */
  self->offers = paddock_sharing_offer_list_finish (result, &error);
  if (self->offers != NULL && !g_cancellable_is_cancelled (self->listing))
    show_offers (self);
}

static void
run_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockSharingDialog *self = PADDOCK_SHARING_DIALOG (widget);
  g_autoptr (PaddockActivity) activity =
    paddock_sharing_activity_new (self->library, self->entry, self->chosen->outline, self->near);

  paddock_activity_list_add (self->activities, activity);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
paddock_sharing_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (PADDOCK_SHARING_DIALOG (dialog)->listing);
}

static void
paddock_sharing_dialog_dispose (GObject *object)
{
  PaddockSharingDialog *self = PADDOCK_SHARING_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_SHARING_DIALOG);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_pointer (&self->entry, paddock_library_entry_unref);
  g_clear_object (&self->library);
  g_clear_object (&self->activities);
  g_clear_object (&self->near);
  g_clear_object (&self->listing);
  G_OBJECT_CLASS (paddock_sharing_dialog_parent_class)->dispose (object);
}

static void
paddock_sharing_dialog_class_init (PaddockSharingDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_sharing_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = paddock_sharing_dialog_closed;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/sharing-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockSharingDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, PaddockSharingDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockSharingDialog, programs_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockSharingDialog, steps_group);
  gtk_widget_class_install_action (widget_class, "sharing.run", NULL, run_action);
}

static void
paddock_sharing_dialog_init (PaddockSharingDialog *self)
{
  self->listing = g_cancellable_new ();
  self->steps = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sharing.run", FALSE);
}

/**
 * paddock_sharing_dialog_new:
 * @library: the library
 * @activities: where it is done
 * @entry: a model
 * @near: where the end is told
 *
 * Returns: (transfer none): the dialog, which looks for programs and lasts until it found them
 */
AdwDialog *
paddock_sharing_dialog_new (PaddockLibrary *library, PaddockActivityList *activities, PaddockLibraryEntry *entry,
                            GtkWidget *near)
{
  PaddockSharingDialog *self = g_object_new (PADDOCK_TYPE_SHARING_DIALOG, NULL);
  g_autofree char *title = paddock_library_words_dup_title (entry);

  self->library = g_object_ref (library);
  self->activities = g_object_ref (activities);
  self->entry = paddock_library_entry_ref (entry);
  self->near = g_object_ref (near);
  adw_window_title_set_subtitle (self->window_title, title);
  paddock_sharing_offer_list_async (paddock_library_get_index (library), entry->id, paddock_library_get_places (library),
                                    self->listing, on_listed, g_object_ref_sink (self));
  return ADW_DIALOG (self);
}
