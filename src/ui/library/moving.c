/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/moving.h"

#include "base/worker.h"
#include "library/folder-adding.h"
#include "library/import-activity.h"
#include "library/import-draft.h"
#include "library/problem-words.h"
#include "model-move.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>
#include <string.h>

/* For the worker that plans it. */
typedef struct
{
  PaddockLibraryIndex *index;
  char **ids;
  char *folder;
} Wish;

/* For the callback. */
typedef struct
{
  PaddockLibrary *library;
  PaddockActivityList *activities;
  GtkWidget *near;
  char *folder;
} Asked;

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  paddock_library_index_unref (wish->index);
  g_strfreev (wish->ids);
  g_free (wish->folder);
  g_free (wish);
}

static void
free_asked (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->library);
  g_object_unref (asked->activities);
  g_object_unref (asked->near);
  g_free (asked->folder);
  g_free (asked);
}

static gpointer
run_wish (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const Wish *wish = snapshot;

  return paddock_model_move_plan (wish->index, (const char *const *) wish->ids, wish->folder,
                                  paddock_worker_get_cancellable (worker), error);
}

static const PaddockImportItem *
find_wanted (PaddockImportPlan *plan)
{
  for (guint i = 0; i < plan->items->len; i++)
    if (paddock_import_draft_is_wanted (g_ptr_array_index (plan->items, i)))
      return g_ptr_array_index (plan->items, i);
  return NULL;
}

static gboolean
is_inside (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  return g_str_has_prefix (path, folder) && (path[length] == '/' || path[length] == '\0');
}

/* Else the library would miss what was moved. */
static void
look_into (const Asked *asked)
{
  const PaddockLibrarySettings *settings = paddock_library_get_settings (asked->library);
  const char *const paths[] = { asked->folder, NULL };
  gboolean known = is_inside (asked->folder, paddock_library_get_places (asked->library)->own);

  for (gsize i = 0; settings->folders[i] != NULL && !known; i++)
    known = is_inside (asked->folder, settings->folders[i]);
  if (!known)
    paddock_folder_adding_add (asked->library, asked->near, paths);
}

static void
on_planned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockImportPlan) plan = paddock_worker_run_finish (source, result, &error);

  if (plan == NULL)
    paddock_problem_words_say (asked->near, _("The models were not moved"), error);
  else if (find_wanted (plan) != NULL)
    {
      g_autoptr (PaddockActivity) activity = paddock_import_activity_new (asked->library, plan, asked->near);

      look_into (asked);
      paddock_activity_list_add (asked->activities, activity);
    }
  else if (plan->items->len > 0)
    paddock_problem_words_say (asked->near, _("The models were not moved"),
                               ((PaddockImportItem *) g_ptr_array_index (plan->items, 0))->problem);
  else
    paddock_undo_toast_say (asked->near, _("The models are there already"));
  free_asked (asked);
}

/**
 * paddock_moving_begin:
 * @library: the library
 * @activities: where it is done
 * @near: a widget, to say how it ended where it is
 * @ids: (array zero-terminated=1): of models
 * @folder: (type filename): where they go
 */
void
paddock_moving_begin (PaddockLibrary *library, PaddockActivityList *activities, GtkWidget *near, const char *const *ids,
                      const char *folder)
{
  Asked *asked = g_new0 (Asked, 1);
  Wish *wish = g_new0 (Wish, 1);
  PaddockWork work = {
    .name = "library move plan",
    .run = run_wish,
    .snapshot = wish,
    .snapshot_free = free_wish,
    .result_free = (GDestroyNotify) paddock_import_plan_unref,
  };

  asked->library = g_object_ref (library);
  asked->activities = g_object_ref (activities);
  asked->near = g_object_ref (near);
  asked->folder = g_strdup (folder);
  wish->index = paddock_library_index_ref (paddock_library_get_index (library));
  wish->ids = g_strdupv ((char **) ids);
  wish->folder = g_strdup (folder);
  paddock_worker_run_async (library, &work, NULL, on_planned, asked);
}
