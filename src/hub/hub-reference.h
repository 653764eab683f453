/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockHubReference:
 *
 * What a person means by a text: a repository of the hub, and perhaps a revision, a file or a quantization of it. Written as
 * "owner/name", "owner/name:Q4_K_M", "owner/name@revision", "owner/name/path/file.gguf", with "hf.co/" or "hf://" before it, or
 * as an address of the hub's pages.
 */
typedef struct
{
  char *id;           /* "owner/name" */
  char *revision;     /* NULL: the newest */
  char *path;         /* of a file in it; NULL: none in particular */
  char *quantization; /* as it was written; NULL: none in particular */
} PaddockHubReference;

/* endpoint: where the hub is, whose pages may be meant too. NULL: the text names nothing on a hub. */
PaddockHubReference *
paddock_hub_reference_parse (const char *text, const char *endpoint);
void
paddock_hub_reference_free (PaddockHubReference *self);

/* Whether a text can be the name of a repository. */
gboolean
paddock_hub_reference_is_id (const char *text);
/* The same of a file in one. */
gboolean
paddock_hub_reference_is_path (const char *path);
/* Path and query: "/owner/name/resolve/REVISION/path". */
char *
paddock_hub_reference_build_resolve (const char *id, const char *revision, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubReference, paddock_hub_reference_free)

G_END_DECLS
