/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "gguf/gguf-shards.h"
#include "loading/loading-caution.h"
#include "loading/tensor-stream.h"
#include "loading/tensor-summary.h"

G_BEGIN_DECLS

#define PADDOCK_TENSOR_STATS_DEFAULT_BINS 64u
#define PADDOCK_TENSOR_STATS_MAX_BINS 4096u
/* A tensor of so many bytes at most is read once, and kept until its numbers are counted; a larger one is read twice. */
#define PADDOCK_TENSOR_STATS_MOST_KEPT (128u << 20)

/**
 * PaddockTensorStats:
 *
 * What the numbers of one tensor come to, the same bits for any number of threads.
 */
typedef struct
{
  PaddockTensorSummary summary;
  guint n_bins;                      /* 0: none of the numbers is finite */
  guint64 *bins;                     /* owned: how many finite ones fall into equal parts of [minimum, maximum] */
  PaddockLoadingCaution caution;     /* what is not certain */
  PaddockLoadingEfficiency efficiency;
} PaddockTensorStats;

/* For a caller in a worker thread; worker may be NULL. n_bins 0: the default; lanes 0: one for each processor. */
PaddockTensorStats *paddock_tensor_stats_compute (PaddockGgufShards *shards, guint tensor_position, guint n_bins, guint lanes,
                                                  PaddockWorker *worker, GError **error);
void                paddock_tensor_stats_free    (PaddockTensorStats *self);

void                paddock_tensor_stats_compute_async  (PaddockGgufShards *shards, guint tensor_position, guint n_bins,
                                                         PaddockProgressFunc progress, gpointer progress_data,
                                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                                         gpointer user_data);
PaddockTensorStats *paddock_tensor_stats_compute_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockTensorStats, paddock_tensor_stats_free)

G_END_DECLS
