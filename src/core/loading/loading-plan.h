/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-shards.h"
#include "loading/loading-error.h"

G_BEGIN_DECLS

/**
 * PaddockLoadingItem:
 *
 * One tensor of a plan.
 */
typedef struct
{
  guint position;                    /* among the tensors of the model */
  guint shard;
  PaddockGgufFile *file;             /* borrowed of the model, as are these */
  const PaddockGgufTensor *tensor;
  const PaddockQuantType *type;      /* NULL: unknown */
  guint64 offset;                    /* of its first byte in the file */
  guint64 bytes;                     /* of its numbers, without what some types have behind them */
  guint unit_bytes;                  /* it may be cut at multiples of this */
  GError *problem;                   /* owned: why it cannot be read; NULL */
} PaddockLoadingItem;

/**
 * PaddockLoadingPlan:
 *
 * Which tensors of a model are read, in the order in which they lie in its files. Keeps the model. Reference counted,
 * immutable.
 */
typedef struct _PaddockLoadingPlan PaddockLoadingPlan;

PaddockLoadingPlan *paddock_loading_plan_new_for_model  (PaddockGgufShards *shards);   /* all that are there */
PaddockLoadingPlan *paddock_loading_plan_new_for_tensor (PaddockGgufShards *shards, guint position, GError **error);
PaddockLoadingPlan *paddock_loading_plan_ref            (PaddockLoadingPlan *self);
void                paddock_loading_plan_unref          (PaddockLoadingPlan *self);

PaddockGgufShards        *paddock_loading_plan_get_shards  (PaddockLoadingPlan *self);
guint                     paddock_loading_plan_get_n_items (PaddockLoadingPlan *self);
const PaddockLoadingItem *paddock_loading_plan_get_item    (PaddockLoadingPlan *self, guint position);
/* Of those that can be read. */
guint64                   paddock_loading_plan_get_bytes   (PaddockLoadingPlan *self);

/* Valid UTF-8, for people. */
char *paddock_loading_item_dup_name (const PaddockLoadingItem *self);
/* Says in front of the error which file and tensor it is about. */
void  paddock_loading_item_prefix_error (const PaddockLoadingItem *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLoadingPlan, paddock_loading_plan_unref)

G_END_DECLS
