/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-file.h"

G_BEGIN_DECLS

/**
 * PaddockModelCopy:
 *
 * One model in one place: a file, or the shards of a set that lie side by side.
 */
typedef struct
{
  /* Owned */
  GPtrArray *files;                  /* PaddockLibraryFile, in the order of the shards */

  /* Borrowed from the first file */
  const char *store, *root, *path;
  const PaddockModelFacts *facts;
  const char *sha256;                /* of the first file: computed, else claimed; NULL */

  guint shards;                      /* that there should be */
  guint64 size;
} PaddockModelCopy;

/* Puts files together (transfer container: PaddockModelCopy), in the order of their paths. Downloads that go on and blobs
   without a name are none. computed: PaddockFileIdentity -> digest. */
GPtrArray *paddock_model_copies_collect (GPtrArray *files, GHashTable *computed);

void       paddock_model_copy_free      (PaddockModelCopy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockModelCopy, paddock_model_copy_free)

G_END_DECLS
