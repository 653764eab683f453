/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 bytes;
  guint tensors;                     /* 0: there is no such layer, only ones around it */
  char *types;                       /* "Q4_K, Q6_K, F32": the one with most bytes first */
} PaddockTensorLayer;

/**
 * PaddockTensorLayers:
 *
 * What the layers of a model are made of, by the names of its tensors: "blk.7." is the eighth layer.
 */
typedef struct _PaddockTensorLayers PaddockTensorLayers;

PaddockTensorLayers      *paddock_tensor_layers_new        (PaddockGgufShards *shards);
void                      paddock_tensor_layers_free       (PaddockTensorLayers *self);
guint                     paddock_tensor_layers_get_count  (PaddockTensorLayers *self);
const PaddockTensorLayer *paddock_tensor_layers_get_layer  (PaddockTensorLayers *self, guint layer);
/* What the names of its tensors begin with: "blk.7." */
char                     *paddock_tensor_layers_dup_prefix (PaddockTensorLayers *self, guint layer);
/* FALSE for tensors that belong to none. */
gboolean                  paddock_tensor_layers_find       (PaddockTensorLayers *self, PaddockGgufShards *shards,
                                                            guint position, guint *layer);

void                 paddock_tensor_layers_make_async  (PaddockGgufShards   *shards,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             user_data);
PaddockTensorLayers *paddock_tensor_layers_make_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockTensorLayers, paddock_tensor_layers_free)

G_END_DECLS
