/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-session.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_HUB_TRENDING,
  PADDOCK_HUB_DOWNLOADS,
  PADDOCK_HUB_LIKES,
  PADDOCK_HUB_MODIFIED,
  PADDOCK_HUB_CREATED
} PaddockHubOrder;

/* What is looked for. The strings are borrowed; NULL: any. */
typedef struct
{
  const char *text;
  const char *author;
  const char *task; /* "text-generation" */
  PaddockHubOrder order;
  guint limit; /* of a page; 0: as many as fit a screen */
} PaddockHubQuery;

/* One page of what was found. */
typedef struct
{
  GPtrArray *repositories; /* PaddockHubRepository */
  char *next;              /* of the next page; NULL: that was all */
  gint64 said_at;          /* when the hub said it or confirmed it, in seconds since 1970 */
  gboolean from_cache;     /* it could not be asked: that is what it said then */
} PaddockHubPage;

void
paddock_hub_page_free (PaddockHubPage *self);

/* Path and query of the first page. */
char *
paddock_hub_search_build_path (const PaddockHubQuery *query);
/* page: as it was built, or as the page before says. */
void
paddock_hub_search_load_async (
    PaddockHubSession *session, const char *page, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
PaddockHubPage *
paddock_hub_search_load_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubPage, paddock_hub_page_free)

G_END_DECLS
