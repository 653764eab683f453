/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-queue.h"
#include "sign-in.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_TOKEN_RETRY (paddock_token_retry_get_type ())

/**
 * PaddockTokenRetry:
 *
 * What a hub refused because it did not know who asks, is tried again as soon as that is known.
 */
G_DECLARE_FINAL_TYPE (PaddockTokenRetry, paddock_token_retry, PADDOCK, TOKEN_RETRY, GObject)

PaddockTokenRetry *
paddock_token_retry_new (PaddockDownloadQueue *queue, PaddockHubSession *hub, PaddockSignIn *sign_in);

G_END_DECLS
