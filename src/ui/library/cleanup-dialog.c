/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/cleanup-dialog.h"

#include "base/units.h"
#include "base/worker.h"
#include "cleanup-plan.h"
#include "library/library-words.h"
#include "library/problem-words.h"
#include "library/removal-flow.h"
#include "library/removal-words.h"
#include "library/storage-words.h"

#include <glib/gi18n.h>

#define GIGABYTE 1000000000.0
#define DAYS 90
#define ROWS_AT_MOST 200             /* nobody reads more, and each is a widget */

struct _PaddockCleanupDialog
{
  AdwDialog parent_instance;

  /* Owned */
  PaddockLibrary *library;
  GtkWidget *near;
  PaddockCleanupPlan *plan;          /* what is shown; NULL: it is being made */
  GPtrArray *rows;                   /* borrowed from their group */

  gboolean planning, stale;          /* stale: the rules are others since that began */

  /* Template */
  AdwSpinRow *days;
  AdwSpinRow *keep;
  AdwSpinRow *limit;
  AdwPreferencesGroup *group;
};

typedef struct
{
  PaddockLibraryIndex *index;
  PaddockCleanupRules rules;
  char *default_model;
} Request;

G_DEFINE_FINAL_TYPE (PaddockCleanupDialog, paddock_cleanup_dialog, ADW_TYPE_DIALOG)

static void make_plan (PaddockCleanupDialog *self);

static void
free_request (gpointer data)
{
  Request *request = data;

  paddock_library_index_unref (request->index);
  g_free (request->default_model);
  g_free (request);
}

static gpointer
plan_in_worker (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const Request *request = snapshot;

  return paddock_cleanup_plan_new (request->index, &request->rules, request->default_model, error);
}

static void
add_row (PaddockCleanupDialog *self, const char *title, const char *text, const char *size)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  if (size != NULL)
    {
      GtkWidget *label = gtk_label_new (size);

      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (PaddockCleanupDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_proposal (PaddockCleanupDialog *self, const PaddockCleanupProposal *proposal)
{
  PaddockLibraryEntry *entry = paddock_library_index_find (paddock_library_get_index (self->library), proposal->id);
  g_autofree char *title = entry != NULL ? paddock_library_words_dup_title (entry) : g_strdup (proposal->id);
  g_autofree char *reason = paddock_storage_words_dup_reason (proposal);
  g_autofree char *size = paddock_units_format_size (proposal->frees);

  add_row (self, title, reason, size);
}

static void
show_plan (PaddockCleanupDialog *self)
{
  const PaddockCleanupPlan *plan = self->plan;
  g_autofree char *text = paddock_storage_words_dup_cleanup (plan);
  guint count = MIN (plan->proposals->len, ROWS_AT_MOST);

  clear_rows (self);
  adw_preferences_group_set_description (self->group, text);
  for (guint i = 0; i < count; i++)
    add_proposal (self, g_ptr_array_index (plan->proposals, i));
  if (count < plan->proposals->len)
    {
      guint rest = plan->proposals->len - count;
      g_autofree char *more = g_strdup_printf (ngettext ("%u More", "%u More", rest), rest);

      add_row (self, more, "", NULL);
    }
  for (guint i = 0; i < plan->removal->dangling->len; i++)
    {
      g_autofree char *path = paddock_removal_words_dup_path (g_ptr_array_index (plan->removal->dangling, i));

      add_row (self, _("A Link Would Lead Nowhere"), path, NULL);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cleanup.run", plan->removal->items->len > 0);
}

static void
on_planned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockCleanupDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  PaddockCleanupPlan *plan = paddock_worker_run_finish (NULL, result, &error);

  self->planning = FALSE;
  if (self->group == NULL)
    {
      g_clear_pointer (&plan, paddock_cleanup_plan_free);
      return;
    }
  if (self->stale)
    {
      g_clear_pointer (&plan, paddock_cleanup_plan_free);
      make_plan (self);
      return;
    }
  self->plan = plan;
  if (plan != NULL)
    show_plan (self);
  else
    {
      g_autofree char *text = paddock_problem_words_dup (error);

      clear_rows (self);
      adw_preferences_group_set_description (self->group, text);
    }
}

static void
set_rules (PaddockCleanupDialog *self, PaddockCleanupRules *rules)
{
  rules->unused_days = (guint) adw_spin_row_get_value (self->days);
  rules->keep = (guint) adw_spin_row_get_value (self->keep);
  rules->limit = (guint64) (adw_spin_row_get_value (self->limit) * GIGABYTE);
  rules->now = g_get_real_time () / G_USEC_PER_SEC;
}

/* What is not planned by the rules that are seen cannot be done. */
static void
make_plan (PaddockCleanupDialog *self)
{
  Request *request;
  PaddockWork work = { .name = "plan-cleanup", .run = plan_in_worker, .snapshot_free = free_request,
                       .result_free = (GDestroyNotify) paddock_cleanup_plan_free };

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cleanup.run", FALSE);
  g_clear_pointer (&self->plan, paddock_cleanup_plan_free);
  self->stale = self->planning;
  if (self->planning)
    return;
  self->planning = TRUE;
  request = g_new0 (Request, 1);
  request->index = paddock_library_index_ref (paddock_library_get_index (self->library));
  request->default_model = g_strdup (paddock_library_get_settings (self->library)->default_model);
  set_rules (self, &request->rules);
  work.snapshot = request;
  paddock_worker_run_async (NULL, &work, NULL, on_planned, g_object_ref (self));
}

static void
on_rules_changed (PaddockCleanupDialog *self)
{
  if (self->library != NULL)
    make_plan (self);
}

static void
run_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockCleanupDialog *self = PADDOCK_CLEANUP_DIALOG (widget);
  g_autofree char *subject = NULL;

  if (self->plan == NULL)
    return;
  subject = paddock_storage_words_dup_count (self->plan->proposals->len);
  paddock_removal_flow_run (self->library, self->near, self->plan->removal, subject);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
paddock_cleanup_dialog_dispose (GObject *object)
{
  PaddockCleanupDialog *self = PADDOCK_CLEANUP_DIALOG (object);

  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_CLEANUP_DIALOG);
  g_clear_object (&self->library);
  g_clear_object (&self->near);
  g_clear_pointer (&self->plan, paddock_cleanup_plan_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (paddock_cleanup_dialog_parent_class)->dispose (object);
}

static void
paddock_cleanup_dialog_class_init (PaddockCleanupDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_cleanup_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/cleanup-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockCleanupDialog, days);
  gtk_widget_class_bind_template_child (widget_class, PaddockCleanupDialog, keep);
  gtk_widget_class_bind_template_child (widget_class, PaddockCleanupDialog, limit);
  gtk_widget_class_bind_template_child (widget_class, PaddockCleanupDialog, group);
  gtk_widget_class_bind_template_callback (widget_class, on_rules_changed);
  gtk_widget_class_install_action (widget_class, "cleanup.run", NULL, run_action);
}

static void
paddock_cleanup_dialog_init (PaddockCleanupDialog *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_cleanup_dialog_new:
 * @library: the library
 * @near: a widget that outlasts the dialog, where it is told what was done
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
paddock_cleanup_dialog_new (PaddockLibrary *library, GtkWidget *near)
{
  PaddockCleanupDialog *self = g_object_new (PADDOCK_TYPE_CLEANUP_DIALOG, NULL);

  adw_spin_row_set_value (self->days, DAYS);
  adw_spin_row_set_value (self->limit, (double) paddock_library_get_settings (library)->own_limit / GIGABYTE);
  self->near = g_object_ref (near);
  self->library = g_object_ref (library);
  g_signal_connect_object (library, "changed", G_CALLBACK (make_plan), self, G_CONNECT_SWAPPED);
  make_plan (self);
  return ADW_DIALOG (self);
}
