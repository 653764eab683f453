/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-file.h"

G_BEGIN_DECLS

void    paddock_metadata_filter_run_async  (PaddockGgufFile      *file,
                                            const char           *search,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
GArray *paddock_metadata_filter_run_finish (GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
