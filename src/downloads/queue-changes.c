/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-private.h"

/* What a person does to the list. */

void
paddock_queue_put (PaddockDownloadQueue *self, PaddockDownload *download)
{
  guint position = (guint) g_sequence_get_length (self->downloads);

  download->place = g_sequence_append (self->downloads, g_object_ref (download));
  g_hash_table_insert (self->by_target, download->target, download);
  self->counts[download->state]++;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

void
paddock_queue_take_off (PaddockDownloadQueue *self, PaddockDownload *download)
{
  g_autoptr (PaddockDownload) held = g_object_ref (download);
  guint position = paddock_download_queue_get_position (download);

  g_hash_table_remove (self->by_target, download->target);
  self->counts[download->state]--;
  g_sequence_remove (g_steal_pointer (&download->place));
  paddock_queue_save_soon (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

guint
paddock_download_queue_get_position (PaddockDownload *download)
{
  return (guint) g_sequence_iter_get_position (download->place);
}

PaddockDownload *
paddock_download_queue_find (PaddockDownloadQueue *self, const char *target)
{
  return g_hash_table_lookup (self->by_target, target);
}

static void
queue_again (PaddockDownloadQueue *self, PaddockDownload *download)
{
  download->retry_at = 0;
  download->failures = 0;
  paddock_download_set_error (download, NULL);
  paddock_queue_set_state (self, download, PADDOCK_DOWNLOAD_QUEUED, PADDOCK_DOWNLOAD_WAIT_NONE);
  paddock_queue_think (self);
}

static void
replace_origin (PaddockDownload *download, PaddockDownloadOrigin *origin)
{
  paddock_download_origin_ref (origin);
  paddock_download_origin_unref (download->origin);
  download->origin = origin;
  paddock_download_touch (download);
}

static void
set_origin (PaddockDownload *download, PaddockDownloadOrigin *origin)
{
  const PaddockDownloadProgress nothing = { .total = origin->size, .seconds_left = -1 };

  replace_origin (download, origin);
  g_clear_pointer (&download->sha256, g_free);
  paddock_download_set_progress (download, &nothing);
}

/**
 * paddock_download_queue_add:
 * @self: a queue
 * @title: (nullable): what it is called; %NULL for the name of the file
 * @target: (type filename): the file that shall be there
 * @origin: which file it is
 *
 * Returns: (transfer none) (nullable): the download, at the end of the list or where it was already; %NULL of a queue that
 *     is not open
 */
PaddockDownload *
paddock_download_queue_add (PaddockDownloadQueue *self, const char *title, const char *target, PaddockDownloadOrigin *origin)
{
  PaddockDownload *there = paddock_download_queue_find (self, target);
  g_autofree char *name = g_filename_display_basename (target);
  g_autoptr (PaddockDownload) download = NULL;

  if (self->store == NULL)
    return NULL;
  if (there != NULL)
    {
      if (paddock_download_is_over (there))
        {
          set_origin (there, origin);
          queue_again (self, there);
        }
      return there;
    }
  download = paddock_download_new (title != NULL ? title : name, target, origin);
  paddock_queue_put (self, download);
  paddock_queue_save_soon (self);
  paddock_queue_think (self);
  return download;
}

/**
 * paddock_download_queue_move:
 * @self: a queue
 * @download: one of it
 * @position: where it shall be, among all of them as they are then; the last place for anything beyond
 */
void
paddock_download_queue_move (PaddockDownloadQueue *self, PaddockDownload *download, guint position)
{
  guint length = (guint) g_sequence_get_length (self->downloads), from = paddock_download_queue_get_position (download);
  g_autoptr (PaddockDownload) held = g_object_ref (download);

  position = MIN (position, length - 1);
  if (position == from)
    return;
  g_sequence_remove (download->place);
  g_list_model_items_changed (G_LIST_MODEL (self), from, 1, 0);
  download->place = g_sequence_insert_before (g_sequence_get_iter_at_pos (self->downloads, (int) position), g_object_ref (held));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  paddock_queue_save_soon (self);
  paddock_queue_think (self);
}

static void
stop (PaddockDownloadQueue *self, PaddockDownload *download, PaddockDownloadState state)
{
  if (download->run != NULL)
    paddock_queue_run_stop (download->run);
  download->insists = download->goes_first = FALSE;
  paddock_queue_set_state (self, download, state, PADDOCK_DOWNLOAD_WAIT_NONE);
  paddock_queue_think (self);
}

void
paddock_download_queue_pause (PaddockDownloadQueue *self, PaddockDownload *download)
{
  if (!paddock_download_is_over (download) && download->state != PADDOCK_DOWNLOAD_PAUSED)
    stop (self, download, PADDOCK_DOWNLOAD_PAUSED);
}

/* A transfer that waits by itself is begun anew, which tries at once. */
void
paddock_download_queue_resume (PaddockDownloadQueue *self, PaddockDownload *download)
{
  gboolean waits = download->state == PADDOCK_DOWNLOAD_WAITING;

  if (paddock_download_is_active (download) || download->state == PADDOCK_DOWNLOAD_DONE ||
      download->state == PADDOCK_DOWNLOAD_QUEUED)
    return;
  if (waits && download->run != NULL)
    paddock_queue_run_stop (download->run);
  download->insists = download->insists || waits;
  download->goes_first = download->goes_first || waits;
  queue_again (self, download);
}

static void
for_each (PaddockDownloadQueue *self, void (*act) (PaddockDownloadQueue *, PaddockDownload *))
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->downloads); !g_sequence_iter_is_end (iter);
       iter = g_sequence_iter_next (iter))
    g_ptr_array_add (all, g_object_ref (g_sequence_get (iter)));
  for (guint i = 0; i < all->len; i++)
    act (self, g_ptr_array_index (all, i));
}

void
paddock_download_queue_pause_all (PaddockDownloadQueue *self)
{
  for_each (self, paddock_download_queue_pause);
}

static void
resume_paused (PaddockDownloadQueue *self, PaddockDownload *download)
{
  if (download->state == PADDOCK_DOWNLOAD_PAUSED)
    queue_again (self, download);
}

void
paddock_download_queue_resume_all (PaddockDownloadQueue *self)
{
  for_each (self, resume_paused);
}

void
paddock_download_queue_cancel (PaddockDownloadQueue *self, PaddockDownload *download)
{
  if (download->state != PADDOCK_DOWNLOAD_DONE && download->state != PADDOCK_DOWNLOAD_CANCELLED)
    stop (self, download, PADDOCK_DOWNLOAD_CANCELLED);
}

void
paddock_download_queue_discard (PaddockDownloadQueue *self, PaddockDownload *download)
{
  if (download->state == PADDOCK_DOWNLOAD_DONE)
    {
      paddock_queue_take_off (self, download);
      paddock_queue_notify (self);
      return;
    }
  paddock_download_queue_cancel (self, download);
  paddock_queue_run_remove (self, download, TRUE);
}

void
paddock_download_queue_start_over (PaddockDownloadQueue *self, PaddockDownload *download)
{
  g_autoptr (PaddockDownloadOrigin) alone = paddock_download_origin_new (download->origin->text, NULL, -1);
  g_autoptr (PaddockDownloadOrigin) origin
      = paddock_download_origin_new_with_mirrors (alone, (const char *const *) download->origin->mirrors);

  if (download->state == PADDOCK_DOWNLOAD_DONE)
    return;
  paddock_queue_run_remove (self, download, FALSE);
  set_origin (download, origin);
  queue_again (self, download);
}

/**
 * paddock_download_queue_add_mirror:
 * @self: a queue
 * @download: one of it
 * @url: where it can be had as well
 */
void
paddock_download_queue_add_mirror (PaddockDownloadQueue *self, PaddockDownload *download, const char *url)
{
  g_autoptr (PaddockDownloadOrigin) origin = NULL;

  if (download->state == PADDOCK_DOWNLOAD_DONE || paddock_download_origin_has (download->origin, url))
    return;
  origin = paddock_download_origin_new_with_mirror (download->origin, url);
  replace_origin (download, origin);
  paddock_queue_save_soon (self);
  if (download->state == PADDOCK_DOWNLOAD_FAILED || download->wait == PADDOCK_DOWNLOAD_WAIT_RETRY)
    paddock_download_queue_resume (self, download);
  /* A transfer knows from its beginning where it can be had. */
  if (paddock_download_is_active (download) && download->run != NULL)
    {
      paddock_queue_run_stop (download->run);
      download->goes_first = TRUE;
      queue_again (self, download);
    }
}

static void
clear_one (PaddockDownloadQueue *self, PaddockDownload *download)
{
  if (download->state == PADDOCK_DOWNLOAD_DONE)
    paddock_queue_take_off (self, download);
}

void
paddock_download_queue_clear_finished (PaddockDownloadQueue *self)
{
  for_each (self, clear_one);
  paddock_queue_notify (self);
}

void
paddock_download_queue_set_priority (PaddockDownloadQueue *self, PaddockDownload *download, PaddockDownloadPriority priority)
{
  paddock_download_set_priority (download, priority);
  paddock_queue_save_soon (self);
  paddock_queue_think (self);
}

void
paddock_download_queue_set_download_limit (PaddockDownloadQueue *self, PaddockDownload *download, guint64 bytes_per_second)
{
  paddock_download_set_limit (download, bytes_per_second);
  if (download->run != NULL && download->run->transfer != NULL)
    self->outside.transfers->set_limit (download->run->transfer, bytes_per_second);
  paddock_queue_save_soon (self);
}
