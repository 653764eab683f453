/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer-private.h"

#include "base/running-digest.h"
#include "download-error.h"
#include "retry-plan.h"

/* So many blocks are fetched at once, and then looked at. */
#define STRETCH 64u
/* Where others can be asked, a source in which so many blocks differ is taken to have another file. */
#define MOST_DIFFERENT 64
/* To hash all costs time: so often it is done as soon as something was replaced, and then ever more rarely. */
#define PROMPT_JUDGEMENTS 8
/* So often a server may send another part than it was asked for. */
#define MOST_FAULTS 2

typedef struct
{
  /* Borrowed */
  PaddockDownloadTransfer *transfer;
  PaddockWorker *worker;

  /* Owned */
  PaddockSourceLink *link;
  PaddockSourceFacts facts;
  PaddockRunningDigest *checksum;
  guint8 *buffer;

  /* Of the source at hand */
  guint64 next;      /* the block to be compared now */
  guint64 different; /* blocks that were replaced */
  guint64 judge_at;  /* when all is hashed again: after so many of them */
  guint judgements, faults;
} Repair;

static void
repair_clear (Repair *self)
{
  g_clear_pointer (&self->link, paddock_source_link_free);
  paddock_source_facts_clear (&self->facts);
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
      gsize got = paddock_transfer_read (self->transfer, body, self->buffer + done, length - done, cancellable, error);

      if (got == 0)
        return FALSE;
      done += got;
    }
  return TRUE;
}

/* What is in the buffer takes the place of what differs from it. */
static gboolean
replace_block (Repair *self, guint64 block, gsize length, GError **error)
{
  PaddockPartFile *part = self->transfer->part;
  guint32 before = 0, now = get_checksum (self, length);

  if (paddock_part_file_get_checksum (part, block, &before) && before == now)
    return TRUE;
  self->different++;
  return paddock_part_file_write (part, self->buffer, length, block * PADDOCK_BLOCK_SIZE, error) &&
         paddock_part_file_prove (part, block, now, error);
}

/* From the next block on, once more: a stretch, or the whole from a server that sends nothing else. FALSE: not all of it
   came; what did is compared. */
static gboolean
compare_stretch (Repair *self, gint64 *asked, GError **error)
{
  guint64 n_blocks = paddock_block_map_get_n_blocks (self->transfer->map);
  guint64 end = MIN (self->next + STRETCH, n_blocks);
  g_autoptr (PaddockSourceBody) body = NULL;
  guint64 block;

  body = paddock_source_link_open (self->link, &self->facts, self->next * PADDOCK_BLOCK_SIZE,
                                   paddock_block_map_get_end (self->transfer->map, end - 1), asked,
                                   paddock_worker_get_cancellable (self->worker), error);
  if (body == NULL)
    return FALSE;
  block = paddock_source_body_get_begin (body) / PADDOCK_BLOCK_SIZE;
  self->facts.whole_only = self->facts.whole_only || block != self->next;
  for (; block < (self->facts.whole_only ? n_blocks : end) && block * PADDOCK_BLOCK_SIZE < paddock_source_body_get_end (body);
       block++)
    {
      gsize length = get_length (self, block);

      if (!paddock_worker_poll (self->worker, error) || !read_block (self, body, length, error) ||
          !replace_block (self, block, length, error))
        return FALSE;
      self->next = MAX (self->next, block + 1);
    }
  return TRUE;
}

/* The same, against what passes. FALSE: it cannot be had. */
static gboolean
compare_patiently (Repair *self, GError **error)
{
  for (guint failures = 0;;)
    {
      g_autoptr (GError) problem = NULL;
      guint64 before = self->next;
      gint64 asked = -1;

      if (compare_stretch (self, &asked, &problem))
        return TRUE;
      if (g_error_matches (problem, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_PROTOCOL) && ++self->faults >= MOST_FAULTS)
        self->facts.whole_only = TRUE;
      failures = self->next > before ? 1 : failures + 1;
      if (!paddock_download_error_passes (problem) || failures >= PADDOCK_RETRY_ATTEMPTS)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (!paddock_transfer_wait_for_retry (self->transfer, failures, asked, self->worker, error))
        return FALSE;
    }
}

static gboolean
is_right (const PaddockDownloadTransfer *transfer)
{
  return g_strcmp0 (paddock_transfer_get_expected (transfer), transfer->digest) == 0;
}

static gboolean
open_source (Repair *self, guint position, GError **error)
{
  PaddockDownloadTransfer *transfer = self->transfer;
  const PaddockNetworkOptions network = { transfer->proxy, transfer->stall_seconds };
  gint64 asked;

  g_clear_pointer (&self->link, paddock_source_link_free);
  paddock_source_facts_clear (&self->facts);
  self->facts = (PaddockSourceFacts){ .size = transfer->facts.size, .sha256 = g_strdup (transfer->facts.sha256) };
  self->next = self->different = 0;
  self->judgements = self->faults = 0;
  self->judge_at = 1;
  self->link = paddock_source_link_new (g_ptr_array_index (transfer->request->sources, position), &network, error);
  return self->link != NULL &&
         paddock_source_link_ask (self->link, &self->facts, &asked, paddock_worker_get_cancellable (self->worker), error);
}

/* From one source, until the whole is right or has been compared. FALSE: it could not be. */
static gboolean
compare_with (Repair *self, guint position, guint64 most_different, PaddockTransferReceive receive, GError **error)
{
  PaddockDownloadTransfer *transfer = self->transfer;
  guint64 n_blocks = paddock_block_map_get_n_blocks (transfer->map);

  if (!open_source (self, position, error))
    return FALSE;
  while (self->next < n_blocks && self->different <= most_different)
    {
      if (!compare_patiently (self, error))
        return FALSE;
      if (self->different < self->judge_at && (self->next < n_blocks || self->different == 0))
        continue;
      if (!receive (transfer, self->worker, error))
        return FALSE;
      if (is_right (transfer))
        break;
      self->judge_at = ++self->judgements < PROMPT_JUDGEMENTS ? self->different + 1 : self->different * 2;
    }
  return TRUE;
}

/* Whether another source would not help either, or this one might later. */
static gboolean
hinders (const GError *error)
{
  return error->domain != PADDOCK_DOWNLOAD_ERROR || paddock_download_error_passes (error);
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
      GError *problem = NULL;

      if (compare_with (&self, i % count, i < count ? MOST_DIFFERENT : G_MAXUINT64, receive, &problem))
        continue;
      if (i == count && hinders (problem))
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      g_error_free (problem);
    }
  if (is_right (transfer))
    return TRUE;
  g_set_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_CHECKSUM,
               "%s: its bytes have the hash %s, not the published one", transfer->request->target, transfer->digest);
  return FALSE;
}
