/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/folder-adding.h"

#include "base/worker.h"
#include "library-error.h"
#include "library/import-asking.h"
#include "library/problem-words.h"
#include "widgets/file-choice.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

/* Settings, and the folders that are to be in them; on its way to a worker. */
typedef struct
{
  PaddockLibrarySettings *settings;
  char **paths;
} Adding;

/* Who asked for it. */
typedef struct
{
  PaddockLibrary *library;
  GtkWidget *near;
} Asker;

static void
free_adding (gpointer data)
{
  Adding *adding = data;

  g_clear_pointer (&adding->settings, paddock_library_settings_free);
  g_strfreev (adding->paths);
  g_free (adding);
}

static void
free_asker (Asker *asker)
{
  g_object_unref (asker->library);
  g_object_unref (asker->near);
  g_free (asker);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asker, free_asker)

static Asker *
asker_new (PaddockLibrary *library, GtkWidget *near)
{
  Asker *asker = g_new0 (Asker, 1);

  asker->library = g_object_ref (library);
  asker->near = g_object_ref (near);
  return asker;
}

static void
say (Asker *asker, const GError *error)
{
  if (g_error_matches (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS))
    paddock_undo_toast_say (asker->near, _("That folder is in the library already"));
  else
    paddock_problem_words_say (asker->near, _("The folder was not added"), error);
}

/* Folders are asked of the disk, which may be slow to answer. */
static gpointer
run_adding (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Adding *adding = snapshot;

  for (gsize i = 0; adding->paths[i] != NULL; i++)
    if (!paddock_library_settings_add_folder (adding->settings, adding->paths[i], error))
      return NULL;
  return g_steal_pointer (&adding->settings);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asker) asker = user_data;
  g_autoptr (GError) error = NULL;

  if (!paddock_library_set_settings_finish (PADDOCK_LIBRARY (source), result, &error))
    say (asker, error);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asker) asker = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockLibrarySettings) settings = paddock_worker_run_finish (NULL, result, &error);
  PaddockLibrary *library = asker->library;

  if (settings != NULL)
    paddock_library_set_settings_async (library, settings, on_set, g_steal_pointer (&asker));
  else
    say (asker, error);
}

/**
 * paddock_folder_adding_add:
 * @library: a library
 * @near: a widget, to say something where it is
 * @paths: folders
 */
void
paddock_folder_adding_add (PaddockLibrary *library, GtkWidget *near, const char *const *paths)
{
  Adding *adding = g_new0 (Adding, 1);
  PaddockWork work = {
    .name = "library folders",
    .run = run_adding,
    .snapshot = adding,
    .snapshot_free = free_adding,
    .result_free = (GDestroyNotify) paddock_library_settings_free,
  };

  adding->settings = paddock_library_settings_copy (paddock_library_get_settings (library));
  adding->paths = g_strdupv ((char **) paths);
  paddock_worker_run_async (NULL, &work, NULL, on_added, asker_new (library, near));
}

static void
take_chosen (GListModel *folders, gpointer data)
{
  const Asker *asker = data;
  g_auto (GStrv) paths = paddock_import_asking_list_paths (folders);

  if (paths[0] != NULL)
    paddock_folder_adding_add (asker->library, asker->near, (const char *const *) paths);
  else
    paddock_undo_toast_say (asker->near, _("Only folders on this computer can be chosen"));
}

/**
 * paddock_folder_adding_ask:
 * @library: a library
 * @near: a widget of the window
 */
void
paddock_folder_adding_ask (PaddockLibrary *library, GtkWidget *near)
{
  paddock_file_choice_ask_folders (near, _("Add Folders to the Library"), NULL, take_chosen, asker_new (library, near),
                                   (GDestroyNotify) free_asker);
}
