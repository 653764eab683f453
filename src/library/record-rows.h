/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cache-strings.h"
#include "model-record.h"

G_BEGIN_DECLS

#define PADDOCK_CACHED_RECORD_STRINGS 12
#define PADDOCK_CACHED_RECORD_NUMBERS 5

/* How records stand in their cache, which is quicker to read than JSON: numbers of fixed width, and places of strings.
   Their types are those of the members, and their order leaves no holes. */
typedef struct
{
  guint64 device, inode, size;       /* of its file; PaddockFileIdentity */
  gint64 modified;
  guint64 hashed_device, hashed_inode, hashed_size;
  gint64 hashed_modified;
  gint64 numbers[PADDOCK_CACHED_RECORD_NUMBERS];
  guint32 strings[PADDOCK_CACHED_RECORD_STRINGS];
  guint32 id, others;                /* the latter as JSON; 0: none */
  guint32 version, flags;
  guint32 first_text, n_tags, n_metadata;      /* of the texts: the tags, then a name and a value each */
  guint32 first_location, n_locations;
  guint32 first_hash, n_hashes, n_copies;      /* of the hashes: the shards', then the copies' */
} PaddockCachedRecord;
#define PADDOCK_CACHED_RECORD_TYPE "(tttxtttx(xxxxx)(uuuuuuuuuuuu)uuuuuuuuuuuu)"

typedef struct
{
  gint64 seen_at;
  guint64 filesystem;
  guint32 path, store, root;
  guint32 padding;
} PaddockCachedPlace;
#define PADDOCK_CACHED_PLACE_TYPE "(xtuuuu)"

/* Of a shard after the first, or of a file of a further copy. */
typedef struct
{
  gint64 computed_at;
  guint64 device, inode, size;       /* of the file that it was computed of */
  gint64 modified;
  guint32 shard, computed, expected, others;
} PaddockCachedHash;
#define PADDOCK_CACHED_HASH_TYPE "(xtttxuuuu)"

/**
 * PaddockRecordTables:
 *
 * The rows of a cache of records, while it is written or read; what is read is borrowed, and nobody vouches for it.
 */
typedef struct
{
  PaddockCacheStrings strings;
  const PaddockCachedPlace *places;
  const PaddockCachedHash *hashes;
  const guint32 *texts;
  gsize n_places, n_hashes, n_texts;

  GArray *written_places, *written_hashes, *written_texts;      /* NULL while reading */
} PaddockRecordTables;

void                paddock_record_rows_put (PaddockCachedRecord *row, const PaddockModelRecord *record,
                                             PaddockRecordTables *tables);
/* NULL: what stands there makes no sense (transfer full). */
PaddockModelRecord *paddock_record_rows_get (const PaddockCachedRecord *row, const PaddockRecordTables *tables);

G_END_DECLS
