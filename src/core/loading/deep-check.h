/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "loading/tensor-stream.h"
#include "model/model-report.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_DEEP_PROBLEM_NUMBERS,      /* scales or numbers that are none, or infinite */
  PADDOCK_DEEP_PROBLEM_UNREADABLE,   /* see error */
  PADDOCK_DEEP_PROBLEM_CHANGED       /* the file was written to meanwhile; see error */
} PaddockDeepProblemKind;

/**
 * PaddockDeepProblem:
 *
 * What is wrong with one tensor.
 */
typedef struct
{
  PaddockDeepProblemKind kind;
  guint position;                    /* of the tensor in the model */
  guint shard;
  char *name;                        /* valid UTF-8 */
  const PaddockQuantType *type;      /* NULL: unknown */
  guint64 offset;                    /* in the shard: of the first bad block, or of what could not be read */
  guint64 nan;                       /* of a quantized type, scales; else numbers */
  guint64 infinity;
  GError *error;                     /* NULL for numbers */
} PaddockDeepProblem;

/**
 * PaddockDeepCheck:
 *
 * Every tensor of a model, read and looked at. Immutable.
 */
typedef struct _PaddockDeepCheck PaddockDeepCheck;

/* For a caller in a worker thread; worker may be NULL. lanes 0: one for each processor. */
PaddockDeepCheck *paddock_deep_check_run  (PaddockGgufShards *shards, guint lanes, PaddockWorker *worker, GError **error);
void              paddock_deep_check_free (PaddockDeepCheck *self);

void              paddock_deep_check_run_async  (PaddockGgufShards *shards, PaddockProgressFunc progress, gpointer progress_data,
                                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
PaddockDeepCheck *paddock_deep_check_run_finish (GAsyncResult *result, GError **error);

guint                           paddock_deep_check_get_n_problems (PaddockDeepCheck *self);
/* As they lie in the files. */
const PaddockDeepProblem       *paddock_deep_check_get_problem    (PaddockDeepCheck *self, guint position);
guint                           paddock_deep_check_get_n_tensors  (PaddockDeepCheck *self);   /* that were read */
const PaddockLoadingEfficiency *paddock_deep_check_get_efficiency (PaddockDeepCheck *self);

/* The report on the same model, with what was found in place of what its sample found. */
PaddockModelReport *paddock_deep_check_complete_report (PaddockDeepCheck *self, PaddockModelReport *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockDeepCheck, paddock_deep_check_free)

G_END_DECLS
