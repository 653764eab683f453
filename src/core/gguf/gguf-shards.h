/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-file.h"

G_BEGIN_DECLS

/**
 * PaddockGgufShard:
 *
 * One file of a split model. @file is %NULL when it is missing or unreadable; then @problem says why.
 */
typedef struct
{
  char *path;
  guint index;                       /* from 0, by the name */
  PaddockGgufFile *file;
  GError *problem;
} PaddockGgufShard;

/**
 * PaddockGgufShards:
 *
 * A model as people see it: one file, or all shards of a split one, found by the names of the siblings
 * (PREFIX-00001-of-00003.gguf) when the header or the name says that it is split. Reference counted, immutable.
 */
typedef struct _PaddockGgufShards PaddockGgufShards;

PaddockGgufShards *paddock_gguf_shards_open  (const char *path, GCancellable *cancellable, GError **error);
/* With its siblings, as open() does, for a file that is open already (or was scanned and is not whole). */
PaddockGgufShards *paddock_gguf_shards_new_for_path_of (PaddockGgufFile *file, GCancellable *cancellable);
PaddockGgufShards *paddock_gguf_shards_new_for_file (PaddockGgufFile *file);   /* that file alone, as it is */
/* All files of a set, in their order, which were opened one by one: nobody looks for them by their names. */
PaddockGgufShards *paddock_gguf_shards_new_for_files (PaddockGgufFile *const *files, guint n_files);
PaddockGgufShards *paddock_gguf_shards_ref   (PaddockGgufShards *self);
void               paddock_gguf_shards_unref (PaddockGgufShards *self);

guint                   paddock_gguf_shards_get_count     (PaddockGgufShards *self);   /* 1 for a model in one file */
guint                   paddock_gguf_shards_get_n_present (PaddockGgufShards *self);
const PaddockGgufShard *paddock_gguf_shards_get_shard     (PaddockGgufShards *self, guint position);
/* The shard that holds the metadata: the first one where it is there, else the opened one. */
PaddockGgufFile        *paddock_gguf_shards_get_primary   (PaddockGgufShards *self);
PaddockGgufFile        *paddock_gguf_shards_get_opened    (PaddockGgufShards *self);
guint64                 paddock_gguf_shards_get_size      (PaddockGgufShards *self);   /* of all present files */
guint                   paddock_gguf_shards_get_n_tensors (PaddockGgufShards *self);
const PaddockGgufTensor *paddock_gguf_shards_get_tensor   (PaddockGgufShards *self, guint position, guint *shard);

/* Whether name is PREFIX-%05d-of-%05d.gguf; index is from 0. */
gboolean paddock_gguf_shards_parse_name (const char *name, char **prefix, guint *index, guint *count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockGgufShards, paddock_gguf_shards_unref)

G_END_DECLS
