/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-account.h"
#include "hub-header.h"
#include "hub-listing.h"
#include "hub-reference.h"
#include "hub-search.h"
#include "hub-token.h"
#include "hub-update.h"
#include "ollama-manifest.h"

G_BEGIN_DECLS

/* How commands ask the hub. Whatever fails has been complained of. */

PaddockHubSession *
paddock_hub_access_open (void);
PaddockHubSession *
paddock_hub_access_open_as (PaddockHubTokenOrigin *origin);
/* Without a token. */
PaddockHubSession *
paddock_hub_access_open_unknown (void);
PaddockHubAccount *
paddock_hub_access_ask_account (PaddockHubSession *session);
/* In the keyring; NULL: none is kept any more. */
gboolean
paddock_hub_access_keep_token (PaddockHubSession *session, const char *token);
GPtrArray *
paddock_hub_access_check_updates (PaddockHubSession *session, GPtrArray *origins);
/* Nothing where it is what the hub says now. */
void
paddock_hub_access_print_age (gint64 said_at, gboolean from_cache);
/* NULL, also when the person wants no more. */
PaddockHubListing *
paddock_hub_access_list (PaddockHubSession *session, const char *id, const char *revision);
PaddockHubPage *
paddock_hub_access_search (PaddockHubSession *session, const char *page);
/* what: as the person wrote it. */
PaddockOllamaManifest *
paddock_hub_access_read_manifest (PaddockHubSession *registry, const PaddockOllamaReference *reference, const char *what);
/* The model that is meant, with all files of its set, for none of them is of use without the others. what: as the person
   wrote it. */
const PaddockHubVariant *
paddock_hub_access_find_variant (const PaddockHubListing *listing, const PaddockHubReference *reference, const char *what);
PaddockHubHeader *
paddock_hub_access_read_header (PaddockHubSession *session,
                                const PaddockHubListing *listing,
                                const PaddockHubVariant *variant,
                                const char *what);

G_END_DECLS
