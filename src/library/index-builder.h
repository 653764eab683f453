/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-index.h"

G_BEGIN_DECLS

/**
 * PaddockIndexInput:
 *
 * All that an index is made of. Nothing in it is changed.
 */
typedef struct
{
  GPtrArray *files;                  /* PaddockLibraryFile */
  GPtrArray *roots;                  /* PaddockScannedRoot: a root that is missing here is not looked at any more */
  GPtrArray *records;                /* PaddockModelRecord */
  PaddockLibraryIndex *previous;     /* NULL: there was none. Entries that did not change are the same pointers */
  gboolean partial;                  /* the scan goes on: what was not met yet may come still */
  gint64 now;                        /* seconds since 1970: when a model that is new was added */
} PaddockIndexInput;

/* The same weights in several places are one entry: by inode, by fingerprint, and by SHA-256 where two differ although
   their headers do not. A set of shards is one. A record whose model is nowhere is offline while its root is away, and stays
   while it is personal; else its model was removed.
   changed: takes records that have to be written, those of new models among them; gone: takes those to be removed
   (PaddockModelRecord). */
PaddockLibraryIndex *paddock_index_build (const PaddockIndexInput *input, GPtrArray *changed, GPtrArray *gone);

G_END_DECLS
