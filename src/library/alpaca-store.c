/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-stores.h"
#include "store-reading.h"

/* It runs an Ollama of its own. */
static void
locate (const PaddockStorePlaces *places, GPtrArray *roots)
{
  paddock_store_add_root (roots, places->home, ".var/app/com.jeffser.Alpaca/data/.ollama/models", NULL);
  paddock_store_add_root (roots, places->data, "com.jeffser.Alpaca/.ollama/models", NULL);
}

static gboolean
list (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return paddock_ollama_store_list (paddock_alpaca_store.id, root, visit, user_data, cancellable, error);
}

const PaddockModelStore paddock_alpaca_store = {
  "alpaca", "Alpaca", PADDOCK_STORE_FOREIGN | PADDOCK_STORE_BLOBS, locate, list,
};
