/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "library-file.h"

G_BEGIN_DECLS

/* The newest format that this program writes. */
#define PADDOCK_MODEL_RECORD_VERSION 1

/* Where a model was seen last: so that one on an unplugged drive is remembered. */
typedef struct
{
  char *path;
  char *store;                       /* id; may be one that this version does not know */
  char *root;
  gint64 seen_at;                    /* seconds since 1970 */
  guint64 filesystem;                /* of the root, when the model was there; 0: not known */
} PaddockRecordedLocation;

PaddockRecordedLocation *paddock_recorded_location_new  (const char *path, const char *store, const char *root, gint64 seen_at);
PaddockRecordedLocation *paddock_recorded_location_copy (const PaddockRecordedLocation *self);

/**
 * PaddockModelRecord:
 *
 * What is kept about a model beyond its file: what the person said of it, and what it was when it was last seen. One
 * JSON file each, the truth of the library. Immutable once published: to change one, copy it. Members that this version
 * does not know survive.
 */
typedef struct
{
  char *id;                          /* the file's name without ".json": [a-z0-9-]+ */
  int version;

  /* What it is: enough to find it again, and to show it while it is away */
  char *name;
  char *fingerprint;                 /* of the first shard; see PaddockModelFacts */
  char *sha256;                      /* of the first shard, computed; NULL: never */
  gint64 sha256_at;                  /* when; of the file with the identity below */
  PaddockFileIdentity sha256_of;
  char *expected_sha256;             /* what its source published */
  GPtrArray *shards;                 /* PaddockRecordedHash: the same of the shards after the first */
  GPtrArray *copies;                 /* PaddockRecordedHash: what was computed of the files of further copies */
  guint64 size;                      /* of all shards */
  char *architecture;
  char *quantization;
  gint64 parameters;                 /* -1: not known */
  char *license;
  char *source_url;
  char *revision;
  GPtrArray *locations;              /* PaddockRecordedLocation */

  /* What the person said */
  char *nickname;
  char *notes;
  char **tags;                       /* sorted, unique, never NULL */
  gboolean favourite;
  gboolean pinned;                   /* never proposed for removal */
  char *projector;                   /* id of the model paired by hand; "" : none, by hand; NULL: by metadata */
  GHashTable *metadata;              /* char * -> char *: free fields of the person; NULL: none */

  gint64 added_at;
  gint64 last_used;                  /* 0: never seen in use */

  JsonObject *others;                /* members of newer versions and of other parts of Paddock (benchmark results); NULL: none */
} PaddockModelRecord;

PaddockModelRecord *paddock_model_record_new   (const char *id);
PaddockModelRecord *paddock_model_record_copy  (const PaddockModelRecord *self);
PaddockModelRecord *paddock_model_record_ref   (PaddockModelRecord *self);
void                paddock_model_record_unref (PaddockModelRecord *self);
/* Whether a person would miss it: it says more than the file does. */
gboolean            paddock_model_record_is_personal (const PaddockModelRecord *self);
gboolean            paddock_model_record_equal (const PaddockModelRecord *a, const PaddockModelRecord *b);

void                paddock_model_record_set_tags     (PaddockModelRecord *self, const char * const *tags);
void                paddock_model_record_set_metadata (PaddockModelRecord *self, const char *name, const char *value);
void                paddock_model_record_set_other    (PaddockModelRecord *self, const char *name, JsonNode *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockModelRecord, paddock_model_record_unref)

G_END_DECLS
