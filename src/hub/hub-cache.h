/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-cached.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockHubCache:
 *
 * A folder of what may be needed again: when it has not changed, or when there is no network. What was not used for the
 * longest time goes first when it grows too large. Counted; any thread may use it.
 */
typedef struct _PaddockHubCache PaddockHubCache;

/* path: of the folder, which need not be there yet. limit: bytes of all files together. */
PaddockHubCache *
paddock_hub_cache_new (const char *path, guint64 limit);
PaddockHubCache *
paddock_hub_cache_ref (PaddockHubCache *self);
void
paddock_hub_cache_unref (PaddockHubCache *self);

/* From workers; a key is any text. NULL: there is nothing. */
PaddockHubCached *
paddock_hub_cache_load (PaddockHubCache *self, const char *key);
/* What cannot be kept is not kept. */
void
paddock_hub_cache_store (PaddockHubCache *self, const char *key, const PaddockHubCached *cached);

/* The same from a main loop: it takes no longer than a disk does. */
void
paddock_hub_cache_load_async (PaddockHubCache *self, const char *key, GAsyncReadyCallback callback, gpointer user_data);
PaddockHubCached *
paddock_hub_cache_load_finish (GAsyncResult *result);
void
paddock_hub_cache_store_async (
    PaddockHubCache *self, const char *key, PaddockHubCached *cached, GAsyncReadyCallback callback, gpointer user_data);
void
paddock_hub_cache_store_finish (GAsyncResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubCache, paddock_hub_cache_unref)

G_END_DECLS
