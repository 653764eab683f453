/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model-store.h"

G_BEGIN_DECLS

/* The rows of the table, each in a file of its own. */
extern const PaddockModelStore paddock_own_store;
extern const PaddockModelStore paddock_folder_store;
extern const PaddockModelStore paddock_hugging_face_store;
extern const PaddockModelStore paddock_llama_cpp_store;
extern const PaddockModelStore paddock_ollama_store;
extern const PaddockModelStore paddock_alpaca_store;
extern const PaddockModelStore paddock_lm_studio_store;
extern const PaddockModelStore paddock_jan_store;
extern const PaddockModelStore paddock_gpt4all_store;
extern const PaddockModelStore paddock_web_ui_store;

/* The two layouts that several programs use; id: of the store that lists. */
gboolean paddock_hugging_face_store_list (const char *id, const char *root, PaddockStoreVisit visit, gpointer user_data,
                                          GCancellable *cancellable, GError **error);
gboolean paddock_ollama_store_list       (const char *id, const char *root, PaddockStoreVisit visit, gpointer user_data,
                                          GCancellable *cancellable, GError **error);

G_END_DECLS
