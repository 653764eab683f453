/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-listing.h"

G_BEGIN_DECLS

/**
 * PaddockHubOrigin:
 *
 * A model that somebody has, and where on the hub it is from.
 */
typedef struct
{
  char *id;         /* of the model: whatever the caller finds it again by */
  char *repository; /* "owner/name" */
  char *revision;   /* that it was when it was fetched; NULL: unknown */
  GPtrArray *files; /* PaddockHubFile: what it consists of, paths in the repository or only names; hashes as far as known */
} PaddockHubOrigin;

PaddockHubOrigin *
paddock_hub_origin_new (const char *id, const char *repository, const char *revision);
void
paddock_hub_origin_free (PaddockHubOrigin *self);

typedef enum
{
  PADDOCK_HUB_UPDATE_SAME,
  PADDOCK_HUB_UPDATE_CHANGED, /* another file is there under its name */
  PADDOCK_HUB_UPDATE_GONE,    /* no file is there under its name any more */
  PADDOCK_HUB_UPDATE_UNKNOWN  /* too little is known of one of them, or the hub did not answer */
} PaddockHubUpdateState;

/**
 * PaddockHubUpdate:
 *
 * What the hub has today in the place of a model.
 */
typedef struct
{
  PaddockHubUpdateState state;
  char *id;              /* of the model */
  char *repository;      /* as it is called today */
  char *commit;          /* that has it; NULL: unknown */
  gint64 modified;       /* when something in the repository changed last, in seconds since 1970; -1: unknown */
  gint64 size, new_size; /* of all its files: of what somebody has, and of what is there; -1: unknown */
  GPtrArray *changed;    /* PaddockHubFile: those that are others now, as the hub has them */
  GError *error;         /* why the hub did not answer; NULL: it did */
} PaddockHubUpdate;

void
paddock_hub_update_free (PaddockHubUpdate *self);
/* Never NULL. */
PaddockHubUpdate *
paddock_hub_update_compare (const PaddockHubOrigin *origin, const PaddockHubListing *listing);

/* Of many (element-type PaddockHubOrigin), which have to outlive the call; repositories are asked for once each, a few at a
   time. */
void
paddock_hub_update_check_async (
    PaddockHubSession *session, GPtrArray *origins, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* One for each, in their order (element-type PaddockHubUpdate); NULL only if it was cancelled. */
GPtrArray *
paddock_hub_update_check_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubOrigin, paddock_hub_origin_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubUpdate, paddock_hub_update_free)

G_END_DECLS
