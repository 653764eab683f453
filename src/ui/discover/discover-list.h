/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "discover/discover-item.h"
#include "hub-session.h"

G_BEGIN_DECLS

/**
 * PaddockDiscoverList:
 *
 * What a search of the hub finds, page after page, as a list of #PaddockDiscoverItem. There is one question on its way at a
 * time: a new one takes the place of that before. What was found stays until the next answer is there.
 *
 * Signal "changed": it is asking, or not any more, or something failed.
 */
#define PADDOCK_TYPE_DISCOVER_LIST (paddock_discover_list_get_type ())
G_DECLARE_FINAL_TYPE (PaddockDiscoverList, paddock_discover_list, PADDOCK, DISCOVER_LIST, GObject)

PaddockDiscoverList *paddock_discover_list_new (void);
/* Who is asked; NULL: nobody can be. Asks again what was asked. */
void paddock_discover_list_set_session (PaddockDiscoverList *self, PaddockHubSession *session);
/* Path and query of the first page, of paddock_hub_search_build_path(). */
void paddock_discover_list_ask (PaddockDiscoverList *self, const char *page);
/* The next page, unless it is on its way, there is none or it failed. */
void paddock_discover_list_ask_more (PaddockDiscoverList *self);
/* What failed, once more; or all from the beginning. */
void paddock_discover_list_ask_again (PaddockDiscoverList *self);
gboolean paddock_discover_list_is_asking (PaddockDiscoverList *self);
/* NULL: nothing is wrong. Where there are items, it is their next page that could not be had. */
const GError *paddock_discover_list_get_error (PaddockDiscoverList *self);
/* The hub cannot be asked, and said so then, in seconds since 1970; 0: it has just said it. */
gint64 paddock_discover_list_get_said_at (PaddockDiscoverList *self);
/* Where an item is; G_MAXUINT: nowhere any more. */
guint paddock_discover_list_find (PaddockDiscoverList *self, PaddockDiscoverItem *item);

G_END_DECLS
