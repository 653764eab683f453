/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "library-file.h"

G_BEGIN_DECLS

/**
 * PaddockLibraryCache:
 *
 * All files of the last scan with what their headers say, in one file: so that a second start shows everything without
 * opening one of them. It may be deleted at any time. For one thread at a time.
 */
typedef struct _PaddockLibraryCache PaddockLibraryCache;

/* Never fails: a missing, broken, older or newer one is empty. */
PaddockLibraryCache *paddock_library_cache_open       (const char *path);
PaddockLibraryCache *paddock_library_cache_new_for_bytes (GBytes *bytes);
void                 paddock_library_cache_free       (PaddockLibraryCache *self);
guint                paddock_library_cache_get_size   (PaddockLibraryCache *self);
/* All files, in the order in which they were written (transfer full: PaddockLibraryFile) */
GPtrArray           *paddock_library_cache_get_files  (PaddockLibraryCache *self);
/* Atomically; files that the same facts belong to share them again when they are read. */
gboolean             paddock_library_cache_write      (const char *path, GPtrArray *files, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLibraryCache, paddock_library_cache_free)

G_END_DECLS
