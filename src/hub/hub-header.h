/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/model-shape.h"
#include "hub-listing.h"
#include "hub-variant.h"
#include "model/model-info.h"
#include "model/model-report.h"

G_BEGIN_DECLS

/**
 * PaddockHubHeader:
 *
 * What the files of a model on the hub say of it, found out before they are downloaded: the same as of files on this computer,
 * except for what only their numbers tell. Counted; nobody changes it.
 */
typedef struct
{
  PaddockGgufShards *shards;
  PaddockModelInfo *info;
  PaddockModelReport *report;
  PaddockModelShape *shape; /* NULL: nobody can estimate what it needs */
  char *reason;             /* for that; NULL: there is a shape */
  guint64 fetched;          /* bytes that came over the network; 0: all was kept from another time */
} PaddockHubHeader;

PaddockHubHeader *
paddock_hub_header_ref (PaddockHubHeader *self);
void
paddock_hub_header_unref (PaddockHubHeader *self);

/* One of the variants of the listing. Neither has to outlive the call. */
void
paddock_hub_header_load_async (PaddockHubSession *session,
                               const PaddockHubListing *listing,
                               const PaddockHubVariant *variant,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
PaddockHubHeader *
paddock_hub_header_load_finish (GAsyncResult *result, GError **error);

/* Of files that were scanned, which takes some milliseconds: for a worker. */
PaddockHubHeader *
paddock_hub_header_new (PaddockGgufFile *const *files, guint n_files, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubHeader, paddock_hub_header_unref)

G_END_DECLS
