/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-listing.h"
#include "hub-search.h"

G_BEGIN_DECLS

/* How commands ask the hub. Whatever fails has been complained of. */

PaddockHubSession *
paddock_hub_access_open (void);
/* NULL, also when the person wants no more. */
PaddockHubListing *
paddock_hub_access_list (PaddockHubSession *session, const char *id, const char *revision);
PaddockHubPage *
paddock_hub_access_search (PaddockHubSession *session, const char *page);

G_END_DECLS
