/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "file-identity.h"
#include "model-facts.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_FILE_ROLE_FOUND,           /* nobody said what it is: its header does */
  PADDOCK_FILE_ROLE_MODEL,
  PADDOCK_FILE_ROLE_PROJECTOR,
  PADDOCK_FILE_ROLE_ADAPTER,
  PADDOCK_FILE_ROLE_PARTIAL,         /* a download of some program that is not done: bytes, no model */
  PADDOCK_FILE_ROLE_ORPHAN,          /* a blob that no name of its store leads to */
  PADDOCK_FILE_ROLE_DIRECTORY        /* no file: what a store says it looked into; stays in the scanner */
} PaddockFileRole;

/**
 * PaddockLibraryFile:
 *
 * A file in one place, as a scan met it: immutable and counted.
 */
typedef struct
{
  char *path;                        /* how its store calls it: bytes, not necessarily UTF-8 */
  char *target;                      /* with all links followed; NULL: path is no link */
  char *root;                        /* the root below which it was found */
  const char *store;                 /* id of its store: static */
  PaddockFileRole role;
  PaddockFileIdentity identity;      /* of the target */
  PaddockModelFacts *facts;          /* NULL for partial downloads and orphans */

  /* What the store says of it; each may be NULL */
  char *title;                       /* "llama3.2:3b" */
  char *repository;                  /* "owner/name" at the hub */
  char *repository_path;             /* its path there */
  char *revision;
  char *claimed_sha256;              /* 64 digits: a claim until somebody computed it */
  char *belongs_to;                  /* of a projector or adapter: the path of the model that the store pairs it with */
} PaddockLibraryFile;

PaddockLibraryFile *paddock_library_file_new   (const char *store, const char *root, const char *path);
PaddockLibraryFile *paddock_library_file_ref   (PaddockLibraryFile *self);
void                paddock_library_file_unref (PaddockLibraryFile *self);
/* Where the bytes are: the target of a link, else the path. */
const char         *paddock_library_file_get_real_path (const PaddockLibraryFile *self);
/* Which one of a set it is by its name, from 0; 0 if it is in none. */
guint               paddock_library_file_get_shard (const PaddockLibraryFile *self);
gboolean            paddock_library_file_equal (const PaddockLibraryFile *a, const PaddockLibraryFile *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLibraryFile, paddock_library_file_unref)

G_END_DECLS
