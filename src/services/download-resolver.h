/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-session.h"
#include "queue-surroundings.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_DOWNLOAD_RESOLVER (paddock_download_resolver_get_type ())

/**
 * PaddockDownloadResolver:
 *
 * Knows where downloads can be had: addresses as they are, and "hf://owner/name@revision/path" at the hub, with the
 * person's token for it.
 */
G_DECLARE_FINAL_TYPE (PaddockDownloadResolver, paddock_download_resolver, PADDOCK, DOWNLOAD_RESOLVER, GObject)

/* What a queue calls it by. */
extern const PaddockResolverMeans paddock_download_resolver_means;

/* hub: NULL for none. */
PaddockDownloadResolver *
paddock_download_resolver_new (PaddockHubSession *hub);

/* What is kept of a file of the hub, and what that means: FALSE: it is none. */
char *
paddock_download_resolver_build_text (const char *id, const char *revision, const char *path);
gboolean
paddock_download_resolver_parse_text (const char *text, char **id, char **revision, char **path);
/* Of PADDOCK_HUB_ERROR, as downloads call it. Takes it. */
GError *
paddock_download_resolver_translate (GError *problem);

G_END_DECLS
