/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/worker-group.h"

#include <glib/gi18n.h>

#include "computer/number-dialog.h"
#include "computer/number-text.h"
#include "computer/worker-row.h"
#include "hardware/remote-worker.h"
#include "widgets/entry-dialog.h"
#include "widgets/lasting-dialog.h"
#include "widgets/undo-toast.h"

#define QUESTION_KEY "paddock-question"

/**
 * PaddockWorkerGroup:
 *
 * The other computers that lend their memory to this one.
 */
struct _PaddockWorkerGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  PaddockThisComputer *computer;
  GVariant *shown;                   /* the workers that the rows are for; NULL: there are no rows */
  GPtrArray *rows;                   /* borrowed from the group */
};

/* A worker that was removed. */
typedef struct
{
  PaddockThisComputer *computer;
  char *address;
  guint64 bytes;
} Removed;

/* What a dialog is about. */
typedef struct
{
  PaddockThisComputer *computer;
  char *before;                      /* the address that is changed; NULL: one is added */
} Question;

G_DEFINE_FINAL_TYPE (PaddockWorkerGroup, paddock_worker_group, ADW_TYPE_PREFERENCES_GROUP)

/* Only when there are others: each row asks its computer anew. */
static void
show_workers (PaddockWorkerGroup *self)
{
  g_autoptr (GVariant) workers = paddock_this_computer_dup_workers (self->computer);
  GVariantIter iter;
  const char *address;
  guint64 bytes;

  if (self->shown != NULL && g_variant_equal (self->shown, workers))
    return;
  g_clear_pointer (&self->shown, g_variant_unref);
  self->shown = g_variant_ref (workers);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_variant_iter_init (&iter, workers);
  while (g_variant_iter_next (&iter, "(&st)", &address, &bytes))
    {
      GtkWidget *row = paddock_worker_row_new (address, bytes);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    }
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->computer);
  g_free (question->before);
  g_free (question);
}

static char *
check_address (const char *text, gpointer user_data)
{
  const Question *question = user_data;
  g_autofree char *address = paddock_remote_worker_normalize (text);

  if (address == NULL)
    return g_strdup (_("Write the address of a computer, such as 192.168.1.20:50052"));
  if (g_strcmp0 (address, question->before) != 0 && paddock_this_computer_get_worker (question->computer, address) > 0)
    return g_strdup (_("The computer at that address is in the list already"));
  return NULL;
}

static void
on_done (PaddockWorkerGroup *self, PaddockEntryDialog *dialog)
{
  const Question *question = g_object_get_data (G_OBJECT (dialog), QUESTION_KEY);
  g_autofree char *text = paddock_entry_dialog_dup_text (dialog, 0);
  g_autofree char *size = paddock_entry_dialog_dup_text (dialog, 1);
  g_autofree char *address = paddock_remote_worker_normalize (text);
  guint64 bytes = 0;

  if (address == NULL || !paddock_number_text_parse (size, PADDOCK_NUMBER_SIZE, &bytes))
    return;
  if (question->before != NULL)
    paddock_this_computer_change_worker (self->computer, question->before, address, bytes);
  else
    paddock_this_computer_set_worker (self->computer, address, bytes);
}

static void
ask (PaddockWorkerGroup *self, const char *address, guint64 bytes)
{
  PaddockEntryDialog *dialog =
    address != NULL ? paddock_entry_dialog_new (_("Change Another Computer"), NULL, _("_Set"))
                    : paddock_entry_dialog_new (_("Add Another Computer"), _("It lends the memory of its graphics card."),
                                                _("_Add"));
  g_autofree char *size = bytes > 0 ? paddock_number_text_format (bytes, PADDOCK_NUMBER_SIZE) : g_strdup ("");
  Question *question = g_new0 (Question, 1);

  question->computer = g_object_ref (self->computer);
  question->before = g_strdup (address);
  g_object_set_data_full (G_OBJECT (dialog), QUESTION_KEY, question, question_free);
  paddock_entry_dialog_add (dialog, _("Address"), address != NULL ? address : "", check_address, question, NULL);
  paddock_entry_dialog_add (dialog, _("Memory"), size, paddock_number_dialog_check_size, NULL, NULL);
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  paddock_lasting_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
add_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ask (PADDOCK_WORKER_GROUP (widget), NULL, 0);
}

static void
edit_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockWorkerGroup *self = PADDOCK_WORKER_GROUP (widget);
  const char *address = g_variant_get_string (parameter, NULL);

  ask (self, address, paddock_this_computer_get_worker (self->computer, address));
}

static void
removed_free (gpointer data)
{
  Removed *removed = data;

  g_object_unref (removed->computer);
  g_free (removed->address);
  g_free (removed);
}

/* One that was added at the same address meanwhile is newer. */
static void
put_back (Removed *removed)
{
  if (paddock_this_computer_get_worker (removed->computer, removed->address) == 0)
    paddock_this_computer_set_worker (removed->computer, removed->address, removed->bytes);
}

static void
remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockWorkerGroup *self = PADDOCK_WORKER_GROUP (widget);
  Removed *removed = g_new0 (Removed, 1);
  g_autofree char *text = NULL;

  removed->computer = g_object_ref (self->computer);
  removed->address = g_variant_dup_string (parameter, NULL);
  removed->bytes = paddock_this_computer_get_worker (self->computer, removed->address);
  text = g_strdup_printf (_("“%s” removed"), removed->address);
  paddock_this_computer_remove_worker (self->computer, removed->address);
  paddock_undo_toast_show (widget, text, G_CALLBACK (put_back), removed, removed_free);
}

static void
paddock_worker_group_dispose (GObject *object)
{
  PaddockWorkerGroup *self = PADDOCK_WORKER_GROUP (object);

  if (self->computer != NULL)
    g_signal_handlers_disconnect_by_data (self->computer, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_WORKER_GROUP);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_variant_unref);
  g_clear_object (&self->computer);
  G_OBJECT_CLASS (paddock_worker_group_parent_class)->dispose (object);
}

static void
paddock_worker_group_class_init (PaddockWorkerGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_worker_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/worker-group.ui");
  gtk_widget_class_install_action (widget_class, "worker.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "worker.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "worker.remove", "s", remove_action);
}

static void
paddock_worker_group_init (PaddockWorkerGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_worker_group_new:
 * @computer: this computer
 *
 * Returns: (transfer full): the group
 */
AdwPreferencesGroup *
paddock_worker_group_new (PaddockThisComputer *computer)
{
  PaddockWorkerGroup *self = g_object_new (PADDOCK_TYPE_WORKER_GROUP, NULL);

  self->computer = g_object_ref (computer);
  g_signal_connect_object (computer, "changed", G_CALLBACK (show_workers), self, G_CONNECT_SWAPPED);
  show_workers (self);
  return ADW_PREFERENCES_GROUP (self);
}
