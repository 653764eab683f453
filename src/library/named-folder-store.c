/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-store.h"
#include "model-stores.h"

/* Folders are where the person says, not where one could look. */
static void
locate (const PaddockStorePlaces *places G_GNUC_UNUSED, GPtrArray *roots G_GNUC_UNUSED)
{
}

static gboolean
list (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return paddock_folder_store_list (paddock_folder_store.id, root, visit, user_data, cancellable, error);
}

const PaddockModelStore paddock_folder_store = { "folder", NULL, PADDOCK_STORE_FOLDER, locate, list };
