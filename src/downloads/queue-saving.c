/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-private.h"

#include "base/worker.h"
#include "download-error.h"

/* What is written, and where. */
typedef struct
{
  PaddockDownloadStore *store;
  GBytes *text;
} Saving;

static void
free_saving (gpointer data)
{
  Saving *saving = data;

  paddock_download_store_unref (saving->store);
  g_bytes_unref (saving->text);
  g_free (saving);
}

static gpointer
run_saving (PaddockWorker *worker G_GNUC_UNUSED, gpointer snapshot, GError **error)
{
  const Saving *saving = snapshot;

  return paddock_download_store_save (saving->store, saving->text, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data G_GNUC_UNUSED)
{
  PaddockDownloadQueue *self = PADDOCK_DOWNLOAD_QUEUE (source);
  g_autoptr (GError) error = NULL;

  paddock_worker_run_finish (source, result, &error);
  self->saving = FALSE;
  paddock_queue_set_problem (self, error);
  if (self->unsaved)
    paddock_queue_save_soon (self);
  paddock_queue_notify (self);
}

/* One at a time: what changes meanwhile is written by the next one. */
void
paddock_queue_save (PaddockDownloadQueue *self)
{
  Saving *saving = g_new0 (Saving, 1);
  const PaddockWork work = {
    .name = "download queue saving",
    .run = run_saving,
    .snapshot = saving,
    .snapshot_free = free_saving,
  };

  saving->store = paddock_download_store_ref (self->store);
  saving->text = paddock_download_store_make_text (&self->settings, self->downloads);
  self->unsaved = FALSE;
  self->saving = TRUE;
  paddock_worker_run_async (self, &work, NULL, on_saved, NULL);
}

static void
take_up (PaddockDownloadQueue *self, GPtrArray *downloads)
{
  for (guint i = 0; i < downloads->len; i++)
    {
      PaddockDownload *download = g_ptr_array_index (downloads, i);

      if (g_hash_table_contains (self->by_target, download->target))
        continue;
      paddock_queue_put (self, download);
      if (download->state == PADDOCK_DOWNLOAD_CANCELLED)
        paddock_queue_run_remove (self, download, TRUE);
    }
}

/**
 * paddock_download_queue_open:
 * @self: a queue that is not open
 * @folder: (type filename): where it is kept
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: whether it is open
 */
gboolean
paddock_download_queue_open (PaddockDownloadQueue *self, const char *folder, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (PaddockDownloadStore) store = paddock_download_store_open (folder, &problem);
  g_autoptr (GPtrArray) downloads = NULL;

  g_return_val_if_fail (self->store == NULL, TRUE);

  if (store == NULL)
    {
      paddock_queue_set_problem (self, problem);
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  self->store = g_steal_pointer (&store);
  downloads = paddock_download_store_load (self->store, &self->settings, &problem);
  if (downloads != NULL)
    take_up (self, downloads);
  paddock_rate_limit_set (self->limit, self->settings.limit);
  paddock_queue_set_problem (self, problem);
  paddock_queue_think (self);
  return TRUE;
}
