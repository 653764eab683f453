/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "token-retry.h"

#include "download-error.h"
#include "download-resolver.h"

struct _PaddockTokenRetry
{
  GObject parent_instance;

  /* Owned */
  PaddockDownloadQueue *queue;
  PaddockHubSession *hub;
  PaddockSignIn *sign_in;
};

G_DEFINE_FINAL_TYPE (PaddockTokenRetry, paddock_token_retry, G_TYPE_OBJECT)

/* By a hub: nobody else is told who the person is. */
static gboolean
is_refused (PaddockDownload *download)
{
  const GError *error = paddock_download_get_error (download);
  g_autofree char *id = NULL, *revision = NULL, *path = NULL;

  return paddock_download_get_state (download) == PADDOCK_DOWNLOAD_FAILED &&
         (g_error_matches (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_TOKEN) ||
          g_error_matches (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_GATED)) &&
         paddock_download_resolver_parse_text (paddock_download_get_origin (download)->text, &id, &revision, &path);
}

/* A token that only the keyring has is not looked for before somebody needs it: the keyring may ask for a password. */
static void
on_failed (PaddockTokenRetry *self, PaddockDownload *download)
{
  if (is_refused (download))
    paddock_sign_in_begin (self->sign_in);
}

static void
on_renewed (PaddockTokenRetry *self)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->queue));
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_object_unref);

  if (paddock_hub_session_get_token (self->hub) == NULL)
    return;
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (PaddockDownload) download = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      if (is_refused (download))
        g_ptr_array_add (refused, g_steal_pointer (&download));
    }
  for (guint i = 0; i < refused->len; i++)
    paddock_download_queue_resume (self->queue, g_ptr_array_index (refused, i));
}

static void
paddock_token_retry_finalize (GObject *object)
{
  PaddockTokenRetry *self = PADDOCK_TOKEN_RETRY (object);

  g_clear_object (&self->queue);
  g_clear_object (&self->hub);
  g_clear_object (&self->sign_in);
  G_OBJECT_CLASS (paddock_token_retry_parent_class)->finalize (object);
}

static void
paddock_token_retry_class_init (PaddockTokenRetryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_token_retry_finalize;
}

static void
paddock_token_retry_init (PaddockTokenRetry *self G_GNUC_UNUSED)
{
}

/**
 * paddock_token_retry_new:
 * @queue: what is downloaded
 * @hub: what is asked
 * @sign_in: who asks it
 *
 * Returns: (transfer full): for as long as it is there, they follow each other
 */
PaddockTokenRetry *
paddock_token_retry_new (PaddockDownloadQueue *queue, PaddockHubSession *hub, PaddockSignIn *sign_in)
{
  PaddockTokenRetry *self = g_object_new (PADDOCK_TYPE_TOKEN_RETRY, NULL);

  self->queue = g_object_ref (queue);
  self->hub = g_object_ref (hub);
  self->sign_in = g_object_ref (sign_in);
  g_signal_connect_object (queue, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sign_in, "renewed", G_CALLBACK (on_renewed), self, G_CONNECT_SWAPPED);
  return self;
}
