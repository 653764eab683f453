/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-stores.h"

/* Where two list the same folder, the earlier one has it. */
static const PaddockModelStore *const stores[] = {
  &paddock_own_store,
  &paddock_hugging_face_store,
  &paddock_llama_cpp_store,
  &paddock_ollama_store,
  &paddock_alpaca_store,
  &paddock_lm_studio_store,
  &paddock_jan_store,
  &paddock_gpt4all_store,
  &paddock_web_ui_store,
  &paddock_folder_store,
  NULL,
};

/**
 * paddock_model_store_all:
 *
 * Returns: (transfer none) (array zero-terminated=1): every kind of store
 */
const PaddockModelStore *const *
paddock_model_store_all (void)
{
  return stores;
}

/**
 * paddock_model_store_find:
 * @id: what records call it
 *
 * Returns: (transfer none) (nullable): that kind of store
 */
const PaddockModelStore *
paddock_model_store_find (const char *id)
{
  for (gsize i = 0; stores[i] != NULL; i++)
    if (g_strcmp0 (stores[i]->id, id) == 0)
      return stores[i];
  return NULL;
}
