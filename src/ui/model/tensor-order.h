/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_TENSOR_BY_POSITION,        /* as they stand in the file */
  PADDOCK_TENSOR_BY_NAME,            /* blk.2 before blk.10 */
  PADDOCK_TENSOR_BY_TYPE,
  PADDOCK_TENSOR_BY_SHAPE,           /* by the number of elements */
  PADDOCK_TENSOR_BY_BYTES,
  PADDOCK_TENSOR_BY_OFFSET,
  PADDOCK_TENSOR_BY_SHARD
} PaddockTensorKey;

/**
 * PaddockTensorOrder:
 *
 * Which tensors of a model a list shows, and in which order.
 */
typedef struct
{
  guint *positions;
  guint count;
  guint64 bytes;                     /* of the tensors shown */
} PaddockTensorOrder;

void                paddock_tensor_order_make_async  (PaddockGgufShards   *shards,
                                                      const char          *search,
                                                      PaddockTensorKey     key,
                                                      gboolean             descending,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
PaddockTensorOrder *paddock_tensor_order_make_finish (GAsyncResult        *result,
                                                      GError             **error);
void                paddock_tensor_order_free        (PaddockTensorOrder  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockTensorOrder, paddock_tensor_order_free)

G_END_DECLS
