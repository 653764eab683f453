/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/found-file.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define PADDOCK_FILE_WALK_MAX_DEPTH 24
#define PADDOCK_FILE_WALK_MAX_DIRECTORIES 50000
#define PADDOCK_FILE_WALK_MAX_FILES 20000

void       paddock_file_walk_async  (const char * const  *paths,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GPtrArray *paddock_file_walk_finish (GAsyncResult        *result,
                                     gboolean            *limited,
                                     GError             **error);

G_END_DECLS
