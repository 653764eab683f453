/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"

G_BEGIN_DECLS

void  paddock_tensor_copy_async  (PaddockGgufShards   *shards,
                                  GArray              *positions,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
char *paddock_tensor_copy_finish (GAsyncResult        *result,
                                  GError             **error);

G_END_DECLS
