/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-file.h"

G_BEGIN_DECLS

void    paddock_array_search_async  (PaddockGgufFile         *file,
                                     const PaddockGgufEntry  *entry,
                                     const char              *search,
                                     GCancellable            *cancellable,
                                     GAsyncReadyCallback      callback,
                                     gpointer                 user_data);
GArray *paddock_array_search_finish (GAsyncResult            *result,
                                     GError                 **error);

G_END_DECLS
