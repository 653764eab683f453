/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where a person told who they are on the hub, by what comes first. */
typedef enum
{
  PADDOCK_HUB_TOKEN_NONE,        /* nowhere, or they want it not to be sent by itself */
  PADDOCK_HUB_TOKEN_ENVIRONMENT, /* HF_TOKEN or HUGGING_FACE_HUB_TOKEN */
  PADDOCK_HUB_TOKEN_KEYRING,     /* of the desktop, for that endpoint */
  PADDOCK_HUB_TOKEN_FILE         /* that the hub's own tools write */
} PaddockHubTokenOrigin;

void
paddock_hub_token_load_async (const char *endpoint, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* NULL: there is none; with an error if it was cancelled, or if the keyring might have one and does not answer. */
char *
paddock_hub_token_load_finish (GAsyncResult *result, PaddockHubTokenOrigin *origin, GError **error);
/* The same without the keyring, at once. */
char *
paddock_hub_token_find (void);
/* Without blanks around it; NULL: it can be none. */
char *
paddock_hub_token_clean (const char *text);

G_END_DECLS
