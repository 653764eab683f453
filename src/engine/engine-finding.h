/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine-fit.h"
#include "estimate/memory-estimate.h"
#include "gguf/gguf-shards.h"

G_BEGIN_DECLS

/* What a model needs, in the parts that the engine tells. */
typedef struct
{
  guint64 weights, cache, compute;
} PaddockEngineNumbers;

/**
 * PaddockEngineFinding:
 *
 * How the engine's answer differs from ours, about which model and which question.
 */
typedef struct
{
  /* Owned */
  char *id;                          /* of the model, the question and the engine's version together */
  char *model;                       /* the name of its file */
  char *identity;                    /* of its tensors, wherever the file lies and whatever it is called */
  char *version;                     /* of the engine; NULL: unknown */
  char **question;                   /* its arguments, but for the model */

  PaddockEngineNumbers ours, theirs;
  /* The engine's less ours; 0: the same, as far as the engine tells. */
  gint64 weights, cache, compute;
  guint64 size;                      /* of the model's files */
  gint64 found_at;                   /* seconds since 1970 */
} PaddockEngineFinding;

/* ours is of the aligned request that the engine was asked about. */
PaddockEngineFinding *paddock_engine_finding_new  (PaddockGgufShards *model, const PaddockMemoryEstimate *ours,
                                                   const PaddockEngineFit *theirs);
PaddockEngineFinding *paddock_engine_finding_new_empty (void);
void                  paddock_engine_finding_free (PaddockEngineFinding *self);

/* The identity of all findings about a model. */
char                 *paddock_engine_finding_identify (PaddockGgufShards *model);
gboolean              paddock_engine_finding_differs (const PaddockEngineFinding *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockEngineFinding, paddock_engine_finding_free)

G_END_DECLS
