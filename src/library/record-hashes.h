/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model-record.h"

G_BEGIN_DECLS

/* More files than that no set has. */
#define PADDOCK_RECORDED_HASH_MAX_SHARD 65535u
/* Of files in further places no more are remembered; the oldest go. */
#define PADDOCK_RECORDED_HASH_MAX_COPIES 4096u

/**
 * PaddockRecordedHash:
 *
 * What is known of the bytes of one file of a model. Those of the first file are members of the record itself, where
 * versions that knew of no others look for them; those of the files after it are in its list of shards. Both are of the
 * copy of the model that is used; what was computed of the files of other copies is in the list of copies.
 */
typedef struct
{
  guint shard;                       /* from 0 */
  char *sha256;                      /* computed; NULL: never */
  gint64 sha256_at;                  /* when; of the file with the identity below */
  PaddockFileIdentity sha256_of;
  char *expected_sha256;             /* what its source published */
  JsonObject *others;                /* members of newer versions; NULL: none */
} PaddockRecordedHash;

PaddockRecordedHash *paddock_recorded_hash_new   (guint shard);
PaddockRecordedHash *paddock_recorded_hash_copy  (const PaddockRecordedHash *self);
void                 paddock_recorded_hash_free  (PaddockRecordedHash *self);
gboolean             paddock_recorded_hash_equal (const PaddockRecordedHash *a, const PaddockRecordedHash *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockRecordedHash, paddock_recorded_hash_free)

/* In the order of the files. FALSE: there is one of that file (then the new one is freed). */
gboolean    paddock_record_hashes_add           (PaddockModelRecord *record, PaddockRecordedHash *hash);
/* In the place of what was known of the same file. */
void        paddock_record_hashes_add_copy      (PaddockModelRecord *record, PaddockRecordedHash *hash);
/* What is known of a file of the copy that is used; nothing is, where there is none. The strings stay the record's. */
void        paddock_record_hashes_get           (const PaddockModelRecord *record, guint shard, PaddockRecordedHash *hash);
/* Of a file of any copy, as it is now: sha256 is NULL where nobody computed it. */
void        paddock_record_hashes_get_of        (const PaddockModelRecord *record, guint shard,
                                                 const PaddockFileIdentity *identity, PaddockRecordedHash *hash);
/* Of a file of the copy that is used. What was known of another one in its place is kept as a copy's. */
void        paddock_record_hashes_set_computed  (PaddockModelRecord *record, guint shard, const char *sha256,
                                                 const PaddockFileIdentity *identity);
/* Of a file of any other copy. */
void        paddock_record_hashes_set_copy      (PaddockModelRecord *record, guint shard, const char *sha256,
                                                 const PaddockFileIdentity *identity);
void        paddock_record_hashes_set_expected  (PaddockModelRecord *record, guint shard, const char *sha256);
/* Of all files; from: NULL: nothing is known of any. */
void        paddock_record_hashes_take_expected (PaddockModelRecord *record, const PaddockModelRecord *from);
/* Adds what another record knows and this one does not. */
void        paddock_record_hashes_merge         (PaddockModelRecord *record, const PaddockModelRecord *from);
/* What was computed of this very file; NULL: nothing. */
const char *paddock_record_hashes_find          (const PaddockModelRecord *record, const PaddockFileIdentity *identity);

G_END_DECLS
