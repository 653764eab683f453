/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer-private.h"

#include "base/running-digest.h"
#include "download-error.h"

/* So much is fetched at once, and then looked at. */
#define STRETCH (64u * PADDOCK_BLOCK_SIZE)
/* A source in which so many blocks differ has another file. */
#define MOST_DIFFERENT 64

typedef struct
{
  /* Borrowed */
  PaddockDownloadTransfer *transfer;
  PaddockWorker *worker;

  /* Owned */
  PaddockSourceLink *link;
  PaddockRunningDigest *checksum;
  guint8 *buffer;

  guint different; /* blocks that were replaced */
} Repair;

static void
repair_clear (Repair *self)
{
  g_clear_pointer (&self->link, paddock_source_link_free);
  paddock_running_digest_free (self->checksum);
  g_free (self->buffer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Repair, repair_clear)

static guint32
get_checksum (Repair *self, gsize length)
{
  paddock_running_digest_reset (self->checksum);
  paddock_running_digest_add (self->checksum, self->buffer, length);
  return paddock_running_digest_finish_crc32 (self->checksum);
}

static gsize
get_length (const Repair *self, guint64 block)
{
  return (gsize) (paddock_block_map_get_end (self->transfer->map, block) - block * PADDOCK_BLOCK_SIZE);
}

/* What the disk has made of what was received. FALSE: it cannot be read. */
static gboolean
drop_damaged (Repair *self, guint *n_dropped, GError **error)
{
  PaddockDownloadTransfer *transfer = self->transfer;
  guint64 n_blocks = paddock_block_map_get_n_blocks (transfer->map);

  *n_dropped = 0;
  for (guint64 block = 0; block < n_blocks; block++)
    {
      gsize length = get_length (self, block);
      guint32 claimed;

      if (!paddock_worker_poll (self->worker, error) ||
          !paddock_part_file_read (transfer->part, self->buffer, length, block * PADDOCK_BLOCK_SIZE, error))
        return FALSE;
      if (paddock_part_file_get_checksum (transfer->part, block, &claimed) && claimed == get_checksum (self, length))
        continue;
      g_mutex_lock (&transfer->lock);
      paddock_block_map_drop (transfer->map, block);
      g_mutex_unlock (&transfer->lock);
      (*n_dropped)++;
      if (!paddock_part_file_disprove (transfer->part, block, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_block (Repair *self, PaddockSourceBody *body, gsize length, GError **error)
{
  GCancellable *cancellable = paddock_worker_get_cancellable (self->worker);

  for (gsize done = 0; done < length;)
    {
      gsize allowed = paddock_rate_limit_take (self->transfer->shared_limit, length - done, cancellable);
      gsize got = allowed > 0 ? paddock_source_body_read (body, self->buffer + done, allowed, cancellable, error) : 0;

      if (allowed == 0)
        g_cancellable_set_error_if_cancelled (cancellable, error);
      if (got == 0)
        return FALSE;
      done += got;
    }
  return TRUE;
}

/* A stretch once more. FALSE: it cannot be had. */
static gboolean
compare_stretch (Repair *self, guint64 begin, guint64 end, guint *n_replaced, GError **error)
{
  PaddockDownloadTransfer *transfer = self->transfer;
  g_autoptr (PaddockSourceBody) body = NULL;
  gint64 asked;

  *n_replaced = 0;
  body = paddock_source_link_open (self->link, &transfer->facts, begin, end, &asked, paddock_worker_get_cancellable (self->worker),
                                   error);
  if (body == NULL)
    return FALSE;
  if (paddock_source_body_get_begin (body) != begin)
    {
      g_set_error_literal (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_PROTOCOL, "parts cannot be asked for");
      return FALSE;
    }
  for (guint64 block = begin / PADDOCK_BLOCK_SIZE; block * PADDOCK_BLOCK_SIZE < end; block++)
    {
      gsize length = get_length (self, block);
      guint32 before = 0, now;

      if (!read_block (self, body, length, error))
        return FALSE;
      now = get_checksum (self, length);
      if (paddock_part_file_get_checksum (transfer->part, block, &before) && before == now)
        continue;
      if (!paddock_part_file_write (transfer->part, self->buffer, length, block * PADDOCK_BLOCK_SIZE, error) ||
          !paddock_part_file_prove (transfer->part, block, now, error))
        return FALSE;
      (*n_replaced)++;
    }
  return TRUE;
}

static gboolean
is_right (const PaddockDownloadTransfer *transfer)
{
  return g_strcmp0 (paddock_transfer_get_expected (transfer), transfer->digest) == 0;
}

/* From one source, until the whole is right. FALSE without an error: this one does not help. */
static gboolean
compare_with (Repair *self, guint position, PaddockTransferReceive receive, GError **error)
{
  PaddockDownloadTransfer *transfer = self->transfer;
  const PaddockNetworkOptions network = { transfer->authorities, transfer->proxy, transfer->stall_seconds };
  guint64 size = paddock_block_map_get_size (transfer->map);
  g_auto (PaddockSourceFacts) facts = { .size = transfer->facts.size, .sha256 = g_strdup (transfer->facts.sha256) };
  gint64 asked;

  g_clear_pointer (&self->link, paddock_source_link_free);
  self->link = paddock_source_link_new (g_ptr_array_index (transfer->request->sources, position), &network, error);
  if (self->link == NULL ||
      !paddock_source_link_ask (self->link, &facts, &asked, paddock_worker_get_cancellable (self->worker), error))
    return FALSE;
  for (guint64 at = 0; at < size && self->different <= MOST_DIFFERENT; at += STRETCH)
    {
      guint replaced;

      if (!paddock_worker_poll (self->worker, error) || !compare_stretch (self, at, MIN (at + STRETCH, size), &replaced, error))
        return FALSE;
      self->different += replaced;
      if (replaced > 0 && (!receive (transfer, self->worker, error) || is_right (transfer)))
        return is_right (transfer);
    }
  return FALSE;
}

/**
 * paddock_transfer_repair:
 * @transfer: a transfer of which all is there and hashed
 * @worker: (nullable): what to poll
 * @receive: gets what is missing, and hashes all
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the file is what was published
 */
gboolean
paddock_transfer_repair (PaddockDownloadTransfer *transfer, PaddockWorker *worker, PaddockTransferReceive receive, GError **error)
{
  g_auto (Repair) self = {
    .transfer = transfer,
    .worker = worker,
    .checksum = paddock_running_digest_new (PADDOCK_DIGEST_CRC32),
    .buffer = g_malloc (PADDOCK_BLOCK_SIZE),
  };
  guint count = transfer->request->sources->len, dropped;

  if (!drop_damaged (&self, &dropped, error) || (dropped > 0 && !receive (transfer, worker, error)))
    return FALSE;
  /* The others first: what the first one sent is known. */
  for (guint i = 1; i <= count && !is_right (transfer); i++)
    {
      g_autoptr (GError) problem = NULL;

      self.different = 0;
      if (!compare_with (&self, i % count, receive, &problem) && g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  if (is_right (transfer))
    return TRUE;
  g_set_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_CHECKSUM,
               "%s: its bytes have the hash %s, not the published one", transfer->request->target, transfer->digest);
  return FALSE;
}
