/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-repository.h"
#include "hub-session.h"

G_BEGIN_DECLS

/* A repository at one commit, with all of its files. */
typedef struct
{
  PaddockHubRepository *repository;
  GPtrArray *files;    /* PaddockHubFile */
  GPtrArray *variants; /* PaddockHubVariant of these files */
  gint64 said_at;      /* when the hub said it or confirmed it, in seconds since 1970 */
  gboolean from_cache; /* it could not be asked: that is what it said then */
} PaddockHubListing;

void
paddock_hub_listing_free (PaddockHubListing *self);
/* revision: NULL for the newest. */
void
paddock_hub_listing_load_async (PaddockHubSession *session,
                                const char *id,
                                const char *revision,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
PaddockHubListing *
paddock_hub_listing_load_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubListing, paddock_hub_listing_free)

G_END_DECLS
