/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/file-kind.h"
#include "model/model-info.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_FACTS_WHOLE,               /* the header is sound and the file is as long as it says */
  PADDOCK_FACTS_UNFINISHED,          /* shorter than its header says, or known by its name for a download under way */
  PADDOCK_FACTS_BROKEN               /* the header cannot be read */
} PaddockFactsState;

/**
 * PaddockModelFacts:
 *
 * What one file says of itself, read once for each identity and kept in the library's cache: immutable and counted, to
 * be shared among threads. Strings that are not known are %NULL, numbers -1.
 */
typedef struct
{
  PaddockFactsState state;
  PaddockFileKind file_kind;         /* what it is that is no GGUF */
  PaddockModelKind kind;
  PaddockCapabilities capabilities;
  char *name;                        /* never NULL */
  char *architecture;
  char *architecture_name;
  char *quantization;
  char *size_label;
  char *base_name;                   /* general.basename: what a projector and its model have in common */
  char *license;
  char *repository;
  char *problem;                     /* why it is broken or unfinished, in one sentence */
  gint64 parameters;
  gint64 context_length;
  gint64 embedding_length;           /* of a projector: of what it projects into */
  gint64 layers;
  guint64 tensor_bytes;
  gboolean unread;                   /* broken, because the system did not let it be opened: another time it may */
  guint shard;                       /* from 0 */
  guint shards;                      /* 1: a model in one file */
  /* First half of SHA-256 over the header's bytes and the file's size, as 32 digits; of shards that of their own
     header. "" where there is no whole header. Two files with the same one hold the same model until a hash of all
     their bytes says otherwise. */
  char fingerprint[33];
} PaddockModelFacts;

/* Opens the file (no-follow is the caller's business) and reads its header, not those of other shards: for a worker. Never
   fails: what cannot be read is a broken file, with the reason; so is one whose reading was cancelled. */
PaddockModelFacts *paddock_model_facts_read  (const char *path, GCancellable *cancellable);
PaddockModelFacts *paddock_model_facts_ref   (PaddockModelFacts *self);
void               paddock_model_facts_unref (PaddockModelFacts *self);

/* The same facts for another name of the file: of a model that does not name itself, the name is that of its file. Itself
   where that makes no difference (transfer full). */
PaddockModelFacts *paddock_model_facts_rename (PaddockModelFacts *self, const char *from, const char *to);
/* For those who fill in what they have kept: nothing is known yet, except for its name. */
PaddockModelFacts *paddock_model_facts_new    (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockModelFacts, paddock_model_facts_unref)

G_END_DECLS
