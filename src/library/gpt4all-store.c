/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-store.h"
#include "model-stores.h"
#include "store-reading.h"

static void
locate (const PaddockStorePlaces *places, GPtrArray *roots)
{
  g_autofree char *settings = g_build_filename (places->config, "nomic.ai", "GPT4All.ini", NULL);
  g_autofree char *text = paddock_store_read_text (settings, NULL);
  g_autofree char *folder = text != NULL ? paddock_store_find_line (text, "modelPath") : NULL;

  if (folder != NULL && g_path_is_absolute (folder))
    paddock_store_add_named_root (roots, folder);
  paddock_store_add_root (roots, places->data, "nomic.ai", "GPT4All", NULL);
  paddock_store_add_root (roots, places->home, ".var/app/io.gpt4all.gpt4all/data/nomic.ai/GPT4All", NULL);
}

static gboolean
list (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return paddock_folder_store_list (paddock_gpt4all_store.id, root, visit, user_data, cancellable, error);
}

const PaddockModelStore paddock_gpt4all_store = { "gpt4all", "GPT4All", PADDOCK_STORE_FOREIGN, locate, list };
