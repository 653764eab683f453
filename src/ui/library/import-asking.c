/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/import-asking.h"

#include "widgets/file-choice.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

/* An asking that owns what it is made of. */
typedef struct
{
  PaddockImportAsking asking;
  GListModel *files;                 /* NULL: they are being chosen */
} Waiting;

static void
free_waiting (Waiting *waiting)
{
  g_object_unref (waiting->asking.library);
  g_object_unref (waiting->asking.activities);
  g_object_unref (waiting->asking.settings);
  g_object_unref (waiting->asking.near);
  g_object_unref (waiting->asking.data);
  g_clear_object (&waiting->files);
  g_free (waiting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, free_waiting)

static Waiting *
waiting_new (const PaddockImportAsking *asking, GListModel *files)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->asking = *asking;
  g_object_ref (asking->library);
  g_object_ref (asking->activities);
  g_object_ref (asking->settings);
  g_object_ref (asking->near);
  g_object_ref (asking->data);
  waiting->files = files != NULL ? g_object_ref (files) : NULL;
  return waiting;
}

static void
on_known (Waiting *waiting)
{
  waiting->asking.open (waiting->asking.data, waiting->files);
}

/**
 * paddock_import_asking_list_paths:
 * @files: (element-type GFile): files and folders
 *
 * Returns: (transfer full) (array zero-terminated=1): the paths of those that have one
 */
char **
paddock_import_asking_list_paths (GListModel *files)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      char *path = g_file_get_path (file);

      if (path != NULL)
        g_strv_builder_take (paths, path);
    }
  return g_strv_builder_end (paths);
}

/**
 * paddock_import_asking_begin:
 * @asking: who imports
 * @files: (element-type GFile): files and folders
 */
void
paddock_import_asking_begin (const PaddockImportAsking *asking, GListModel *files)
{
  g_auto (GStrv) paths = paddock_import_asking_list_paths (files);
  PaddockImportDialog *dialog;

  if (g_strv_length (paths) < g_list_model_get_n_items (files))
    paddock_undo_toast_say (asking->near, _("Only files on this computer can be opened"));
  if (paths[0] == NULL)
    return;
  dialog = paddock_import_dialog_new (asking->library, asking->activities, asking->settings, asking->near);
  g_signal_connect_data (dialog, "known", G_CALLBACK (on_known), waiting_new (asking, files),
                         (GClosureNotify) (GCallback) free_waiting, G_CONNECT_SWAPPED);
  paddock_import_dialog_begin (dialog, (const char *const *) paths);
}

static void
take_chosen (GListModel *files, gpointer data)
{
  paddock_import_asking_begin (&((const Waiting *) data)->asking, files);
}

/**
 * paddock_import_asking_choose_files:
 * @asking: who imports
 */
void
paddock_import_asking_choose_files (const PaddockImportAsking *asking)
{
  paddock_file_choice_ask_models (asking->near, _("Import Files"), _("_Import"), take_chosen, waiting_new (asking, NULL),
                                  (GDestroyNotify) free_waiting);
}

/**
 * paddock_import_asking_choose_folders:
 * @asking: who imports
 */
void
paddock_import_asking_choose_folders (const PaddockImportAsking *asking)
{
  paddock_file_choice_ask_folders (asking->near, _("Import Folders"), _("_Import"), take_chosen, waiting_new (asking, NULL),
                                   (GDestroyNotify) free_waiting);
}
