/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockHubCached:
 *
 * What a server said once. Counted; nobody changes it.
 */
typedef struct
{
  char *tag;   /* by which the server knows it again; NULL: none */
  char *next;  /* where it goes on; NULL: nowhere */
  gint64 at;   /* when it was said or confirmed: seconds since 1970 */
  gint64 size; /* of the whole of which this is the begin; -1: this is all of it */
  GBytes *body;
} PaddockHubCached;

/* Said now. */
PaddockHubCached *
paddock_hub_cached_new (GBytes *body, const char *tag, const char *next, gint64 size);
PaddockHubCached *
paddock_hub_cached_ref (PaddockHubCached *self);
void
paddock_hub_cached_unref (PaddockHubCached *self);

/* As it lies on the disk, where anything may have happened to it: NULL if it is not that of the key, or not whole. */
GBytes *
paddock_hub_cached_pack (const PaddockHubCached *self, const char *key);
PaddockHubCached *
paddock_hub_cached_unpack (GBytes *bytes, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubCached, paddock_hub_cached_unref)

G_END_DECLS
