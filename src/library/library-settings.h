/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * PaddockLibrarySettings:
 *
 * Where the person wants Paddock to look, and what it may keep: one JSON file, shared by the window and the command
 * line, written atomically; members that this version does not know survive.
 */
typedef struct
{
  char **folders;                    /* absolute paths, never NULL */
  char **hidden_stores;              /* ids of stores that are not looked into */
  char *default_model;               /* id */
  guint64 own_limit;                 /* bytes in Paddock's own folder; 0: no limit */
  JsonObject *others;
} PaddockLibrarySettings;

PaddockLibrarySettings *paddock_library_settings_new  (void);   /* the defaults */
PaddockLibrarySettings *paddock_library_settings_load (const char *path, GError **error);   /* a missing file: the defaults */
PaddockLibrarySettings *paddock_library_settings_copy (const PaddockLibrarySettings *self);
void                    paddock_library_settings_free (PaddockLibrarySettings *self);
gboolean                paddock_library_settings_save (const PaddockLibrarySettings *self, const char *path, GError **error);
/* Writes the difference of two settings into the file as it is now, which another program may have changed meanwhile.
   Returns what is there then. */
PaddockLibrarySettings *paddock_library_settings_update (const char *path, const PaddockLibrarySettings *before,
                                                         const PaddockLibrarySettings *wanted, GError **error);
/* FALSE with EXISTS, NOT_FOUND or INVALID (a file, a folder inside another one, a link loop). */
gboolean                paddock_library_settings_add_folder    (PaddockLibrarySettings *self, const char *path, GError **error);
gboolean                paddock_library_settings_remove_folder (PaddockLibrarySettings *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLibrarySettings, paddock_library_settings_free)

G_END_DECLS
