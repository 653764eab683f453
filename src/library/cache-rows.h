/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cache-strings.h"
#include "library-file.h"

G_BEGIN_DECLS

/* How facts and files stand in the cache: numbers of fixed width, and places of strings. Their types are those of the
   members, and their order leaves no holes. */
typedef struct
{
  guint8 fingerprint[16];
  gint64 parameters, context_length, embedding_length, layers;
  guint64 tensor_bytes;
  guint32 name, architecture, architecture_name, quantization, size_label, base_name, license, repository, problem;
  guint32 capabilities;
  guint32 shard, shards;
  guint8 state, file_kind, kind, has_fingerprint;
  guint8 unread;
  guint8 padding[3];
} PaddockCachedFacts;
#define PADDOCK_CACHED_FACTS_TYPE "((yyyyyyyyyyyyyyyy)xxxxtuuuuuuuuuuuuyyyy(yyyy))"

typedef struct
{
  guint64 device, inode, size;
  gint64 modified;
  guint32 facts;                     /* G_MAXUINT32: none */
  guint32 path, target, root, store, title, repository, repository_path, revision, claimed_sha256, belongs_to;
  guint32 role;
} PaddockCachedFile;
#define PADDOCK_CACHED_FILE_TYPE "(tttxuuuuuuuuuuuu)"

void paddock_cache_rows_put_facts (PaddockCachedFacts *row, const PaddockModelFacts *facts, PaddockCacheStrings *strings);
void paddock_cache_rows_put_file  (PaddockCachedFile *row, const PaddockLibraryFile *file, guint32 facts,
                                   PaddockCacheStrings *strings);

/* NULL: what stands there makes no sense (transfer full). */
PaddockModelFacts  *paddock_cache_rows_get_facts (const PaddockCachedFacts *row, const PaddockCacheStrings *strings);
/* facts: PaddockModelFacts */
PaddockLibraryFile *paddock_cache_rows_get_file  (const PaddockCachedFile *row, GPtrArray *facts,
                                                  const PaddockCacheStrings *strings);

G_END_DECLS
