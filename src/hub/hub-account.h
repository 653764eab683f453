/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-session.h"

G_BEGIN_DECLS

/**
 * PaddockHubAccount:
 *
 * Whom the hub takes a person for.
 */
typedef struct
{
  char *name;
  char *full_name;     /* NULL: they did not say */
  char *role;          /* what the token may do: "read", "write" or "fineGrained"; NULL: unknown */
  gboolean from_cache; /* the hub could not be asked: so it was before */
} PaddockHubAccount;

void
paddock_hub_account_free (PaddockHubAccount *self);
PaddockHubAccount *
paddock_hub_account_read (JsonNode *root); /* NULL: it is none */

/* Who the session's token belongs to. TOKEN or UNKNOWN: nobody knows it. */
void
paddock_hub_account_ask_async (PaddockHubSession *session,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
PaddockHubAccount *
paddock_hub_account_ask_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubAccount, paddock_hub_account_free)

G_END_DECLS
