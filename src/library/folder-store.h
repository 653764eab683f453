/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model-store.h"

G_BEGIN_DECLS

/* What lies below a plain folder: whatever is named like a GGUF file, and like a download of one. Hidden files and folders
   are left alone. For the list function of a store of that id. */
gboolean paddock_folder_store_list (const char *id, const char *root, PaddockStoreVisit visit, gpointer user_data,
                                    GCancellable *cancellable, GError **error);
/* FOUND or PARTIAL by a file's name; FALSE: it is neither. */
gboolean paddock_folder_store_judge_name (const char *name, PaddockFileRole *role);
/* What is left of a file's name without that by which it is hidden, or taken for a download, at its begin. */
const char *paddock_folder_store_skip_marks (const char *name);

G_END_DECLS
