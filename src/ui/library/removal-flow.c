/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/removal-flow.h"

#include "base/worker.h"
#include "library/library-words.h"
#include "library/problem-words.h"
#include "library/removal-proposal.h"
#include "library/removal-words.h"
#include "widgets/lasting-dialog.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

typedef struct
{
  PaddockLibrary *library;
  GtkWidget *near;                   /* the overlay, which is there when the page that asked is not any more */
  char *subject;
  PaddockRemovalProposal *proposal;  /* NULL until it is made */
  PaddockRemovalPlan *plan;          /* what is done; NULL until that is decided */
  PaddockRemovalRemoved removed;     /* NULL: nobody waits for that */
  GWeakRef object;                   /* for it */
} Flow;

static Flow *
flow_new (PaddockLibrary *library, GtkWidget *near, const char *subject)
{
  Flow *self = g_rc_box_new0 (Flow);
  GtkWidget *overlay = gtk_widget_get_ancestor (near, ADW_TYPE_TOAST_OVERLAY);

  self->library = g_object_ref (library);
  self->near = g_object_ref (overlay != NULL ? overlay : near);
  self->subject = g_strdup (subject);
  g_weak_ref_init (&self->object, NULL);
  return self;
}

static void
clear_flow (gpointer data)
{
  Flow *self = data;

  g_object_unref (self->library);
  g_object_unref (self->near);
  g_free (self->subject);
  g_clear_pointer (&self->proposal, paddock_removal_proposal_free);
  g_clear_pointer (&self->plan, paddock_removal_plan_unref);
  g_weak_ref_clear (&self->object);
}

static void
flow_unref (gpointer flow)
{
  g_rc_box_release_full (flow, clear_flow);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_unref)

/* Places that nobody can watch are looked at as well. */
static void
look_again (Flow *self)
{
  paddock_library_rescan_async (self->library, NULL, NULL, NULL);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!paddock_removal_plan_undo_finish (result, &error))
    paddock_problem_words_say (self->near, _("Not everything was put back"), error);
  look_again (self);
}

static void
undo (Flow *self)
{
  paddock_removal_plan_undo_async (self->plan, on_undone, g_rc_box_acquire (self));
}

static gboolean
was_any_removed (const PaddockRemovalPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    if (((PaddockRemovalItem *) g_ptr_array_index (plan->items, i))->removed)
      return TRUE;
  return FALSE;
}

/* Only when nobody looks into the plan any more: from here on it can be undone. */
static void
tell (Flow *self)
{
  g_autofree char *text = paddock_removal_words_dup_done (self->plan, self->subject);

  paddock_undo_toast_show (self->near, text, G_CALLBACK (undo), g_rc_box_acquire (self), flow_unref);
  look_again (self);
}

/* What is done in a worker. */
typedef struct
{
  PaddockRemovalPlan *plan;
  PaddockLibraryIndex *index;
  PaddockRecordStore *records;
} Removal;

static void
free_removal (gpointer data)
{
  Removal *removal = data;

  paddock_removal_plan_unref (removal->plan);
  paddock_library_index_unref (removal->index);
  paddock_record_store_unref (removal->records);
  g_free (removal);
}

static gpointer
run_in_worker (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const Removal *removal = snapshot;
  gboolean removed = paddock_removal_plan_run (removal->plan, worker, error);
  g_autoptr (GError) problem = NULL;

  if (!paddock_removal_plan_forget (removal->plan, removal->index, removal->records, &problem) && removed)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      removed = FALSE;
    }
  return removed ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GObject) object = NULL;
  g_autoptr (GError) error = NULL;

  if (paddock_worker_run_finish (NULL, result, &error) == NULL)
    paddock_problem_words_say (self->near, _("Not everything was removed"), error);
  if (!was_any_removed (self->plan))
    return;
  object = g_weak_ref_get (&self->object);
  if (self->removed != NULL && object != NULL)
    self->removed (object);
  tell (self);
}

static void
run (Flow *self, PaddockRemovalPlan *plan)
{
  Removal *removal = g_new (Removal, 1);
  const PaddockWork work = { .name = "remove-models", .run = run_in_worker, .snapshot = removal,
                             .snapshot_free = free_removal };

  self->plan = paddock_removal_plan_ref (plan);
  removal->plan = paddock_removal_plan_ref (plan);
  removal->index = paddock_library_index_ref (paddock_library_get_index (self->library));
  removal->records = paddock_record_store_ref (paddock_library_get_records (self->library));
  paddock_worker_run_async (NULL, &work, NULL, on_run, g_rc_box_acquire (self));
}

static void
on_response (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  Flow *self = user_data;

  if (self->plan != NULL)
    return;
  if (g_str_equal (response, "own"))
    run (self, self->proposal->own);
  else if (g_str_equal (response, "all"))
    run (self, self->proposal->all);
}

static void
free_with_closure (gpointer data, GClosure *closure)
{
  flow_unref (data);
}

static void
ask (Flow *self)
{
  g_autofree char *heading = g_strdup_printf (_("Remove %s?"), self->subject);
  g_autofree char *body = paddock_removal_words_dup_consent (self->proposal);
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  gboolean choice = self->proposal->own->items->len > 0 &&
                    self->proposal->own->items->len < self->proposal->all->items->len &&
                    self->proposal->own->dangling->len == 0;

  adw_alert_dialog_add_response (alert, "cancel", _("_Cancel"));
  if (choice)
    adw_alert_dialog_add_response (alert, "own", _("_Keep What Belongs to Others"));
  adw_alert_dialog_add_response (alert, "all", choice ? _("_Remove Everywhere") : _("_Remove"));
  adw_alert_dialog_set_response_appearance (alert, "all", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), g_rc_box_acquire (self), free_with_closure, 0);
  paddock_lasting_dialog_present (dialog, self->near);
}

static void
on_proposed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flow) self = user_data;
  g_autoptr (GError) error = NULL;

  self->proposal = paddock_removal_proposal_load_finish (result, &error);
  if (self->proposal == NULL)
    {
      paddock_problem_words_say (self->near, _("Nothing was removed"), error);
      return;
    }
  if (self->proposal->all->items->len == 0)
    {
      g_autofree char *text = paddock_removal_words_dup_nothing (self->proposal);

      paddock_undo_toast_say (self->near, text);
    }
  else if (paddock_removal_proposal_needs_consent (self->proposal))
    ask (self);
  else
    run (self, self->proposal->own);
}

static Flow *
flow_new_for_models (PaddockLibrary *library, GtkWidget *near, const char *const *ids)
{
  guint count = g_strv_length ((char **) ids);
  PaddockLibraryEntry *only = count == 1 ? paddock_library_index_find (paddock_library_get_index (library), ids[0]) : NULL;
  g_autofree char *title = only != NULL ? paddock_library_words_dup_title (only) : NULL;
  g_autofree char *subject = title != NULL ? g_strdup_printf (_("“%s”"), title)
                                           : g_strdup_printf (ngettext ("%u model", "%u models", count), count);

  return flow_new (library, near, subject);
}

/**
 * paddock_removal_flow_remove_models:
 * @library: the library
 * @near: where it is asked and told
 * @ids: (array zero-terminated=1): of models
 */
void
paddock_removal_flow_remove_models (PaddockLibrary *library, GtkWidget *near, const char *const *ids)
{
  paddock_removal_flow_remove_shown (library, near, ids, NULL, NULL);
}

/**
 * paddock_removal_flow_remove_shown:
 * @library: the library
 * @near: where it is asked and told
 * @ids: (array zero-terminated=1): of models
 * @removed: (nullable): told when something of them is gone
 * @object: (nullable): for @removed
 */
void
paddock_removal_flow_remove_shown (PaddockLibrary *library, GtkWidget *near, const char *const *ids,
                                   PaddockRemovalRemoved removed, GObject *object)
{
  Flow *self = flow_new_for_models (library, near, ids);

  self->removed = removed;
  g_weak_ref_set (&self->object, object);
  paddock_removal_proposal_load_async (paddock_library_get_index (library), ids, NULL, on_proposed, self);
}

/**
 * paddock_removal_flow_remove_files:
 * @library: the library
 * @near: where it is asked and told
 * @paths: (array zero-terminated=1) (element-type filename): of files that the library met
 */
void
paddock_removal_flow_remove_files (PaddockLibrary *library, GtkWidget *near, const char *const *paths)
{
  guint count = g_strv_length ((char **) paths);
  g_autofree char *base = count == 1 ? g_path_get_basename (paths[0]) : NULL;
  g_autofree char *name = base != NULL ? paddock_removal_words_dup_path (base) : NULL;
  g_autofree char *subject = name != NULL ? g_strdup_printf (_("“%s”"), name)
                                          : g_strdup_printf (ngettext ("%u file", "%u files", count), count);

  paddock_removal_proposal_load_async (paddock_library_get_index (library), NULL, paths, on_proposed,
                                       flow_new (library, near, subject));
}

/**
 * paddock_removal_flow_run:
 * @library: the library
 * @near: where it is told
 * @plan: what is removed
 * @subject: what to call it
 */
void
paddock_removal_flow_run (PaddockLibrary *library, GtkWidget *near, PaddockRemovalPlan *plan, const char *subject)
{
  g_autoptr (Flow) self = flow_new (library, near, subject);

  run (self, plan);
}
