/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/merge-activity.h"

#include "base/units.h"
#include "duplicate-merge.h"
#include "library/problem-words.h"

#include <glib/gi18n.h>

struct _PaddockMergeActivity
{
  PaddockActivity parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockLibraryStorage *storage;
};

G_DEFINE_FINAL_TYPE (PaddockMergeActivity, paddock_merge_activity, PADDOCK_TYPE_ACTIVITY)

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  paddock_activity_report (user_data, done, total);
}

static void
on_merged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockMergeActivity) self = user_data;
  g_autoptr (GError) error = NULL;
  guint64 saved = 0;

  if (paddock_duplicate_merge_finish (result, &saved, &error))
    {
      g_autofree char *size = paddock_units_format_size (saved);
      g_autofree char *text = g_strdup_printf (_("%s saved"), size);

      paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_DONE, text);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_STOPPED, NULL);
  else
    {
      g_autofree char *text = paddock_problem_words_dup (error);

      paddock_activity_end (PADDOCK_ACTIVITY (self), PADDOCK_ACTIVITY_FAILED, text);
    }
  paddock_library_rescan_async (self->library, NULL, NULL, NULL);
}

static void
paddock_merge_activity_start (PaddockActivity *activity)
{
  PaddockMergeActivity *self = PADDOCK_MERGE_ACTIVITY (activity);

  paddock_duplicate_merge_async (self->storage, NULL, on_progress, self, paddock_activity_get_cancellable (activity),
                                 on_merged, g_object_ref (self));
}

static void
paddock_merge_activity_finalize (GObject *object)
{
  PaddockMergeActivity *self = PADDOCK_MERGE_ACTIVITY (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->storage, paddock_library_storage_unref);
  G_OBJECT_CLASS (paddock_merge_activity_parent_class)->finalize (object);
}

static void
paddock_merge_activity_class_init (PaddockMergeActivityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_merge_activity_finalize;
  PADDOCK_ACTIVITY_CLASS (klass)->start = paddock_merge_activity_start;
}

static void
paddock_merge_activity_init (PaddockMergeActivity *self)
{
}

/**
 * paddock_merge_activity_new:
 * @library: the library
 * @storage: its duplicates
 *
 * Returns: (transfer full): the merging of all that can be merged, not begun
 */
PaddockActivity *
paddock_merge_activity_new (PaddockLibrary *library, PaddockLibraryStorage *storage)
{
  PaddockMergeActivity *self = g_object_new (PADDOCK_TYPE_MERGE_ACTIVITY, "title", _("Duplicates"), "subtitle",
                                             _("Compare and Merge"), NULL);

  self->library = g_object_ref (library);
  self->storage = paddock_library_storage_ref (storage);
  return PADDOCK_ACTIVITY (self);
}
