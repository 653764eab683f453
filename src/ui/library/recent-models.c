/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/recent-models.h"

#include "library/library-words.h"

#define MIME_TYPE "application/x-gguf"

/**
 * paddock_recent_models_note:
 * @path: (type filename): of a model
 * @entry: (nullable): the same in the library
 */
void
paddock_recent_models_note (const char *path, const PaddockLibraryEntry *entry)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *title = entry != NULL ? paddock_library_words_dup_title (entry) : g_path_get_basename (path);
  /* What is not UTF-8 has no name that could be kept. */
  g_autofree char *name = g_utf8_make_valid (title, -1);
  const GtkRecentData data = {
    .display_name = name,
    .mime_type = (char *) MIME_TYPE,
    .app_name = (char *) "Paddock",
    .app_exec = (char *) "paddock %u",
  };

  if (uri != NULL)
    gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}
