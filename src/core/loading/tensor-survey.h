/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "gguf/gguf-shards.h"
#include "loading/tensor-stream.h"
#include "loading/tensor-summary.h"

G_BEGIN_DECLS

/**
 * PaddockTensorSurvey:
 *
 * What the numbers of every tensor of a model come to, from one reading of its files.
 */
typedef struct _PaddockTensorSurvey PaddockTensorSurvey;

/*
 * For a caller in a worker thread; worker may be NULL. lanes 0: one for each processor. What cannot be read is left out,
 * and get_problem() says why.
 */
PaddockTensorSurvey *paddock_tensor_survey_run  (PaddockGgufShards *shards, guint lanes, PaddockWorker *worker,
                                                 GError **error);
void                 paddock_tensor_survey_free (PaddockTensorSurvey *self);

void                 paddock_tensor_survey_run_async  (PaddockGgufShards *shards, PaddockProgressFunc progress,
                                                       gpointer progress_data, GCancellable *cancellable,
                                                       GAsyncReadyCallback callback, gpointer user_data);
PaddockTensorSurvey *paddock_tensor_survey_run_finish (GAsyncResult *result, GError **error);

/* By the tensor's position in the model, as paddock_gguf_shards_get_tensor() has it. */
guint                       paddock_tensor_survey_get_n_tensors (PaddockTensorSurvey *self);
/* NULL: not known */
const PaddockTensorSummary *paddock_tensor_survey_get_summary   (PaddockTensorSurvey *self, guint position);
/* Why not; NULL: it is known */
const GError               *paddock_tensor_survey_get_problem   (PaddockTensorSurvey *self, guint position);
const PaddockLoadingEfficiency *paddock_tensor_survey_get_efficiency (PaddockTensorSurvey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockTensorSurvey, paddock_tensor_survey_free)

G_END_DECLS
