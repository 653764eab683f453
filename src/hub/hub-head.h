/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-file.h"
#include "hub-session.h"

G_BEGIN_DECLS

/* A file on a server. The strings are borrowed. */
typedef struct
{
  const char *url;  /* where it is asked for */
  const char *key;  /* what is the same for the same bytes, wherever they are: their hash, or where they were at which commit */
  const char *name; /* what to call it */
  gint64 size;      /* -1: unknown */
  /* What has the same vocabulary, as all of a repository may have: it is fetched for one of them. NULL: nothing has. */
  const char *group;
} PaddockHubHeadPlace;

/**
 * PaddockHubHead:
 *
 * The header of one file on a server, read in growing parts until it is whole, or known to be broken.
 */
typedef struct
{
  PaddockGgufFile *file; /* as scanned: it may have a failure */
  guint64 fetched;       /* bytes that came over the network; 0: it was kept from another time */
} PaddockHubHead;

void
paddock_hub_head_free (PaddockHubHead *self);
void
paddock_hub_head_load_async (PaddockHubSession *session,
                             const PaddockHubHeadPlace *place,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
PaddockHubHead *
paddock_hub_head_load_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubHead, paddock_hub_head_free)

G_END_DECLS
