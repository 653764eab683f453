/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_LIBRARY_WATCHER (paddock_library_watcher_get_type ())

/**
 * PaddockLibraryWatcher:
 *
 * Follows directories on disk. Signal `changed` (root): something below a root changed and has been quiet for a moment,
 * or has been changing for so long that it is worth a look. Where the file system cannot tell, it is looked at from time
 * to time.
 */
G_DECLARE_FINAL_TYPE (PaddockLibraryWatcher, paddock_library_watcher, PADDOCK, LIBRARY_WATCHER, GObject)

PaddockLibraryWatcher *paddock_library_watcher_new        (void);
/* Replaces what is watched below a root: all its directories, and its nearest existing ancestor while it is missing. */
void                   paddock_library_watcher_set_root   (PaddockLibraryWatcher *self, const char *root, GPtrArray *directories);
void                   paddock_library_watcher_unset_root (PaddockLibraryWatcher *self, const char *root);
GPtrArray             *paddock_library_watcher_list_roots (PaddockLibraryWatcher *self);

G_END_DECLS
