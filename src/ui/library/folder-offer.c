/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/folder-offer.h"

#include "library/folder-adding.h"
#include "model/found-file.h"
#include "model/model-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define SECONDS_TO_DECIDE 10

/* What the toast's button adds. */
typedef struct
{
  PaddockLibrary *library;
  AdwToastOverlay *toasts;
  char **paths;
} Offer;

static void
free_offer (gpointer data)
{
  Offer *offer = data;

  g_object_unref (offer->library);
  g_object_unref (offer->toasts);
  g_strfreev (offer->paths);
  g_free (offer);
}

static gboolean
is_inside (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  return g_str_has_prefix (path, folder) &&
         (path[length] == '/' || (length > 0 && folder[length - 1] == '/' && path[length] != '\0'));
}

static gboolean
is_worth_it (PaddockLibraryIndex *index, const char *folder, GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      const PaddockFoundFile *file = g_ptr_array_index (found, i);

      if (is_inside (file->path, folder) && g_hash_table_lookup (index->by_path, file->path) == NULL)
        return TRUE;
    }
  return FALSE;
}

/**
 * paddock_folder_offer_list:
 * @index: the library
 * @opened: paths of files and folders
 * @found: (element-type PaddockFoundFile): the models in them
 *
 * Returns: (transfer full) (array zero-terminated=1): the folders that the library could do with
 */
char **
paddock_folder_offer_list (PaddockLibraryIndex *index, char **opened, GPtrArray *found)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();

  for (gsize i = 0; opened[i] != NULL; i++)
    if (is_worth_it (index, opened[i], found))
      g_strv_builder_add (folders, opened[i]);
  return g_strv_builder_end (folders);
}

static void
add (Offer *offer)
{
  paddock_folder_adding_add (offer->library, GTK_WIDGET (offer->toasts), (const char *const *) offer->paths);
}

/**
 * paddock_folder_offer_show:
 * @toasts: where to ask
 * @library: the library
 * @opened: paths of files and folders
 * @found: (element-type PaddockFoundFile): the models in them
 */
void
paddock_folder_offer_show (AdwToastOverlay *toasts, PaddockLibrary *library, char **opened, GPtrArray *found)
{
  g_auto (GStrv) folders = paddock_folder_offer_list (paddock_library_get_index (library), opened, found);
  guint count = g_strv_length (folders);
  g_autofree char *text = NULL;
  AdwToast *toast;
  Offer *offer;

  if (count == 0)
    return;
  if (count == 1)
    {
      g_autofree char *name = paddock_model_words_dup_file_name (folders[0]);

      /* Translators: %s is the name of a folder. */
      text = g_strdup_printf (_("Keep “%s” in the library?"), name);
    }
  else
    text = g_strdup_printf (ngettext ("Keep %u folder in the library?", "Keep %u folders in the library?", count), count);
  offer = g_new0 (Offer, 1);
  offer->library = g_object_ref (library);
  offer->toasts = g_object_ref (toasts);
  offer->paths = g_steal_pointer (&folders);
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _("_Add Folder"));
  adw_toast_set_timeout (toast, SECONDS_TO_DECIDE);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (add), offer, (GClosureNotify) (GCallback) free_offer,
                         G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (toasts, toast);
}
