/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "loading/loading-plan.h"
#include "loading/loading-recovery.h"

G_BEGIN_DECLS

/**
 * PaddockTensorWindow:
 *
 * A few whole units of a tensor, in memory while the function that gets them runs.
 */
typedef struct
{
  const PaddockLoadingItem *item;
  guint item_index;                  /* of the plan */
  guint64 number;                    /* which window of the tensor, from 0 */
  guint64 n_windows;                 /* that the tensor has */
  guint64 offset;                    /* of the bytes in the tensor */
  const guint8 *bytes;
  gsize length;
  guint lane;                        /* see PaddockPoolFunc */
  PaddockWorker *worker;             /* to be polled in long work; NULL */
} PaddockTensorWindow;

/* FALSE, with error set, ends the whole stream. Called by many threads at once unless the stream has one lane. */
typedef gboolean (*PaddockTensorWindowFunc) (const PaddockTensorWindow *window, gpointer user_data, GError **error);

/**
 * PaddockLoadingEfficiency:
 *
 * What a stream took.
 */
typedef struct
{
  guint64 model_bytes;               /* of the model's files */
  guint64 bytes_mapped;              /* of their headers */
  guint64 bytes_copied;              /* of tensors, into the windows */
  guint64 peak_held;                 /* memory beyond the mappings, at most */
  double seconds;
  guint lanes;
} PaddockLoadingEfficiency;

/**
 * PaddockTensorStream:
 *
 * How a plan is read. One lane reads strictly in the order of the plan, in the calling thread.
 */
typedef struct
{
  guint lanes;                       /* threads at most; 0: one for each processor */
  guint lane_bytes;                  /* memory that func holds for each of them, for the record */
  PaddockLoadingRecovery *recovery;  /* borrowed; NULL: stops at the first trouble */
  PaddockTensorWindowFunc func;
  gpointer user_data;
  guint64 done_before;               /* progress of the stages before this one, in bytes */
  guint64 total;                     /* of all stages; 0: this is the only one */
} PaddockTensorStream;

/* No stream holds more than this beyond the mappings, whatever it reads. */
#define PADDOCK_TENSOR_STREAM_MAX_HELD (256u << 20)
/* A window has at most so many bytes: it stays in the cache of one processor until it has been looked at. */
#define PADDOCK_TENSOR_STREAM_WINDOW (256u << 10)

gboolean paddock_tensor_stream_run (const PaddockTensorStream *self, PaddockLoadingPlan *plan, PaddockWorker *worker,
                                    PaddockLoadingEfficiency *efficiency, GError **error);

guint64 paddock_tensor_stream_count_windows (const PaddockLoadingItem *item);
/* Bytes in a second, 0 when it took no time. */
double  paddock_loading_efficiency_get_throughput (const PaddockLoadingEfficiency *self);

G_END_DECLS
