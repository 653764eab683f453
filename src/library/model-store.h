/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "library-file.h"
#include "store-places.h"

G_BEGIN_DECLS

/* Met while a root is listed: a file with everything but facts, which the scanner reads, and identity and target, which it finds
   out where the inode is 0 (transfer full). Directories that were looked into are told as well, by their role, so
   that they can be watched; those above a file that was told need not be. FALSE: enough. */
typedef gboolean (*PaddockStoreVisit) (PaddockLibraryFile *file, gpointer user_data);

typedef enum
{
  PADDOCK_STORE_OWN      = 1 << 0,   /* Paddock’s own: may be written */
  PADDOCK_STORE_FOLDER   = 1 << 1,   /* a folder that the person named: may be written when they say so */
  PADDOCK_STORE_FOREIGN  = 1 << 2,   /* another program's: never written without asking */
  PADDOCK_STORE_BLOBS    = 1 << 3    /* several names may share one file: removing is the owner's business */
} PaddockStoreFlags;

/**
 * PaddockModelStore:
 *
 * A kind of place where models are kept, as a row of a table: where such places are on this computer, and which files
 * are below one. Everything here runs in workers and touches no object.
 */
typedef struct
{
  const char *id;                    /* "ollama": kept in records, never translated */
  const char *name;                  /* "Ollama": a proper name; NULL for folders, which are called by their path */
  PaddockStoreFlags flags;
  /* Appends the roots that exist, or that a person set up and that cannot be read, to an array of char *. */
  void     (*locate) (const PaddockStorePlaces *places, GPtrArray *roots);
  /* FALSE with an error only when the root itself cannot be read; what lies deeper and cannot be read is skipped. */
  gboolean (*list)   (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable,
                      GError **error);
} PaddockModelStore;

const PaddockModelStore * const *paddock_model_store_all  (void);             /* NULL-terminated */
const PaddockModelStore         *paddock_model_store_find (const char *id);   /* NULL: no such store */

G_END_DECLS
