/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The token that a person gave to Paddock, in the keyring of their desktop: one for each endpoint. Where there is no keyring,
   as on many servers, it is PADDOCK_HUB_ERROR_KEYRING, which is nothing unusual. */

/* NULL without an error: there is none. */
void
paddock_hub_keyring_lookup_async (const char *endpoint,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char *
paddock_hub_keyring_lookup_finish (GAsyncResult *result, GError **error);
void
paddock_hub_keyring_store_async (
    const char *endpoint, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean
paddock_hub_keyring_store_finish (GAsyncResult *result, GError **error);
/* That there was none is no error. */
void
paddock_hub_keyring_clear_async (const char *endpoint,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean
paddock_hub_keyring_clear_finish (GAsyncResult *result, GError **error);

G_END_DECLS
