/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/sharing-activity.h"

#include "base/units.h"
#include "library/library-words.h"
#include "library/problem-words.h"
#include "library/sharing-words.h"
#include "record-hashes.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

struct _PaddockSharingActivity
{
  PaddockActivity parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockLibraryEntry *entry;
  PaddockSharingPlan *plan;          /* what was told; when its files were read, what is done */
  GWeakRef near;
};

/* What can be taken back. */
typedef struct
{
  PaddockLibrary *library;
  PaddockSharingPlan *plan;
  char *id;                          /* of the model */
  GWeakRef near;
} Sharing;

/* What was read, for the record. */
typedef struct
{
  char *sha256;
  PaddockFileIdentity identity;
} Hash;

G_DEFINE_FINAL_TYPE (PaddockSharingActivity, paddock_sharing_activity, PADDOCK_TYPE_ACTIVITY)

static void
free_sharing (gpointer data)
{
  Sharing *sharing = data;

  g_object_unref (sharing->library);
  paddock_sharing_plan_unref (sharing->plan);
  g_free (sharing->id);
  g_weak_ref_clear (&sharing->near);
  g_free (sharing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sharing, free_sharing)

static Sharing *
sharing_new (PaddockLibrary *library, PaddockSharingPlan *plan, const char *id, GtkWidget *near)
{
  Sharing *sharing = g_new0 (Sharing, 1);

  sharing->library = g_object_ref (library);
  sharing->plan = paddock_sharing_plan_ref (plan);
  sharing->id = g_strdup (id);
  g_weak_ref_init (&sharing->near, near);
  return sharing;
}

/* A folder with nothing left in it may be a drive that is not there: what was in it would be remembered as away. */
static gboolean
forget_places (PaddockModelRecord *record, gpointer user_data)
{
  const PaddockSharingPlan *plan = user_data;
  guint before = record->locations->len;

  for (guint i = 0; i < plan->steps->len; i++)
    for (guint j = record->locations->len; j > 0; j--)
      if (g_str_equal (((PaddockRecordedLocation *) g_ptr_array_index (record->locations, j - 1))->path,
                       ((PaddockSharingStep *) g_ptr_array_index (plan->steps, i))->path))
        g_ptr_array_remove_index (record->locations, j - 1);
  return record->locations->len != before;
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sharing) sharing = user_data;
  g_autoptr (GtkWidget) near = g_weak_ref_get (&sharing->near);
  g_autoptr (GError) error = NULL;
  gboolean undone = paddock_sharing_plan_undo_finish (result, &error);
  const char *program = paddock_sharing_words_get_program (sharing->plan->program);
  g_autofree char *text = NULL;

  if (undone)
    paddock_library_change_async (sharing->library, sharing->id, forget_places, paddock_sharing_plan_ref (sharing->plan),
                                  (GDestroyNotify) paddock_sharing_plan_unref, NULL, NULL);
  paddock_library_rescan_async (sharing->library, NULL, NULL, NULL);
  /* Translators: %s is a program. */
  text = g_strdup_printf (undone ? _("%s no longer has it") : _("It could not be taken back from %s"), program);
  if (near != NULL && undone)
    paddock_undo_toast_say (near, text);
  else if (near != NULL)
    paddock_problem_words_say (near, text, error);
}

static void
undo (Sharing *sharing)
{
  g_autoptr (GtkWidget) near = g_weak_ref_get (&sharing->near);

  paddock_sharing_plan_undo_async (sharing->plan, on_undone,
                                   sharing_new (sharing->library, sharing->plan, sharing->id, near));
}

static void
end_badly (PaddockSharingActivity *self, const GError *error)
{
  const char *program = paddock_sharing_words_get_program (self->plan->program);
  /* Translators: %s is a program. */
  g_autofree char *what = g_strdup_printf (_("%s was not given the model"), program);
  g_autofree char *text = NULL;
  g_autoptr (GtkWidget) near = g_weak_ref_get (&self->near);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_STOPPED, NULL);
      return;
    }
  if (near != NULL)
    paddock_problem_words_say (near, what, error);
  text = paddock_problem_words_dup_failure (what, error);
  paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_FAILED, text);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockSharingActivity) self = user_data;
  g_autoptr (GtkWidget) near = g_weak_ref_get (&self->near);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (!paddock_sharing_plan_run_finish (result, &error))
    {
      end_badly (self, error);
      return;
    }
  paddock_library_rescan_async (self->library, NULL, NULL, NULL);
  name = paddock_units_escape (self->plan->name, -1, 0);
  /* Translators: a program, and what it calls a model. */
  text = g_strdup_printf (_("%s has it now, as %s"), paddock_sharing_words_get_program (self->plan->program), name);
  if (near != NULL)
    paddock_undo_toast_show (near, text, G_CALLBACK (undo),
                             sharing_new (self->library, self->plan, self->entry->id, near), free_sharing);
  paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_DONE, text);
}

static void
free_hash (gpointer data)
{
  Hash *hash = data;

  g_free (hash->sha256);
  g_free (hash);
}

static gboolean
write_hash (PaddockModelRecord *record, gpointer user_data)
{
  const Hash *hash = user_data;

  paddock_record_hashes_set_computed (record, 0, hash->sha256, &hash->identity);
  return TRUE;
}

/* Nobody should have to read the model for it again. */
static void
keep_hash (PaddockSharingActivity *self)
{
  Hash *hash;

  if (self->plan->computed == NULL)
    return;
  hash = g_new0 (Hash, 1);
  hash->sha256 = g_strdup (self->plan->computed);
  hash->identity = self->plan->computed_of;
  paddock_library_change_async (self->library, self->entry->id, write_hash, hash, free_hash, NULL, NULL);
}

static void
on_planned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockSharingActivity) self = user_data;
  g_autoptr (GError) error = NULL;
  PaddockSharingPlan *plan = paddock_sharing_plan_load_finish (result, &error);

  if (plan == NULL)
    {
      end_badly (self, error);
      return;
    }
  paddock_sharing_plan_unref (self->plan);
  self->plan = plan;
  keep_hash (self);
  paddock_sharing_plan_run_async (plan, on_run, g_steal_pointer (&self));
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  paddock_activity_report (user_data, done, total);
}

static void
paddock_sharing_activity_start (PaddockActivity *activity)
{
  PaddockSharingActivity *self = PADDOCK_SHARING_ACTIVITY (activity);

  if (self->plan->unread == 0)
    paddock_sharing_plan_run_async (self->plan, on_run, g_object_ref (self));
  else
    paddock_sharing_plan_load_async (paddock_library_get_index (self->library), self->entry->id, self->plan->program,
                                     paddock_library_get_places (self->library), on_progress, self,
                                     paddock_activity_get_cancellable (activity), on_planned, g_object_ref (self));
}

static void
paddock_sharing_activity_finalize (GObject *object)
{
  PaddockSharingActivity *self = PADDOCK_SHARING_ACTIVITY (object);

  g_clear_pointer (&self->plan, paddock_sharing_plan_unref);
  g_clear_pointer (&self->entry, paddock_library_entry_unref);
  g_clear_object (&self->library);
  g_weak_ref_clear (&self->near);
  G_OBJECT_CLASS (paddock_sharing_activity_parent_class)->finalize (object);
}

static void
paddock_sharing_activity_class_init (PaddockSharingActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_sharing_activity_finalize;
  PADDOCK_ACTIVITY_CLASS (klass)->start = paddock_sharing_activity_start;
}

static void
paddock_sharing_activity_init (PaddockSharingActivity *self)
{
  g_weak_ref_init (&self->near, NULL);
}

/**
 * paddock_sharing_activity_new:
 * @library: the library
 * @entry: a model of it
 * @outline: what was told
 * @near: a widget, to say how it ended where it is
 *
 * Returns: (transfer full): the work, not begun
 */
PaddockActivity *
paddock_sharing_activity_new (PaddockLibrary *library, PaddockLibraryEntry *entry, PaddockSharingPlan *outline,
                              GtkWidget *near)
{
  g_autofree char *title = paddock_library_words_dup_title (entry);
  /* Translators: %s is a program. */
  g_autofree char *subtitle = g_strdup_printf (_("Use in %s"), paddock_sharing_words_get_program (outline->program));
  PaddockSharingActivity *self = g_object_new (PADDOCK_TYPE_SHARING_ACTIVITY, "title", title, "subtitle", subtitle, "path",
                                               paddock_library_entry_get_path (entry), NULL);

  self->library = g_object_ref (library);
  self->entry = paddock_library_entry_ref (entry);
  self->plan = paddock_sharing_plan_ref (outline);
  g_weak_ref_set (&self->near, near);
  return PADDOCK_ACTIVITY (self);
}
