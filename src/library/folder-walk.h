/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "file-identity.h"

G_BEGIN_DECLS

/* A regular file that was met, or a directory that is being looked into. */
typedef struct
{
  const char *path;                  /* the root as it was given, and the names from there: bytes, of any length */
  const char *name;                  /* its last part; of the root: the path */
  gboolean is_directory;
  gboolean is_link;                  /* the name is a symbolic link */
  PaddockFileIdentity identity;      /* of what it leads to */
} PaddockFolderWalkStep;

/**
 * PaddockFolderWalk:
 *
 * What to look for below a directory. Only @visit has to be there.
 */
typedef struct
{
  /* Whether a file of that name is worth a look at all. NULL: every one is. */
  gboolean (*wants_file)   (const char *name, gpointer user_data);
  /* Whether to look into a directory below the root. NULL: into each that is not hidden. */
  gboolean (*wants_folder) (const char *path, const char *name, gpointer user_data);
  /* FALSE: enough. */
  gboolean (*visit)        (const PaddockFolderWalkStep *step, gpointer user_data);
  gpointer user_data;
} PaddockFolderWalk;

/* Each directory is told once, before what is in it, and the files of one in the order of their names. Links are
   followed, those to directories after everything else, so that a file is met by its own path first; a directory that was
   looked into under another name is not looked into again. What cannot be read or goes away meanwhile is skipped; FALSE
   with an error only for the root itself, when the system has no room left for looking, and when cancelled. */
gboolean paddock_folder_walk_run (const PaddockFolderWalk *self, const char *root, GCancellable *cancellable, GError **error);

G_END_DECLS
