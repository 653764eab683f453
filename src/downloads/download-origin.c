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
 * paddock_download_origin_new_with_mirrors:
 * @origin: an origin
 * @mirrors: (nullable) (array zero-terminated=1): addresses of the same file
 *
 * Returns: (transfer full): the same origin, with no other mirrors than these
 */
PaddockDownloadOrigin *
paddock_download_origin_new_with_mirrors (const PaddockDownloadOrigin *origin, const char *const *mirrors)
{
  PaddockDownloadOrigin *self = paddock_download_origin_new (origin->text, origin->sha256, origin->size);

  if (mirrors != NULL && mirrors[0] != NULL)
    self->mirrors = g_strdupv ((char **) mirrors);
  return self;
}

/**
 * paddock_download_origin_new_with_mirror:
 * @origin: an origin
 * @url: another address of the same file
 *
 * Returns: (transfer full): the same origin, with that one as the last of its mirrors
 */
PaddockDownloadOrigin *
paddock_download_origin_new_with_mirror (const PaddockDownloadOrigin *origin, const char *url)
{
  g_autoptr (GStrvBuilder) mirrors = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (origin->mirrors != NULL)
    g_strv_builder_addv (mirrors, (const char **) origin->mirrors);
  if (!paddock_download_origin_has (origin, url))
    g_strv_builder_add (mirrors, url);
  all = g_strv_builder_end (mirrors);
  return paddock_download_origin_new_with_mirrors (origin, (const char *const *) all);
}

gboolean
paddock_download_origin_has (const PaddockDownloadOrigin *self, const char *url)
{
  return g_str_equal (self->text, url) ||
         (self->mirrors != NULL && g_strv_contains ((const char *const *) self->mirrors, url));
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
  g_strfreev (self->mirrors);
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
