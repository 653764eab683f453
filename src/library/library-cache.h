/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "library-file.h"

G_BEGIN_DECLS

/**
 * PaddockLibraryCache:
 *
 * All files of the last scan with what their headers say, in one mapped file: so that a second start shows everything
 * without opening one of them. It may be deleted at any time. For one thread at a time.
 */
typedef struct _PaddockLibraryCache PaddockLibraryCache;

/* Never fails: a missing, broken, older or newer one is empty. */
PaddockLibraryCache *paddock_library_cache_open       (const char *path);
void                 paddock_library_cache_free       (PaddockLibraryCache *self);
guint                paddock_library_cache_get_size   (PaddockLibraryCache *self);
/* All files (transfer container: PaddockLibraryFile) */
GPtrArray           *paddock_library_cache_get_files  (PaddockLibraryCache *self);
gboolean             paddock_library_cache_write      (const char *path, GPtrArray *files, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLibraryCache, paddock_library_cache_free)

G_END_DECLS
