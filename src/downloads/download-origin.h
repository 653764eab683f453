/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockDownloadOrigin:
 *
 * Which file is wanted, in words that outlast its addresses: no token, and nothing that expires. Counted; nobody changes it.
 */
typedef struct
{
  char *text;     /* an address, or whatever else the resolver understands */
  char *sha256;   /* as published; NULL: unknown */
  gint64 size;    /* as published; -1: unknown */
  char **mirrors; /* addresses of the same file elsewhere, which get no token; NULL: none */
} PaddockDownloadOrigin;

PaddockDownloadOrigin *
paddock_download_origin_new (const char *text, const char *sha256, gint64 size);
/* The same, with other mirrors. */
PaddockDownloadOrigin *
paddock_download_origin_new_with_mirrors (const PaddockDownloadOrigin *origin, const char *const *mirrors);
/* With one more. */
PaddockDownloadOrigin *
paddock_download_origin_new_with_mirror (const PaddockDownloadOrigin *origin, const char *url);
/* Whether it is had from there already. */
gboolean
paddock_download_origin_has (const PaddockDownloadOrigin *self, const char *url);
PaddockDownloadOrigin *
paddock_download_origin_ref (PaddockDownloadOrigin *self);
void
paddock_download_origin_unref (PaddockDownloadOrigin *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockDownloadOrigin, paddock_download_origin_unref)

G_END_DECLS
