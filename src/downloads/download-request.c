/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-request.h"

static void
free_source (gpointer data)
{
  PaddockDownloadSource *source = data;

  g_free (source->url);
  g_free (source->token);
  g_free (source);
}

/**
 * paddock_download_request_new:
 * @target: (type filename): the file that shall be there
 *
 * Returns: (transfer full): a request without a source
 */
PaddockDownloadRequest *
paddock_download_request_new (const char *target)
{
  PaddockDownloadRequest *self = g_atomic_rc_box_new0 (PaddockDownloadRequest);

  self->target = g_strdup (target);
  self->sources = g_ptr_array_new_with_free_func (free_source);
  self->size = -1;
  return self;
}

/**
 * paddock_download_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): @self
 */
PaddockDownloadRequest *
paddock_download_request_ref (PaddockDownloadRequest *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_request (gpointer data)
{
  PaddockDownloadRequest *self = data;

  g_free (self->target);
  g_ptr_array_unref (self->sources);
  g_free (self->identity);
  g_free (self->sha256);
}

/**
 * paddock_download_request_unref:
 * @self: (transfer full): a request
 */
void
paddock_download_request_unref (PaddockDownloadRequest *self)
{
  g_atomic_rc_box_release_full (self, clear_request);
}

/**
 * paddock_download_request_add_source:
 * @self: a request
 * @url: where the file can be had
 * @token: (nullable): for that server
 */
void
paddock_download_request_add_source (PaddockDownloadRequest *self, const char *url, const char *token)
{
  PaddockDownloadSource *source = g_new0 (PaddockDownloadSource, 1);

  source->url = g_strdup (url);
  source->token = g_strdup (token);
  g_ptr_array_add (self->sources, source);
}

/**
 * paddock_download_request_get_identity:
 * @self: a request with a source
 *
 * Returns: what tells this file from others, and stays the same however its addresses are signed
 */
const char *
paddock_download_request_get_identity (const PaddockDownloadRequest *self)
{
  return self->identity != NULL ? self->identity : ((PaddockDownloadSource *) g_ptr_array_index (self->sources, 0))->url;
}
