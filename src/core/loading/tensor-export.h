/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "gguf/gguf-shards.h"
#include "loading/loading-caution.h"
#include "loading/tensor-stream.h"

G_BEGIN_DECLS

/**
 * PaddockTensorExport:
 *
 * What was written when a tensor was exported.
 */
typedef struct
{
  guint64 bytes;
  PaddockLoadingCaution caution;
  PaddockLoadingEfficiency efficiency;
} PaddockTensorExport;

/* The numbers as 32-bit floats, little-endian, in the order of the tensor. Target gets its name when all is written. */
PaddockTensorExport *paddock_tensor_export_run  (PaddockGgufShards *shards, guint tensor_position, const char *target,
                                                 PaddockWorker *worker, GError **error);
void                 paddock_tensor_export_free (PaddockTensorExport *self);

void                 paddock_tensor_export_run_async  (PaddockGgufShards *shards, guint tensor_position, const char *target,
                                                       PaddockProgressFunc progress, gpointer progress_data,
                                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                                       gpointer user_data);
PaddockTensorExport *paddock_tensor_export_run_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockTensorExport, paddock_tensor_export_free)

G_END_DECLS
