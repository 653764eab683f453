/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/import-activity.h"

#include "library/import-draft.h"
#include "library/import-words.h"
#include "library/problem-words.h"
#include "model/model-words.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

struct _PaddockImportActivity
{
  PaddockActivity parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockImportPlan *plan;
  GPtrArray *wanted;                 /* PaddockImportItem, borrowed from the plan */
  GWeakRef near;                     /* where the end is told, as long as it is there */
};

G_DEFINE_FINAL_TYPE (PaddockImportActivity, paddock_import_activity, PADDOCK_TYPE_ACTIVITY)

static void
say (PaddockImportActivity *self, const char *text)
{
  g_autoptr (GtkWidget) near = g_weak_ref_get (&self->near);

  if (near != NULL)
    paddock_undo_toast_say (near, text);
}

static GPtrArray *
list_failed (PaddockImportActivity *self)
{
  GPtrArray *failed = g_ptr_array_new ();

  for (guint i = 0; i < self->wanted->len; i++)
    {
      PaddockImportItem *item = g_ptr_array_index (self->wanted, i);

      if (item->problem != NULL)
        g_ptr_array_add (failed, item);
    }
  return failed;
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockImportActivity) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) failed = NULL;
  g_autofree char *text = NULL;
  gboolean done = paddock_import_plan_run_finish (result, &error);

  /* What came in before it was stopped stays. */
  if (self->plan->imported->len > 0)
    paddock_library_rescan_async (self->library, NULL, NULL, NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_STOPPED, NULL);
      return;
    }
  failed = list_failed (self);
  if (done || failed->len > 0)
    text = paddock_import_words_dup_end (self->wanted->len - failed->len, failed);
  else
    text = paddock_problem_words_dup (error);
  say (self, text);
  paddock_activity_end (PADDOCK_ACTIVITY (self),
                        done && failed->len == 0 ? PADDOCK_ACTIVITY_DONE : PADDOCK_ACTIVITY_FAILED, text);
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  paddock_activity_report (user_data, done, total);
}

static void
paddock_import_activity_start (PaddockActivity *activity)
{
  PaddockImportActivity *self = PADDOCK_IMPORT_ACTIVITY (activity);

  paddock_import_plan_run_async (self->plan, on_progress, self, paddock_activity_get_cancellable (activity), on_run,
                                 g_object_ref (self));
}

static void
paddock_import_activity_finalize (GObject *object)
{
  PaddockImportActivity *self = PADDOCK_IMPORT_ACTIVITY (object);

  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_clear_pointer (&self->plan, paddock_import_plan_unref);
  g_clear_object (&self->library);
  g_weak_ref_clear (&self->near);
  G_OBJECT_CLASS (paddock_import_activity_parent_class)->finalize (object);
}

static void
paddock_import_activity_class_init (PaddockImportActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_import_activity_finalize;
  PADDOCK_ACTIVITY_CLASS (klass)->start = paddock_import_activity_start;
}

static void
paddock_import_activity_init (PaddockImportActivity *self)
{
  self->wanted = g_ptr_array_new ();
  g_weak_ref_init (&self->near, NULL);
}

static char *
dup_title (GPtrArray *wanted)
{
  const PaddockImportItem *first = g_ptr_array_index (wanted, 0);

  if (wanted->len == 1)
    return paddock_model_words_dup_file_name (g_ptr_array_index (first->sources, 0));
  return g_strdup_printf (ngettext ("%u model", "%u models", wanted->len), wanted->len);
}

/**
 * paddock_import_activity_new:
 * @library: the library
 * @plan: what to do, at least one model; nobody else looks into it from then on
 * @near: a widget, to say how it ended where it is
 *
 * Returns: (transfer full): the import, not begun
 */
PaddockActivity *
paddock_import_activity_new (PaddockLibrary *library, PaddockImportPlan *plan, GtkWidget *near)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  g_autofree char *title = NULL;
  PaddockImportActivity *self;

  for (guint i = 0; i < plan->items->len; i++)
    if (paddock_import_draft_is_wanted (g_ptr_array_index (plan->items, i)))
      g_ptr_array_add (wanted, g_ptr_array_index (plan->items, i));
  title = dup_title (wanted);
  self = g_object_new (PADDOCK_TYPE_IMPORT_ACTIVITY, "title", title, "subtitle",
                       plan->mode == PADDOCK_IMPORT_MOVE ? _("Moving Into the Library") : _("Copying Into the Library"),
                       NULL);
  self->library = g_object_ref (library);
  self->plan = paddock_import_plan_ref (plan);
  g_ptr_array_extend_and_steal (self->wanted, g_steal_pointer (&wanted));
  g_weak_ref_set (&self->near, near);
  return PADDOCK_ACTIVITY (self);
}
