/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-origin.h"

/**
 * paddock_download_origin_new:
 * @text: what says which file it is
 * @sha256: (nullable): its hash, as published
 * @size: its size, as published, or -1
 *
 * Returns: (transfer full): an origin
 */
PaddockDownloadOrigin *
paddock_download_origin_new (const char *text, const char *sha256, gint64 size)
{
  PaddockDownloadOrigin *self = g_atomic_rc_box_new0 (PaddockDownloadOrigin);

  self->text = g_strdup (text);
  self->sha256 = sha256 != NULL ? g_ascii_strdown (sha256, -1) : NULL;
  self->size = size;
  return self;
}

/**
 * paddock_download_origin_ref:
 * @self: an origin
 *
 * Returns: (transfer full): @self
 */
PaddockDownloadOrigin *
paddock_download_origin_ref (PaddockDownloadOrigin *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_origin (gpointer data)
{
  PaddockDownloadOrigin *self = data;

  g_free (self->text);
  g_free (self->sha256);
}

/**
 * paddock_download_origin_unref:
 * @self: (transfer full): an origin
 */
void
paddock_download_origin_unref (PaddockDownloadOrigin *self)
{
  g_atomic_rc_box_release_full (self, clear_origin);
}
