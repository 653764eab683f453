/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-answer.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define PADDOCK_HUB_ENDPOINT "https://huggingface.co"

#define PADDOCK_TYPE_HUB_SESSION (paddock_hub_session_get_type ())

/**
 * PaddockHubSession:
 *
 * Questions to the hub's interface. The token is sent to the endpoint and to no other server, whatever the answers say.
 */
G_DECLARE_FINAL_TYPE (PaddockHubSession, paddock_hub_session, PADDOCK, HUB_SESSION, GObject)

/* endpoint: NULL for HF_ENDPOINT, or the hub itself. token: NULL for none. NULL: the endpoint is no address. */
PaddockHubSession *
paddock_hub_session_new (const char *endpoint, const char *token, GError **error);
/* Without a slash at its end. */
const char *
paddock_hub_session_get_endpoint (PaddockHubSession *self);
/* Asks another hub from now on, where nobody is signed in. FALSE: that is no address, and nothing is changed. */
gboolean
paddock_hub_session_set_endpoint (PaddockHubSession *self, const char *endpoint, GError **error);
gboolean
paddock_hub_session_is_endpoint (const char *text);
const char *
paddock_hub_session_get_token (PaddockHubSession *self);
/* NULL: nobody is signed in any more. */
void
paddock_hub_session_set_token (PaddockHubSession *self, const char *token);
/* Until when the hub wants to be left alone, in seconds since 1970; 0: it may be asked. */
gint64
paddock_hub_session_get_busy_until (PaddockHubSession *self);

/* path: with its query, "/api/models?search=qwen". The answer is JSON. Where the hub cannot be asked, it is what it said
   before, if it did. */
void
paddock_hub_session_ask_async (
    PaddockHubSession *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
PaddockHubAnswer *
paddock_hub_session_ask_finish (PaddockHubSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
