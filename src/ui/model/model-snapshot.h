/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/model-shape.h"
#include "model/model-info.h"
#include "model/model-report.h"
#include "model/type-shares.h"

G_BEGIN_DECLS

/**
 * PaddockModelSnapshot:
 *
 * Everything that the pages show of one model, read at one moment by a worker. Reference counted; the fields are
 * read only. Without @shards nothing could be opened, and the report says why.
 */
typedef struct
{
  char *path;
  PaddockGgufShards *shards;         /* NULL: nothing could be opened */
  PaddockModelInfo *info;            /* NULL with shards */
  PaddockTypeShares *shares;         /* NULL with shards */
  PaddockModelShape *shape;          /* NULL: nobody can tell what it needs to run */
  GError *shape_problem;             /* why not; NULL with shape */
  PaddockModelReport *report;
} PaddockModelSnapshot;

void                  paddock_model_snapshot_load_async  (const char          *path,
                                                          GCancellable        *cancellable,
                                                          GAsyncReadyCallback  callback,
                                                          gpointer             user_data);
PaddockModelSnapshot *paddock_model_snapshot_load_finish (GAsyncResult        *result,
                                                          GError             **error);
PaddockModelSnapshot *paddock_model_snapshot_ref         (PaddockModelSnapshot *self);
void                  paddock_model_snapshot_unref       (PaddockModelSnapshot *self);

/* The header could not be read to its end. */
gboolean paddock_model_snapshot_is_broken   (PaddockModelSnapshot *self);
/* There are keys or tensors to look at, broken or not. */
gboolean paddock_model_snapshot_has_content (PaddockModelSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockModelSnapshot, paddock_model_snapshot_unref)

G_END_DECLS
