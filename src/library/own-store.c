/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-store.h"
#include "model-stores.h"

static void
locate (const PaddockStorePlaces *places, GPtrArray *roots)
{
  g_ptr_array_add (roots, g_strdup (places->own));
}

static gboolean
list (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return paddock_folder_store_list (paddock_own_store.id, root, visit, user_data, cancellable, error);
}

const PaddockModelStore paddock_own_store = { "own", "Paddock", PADDOCK_STORE_OWN, locate, list };
