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
  char *text;   /* an address, or whatever else the resolver understands */
  char *sha256; /* as published; NULL: unknown */
  gint64 size;  /* as published; -1: unknown */
} PaddockDownloadOrigin;

PaddockDownloadOrigin *
paddock_download_origin_new (const char *text, const char *sha256, gint64 size);
PaddockDownloadOrigin *
paddock_download_origin_ref (PaddockDownloadOrigin *self);
void
paddock_download_origin_unref (PaddockDownloadOrigin *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockDownloadOrigin, paddock_download_origin_unref)

G_END_DECLS
