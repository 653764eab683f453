/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer-private.h"

#include "base/running-digest.h"
#include "download-error.h"
#include "header-check.h"

#include <string.h>

#define MAGIC_LENGTH 4

typedef struct
{
  /* Borrowed */
  PaddockDownloadTransfer *transfer;

  /* Owned */
  PaddockRunningDigest *hash, *checksum;
  guint8 *buffer;

  guint64 next;   /* the block to be hashed now */
  guint64 judged; /* bytes that the header was looked for in; G_MAXUINT64: it was found */
} Checker;

static void
checker_clear (Checker *self)
{
  paddock_running_digest_free (self->hash);
  paddock_running_digest_free (self->checksum);
  g_free (self->buffer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Checker, checker_clear)

static gsize
get_length (const PaddockDownloadTransfer *self, guint64 block)
{
  return (gsize) (paddock_block_map_get_end (self->map, block) - block * PADDOCK_BLOCK_SIZE);
}

/* What an earlier run left may be something else by now. */
static gboolean
is_as_claimed (Checker *self, gsize length)
{
  guint32 claimed;

  paddock_running_digest_reset (self->checksum);
  paddock_running_digest_add (self->checksum, self->buffer, length);
  return paddock_part_file_get_checksum (self->transfer->part, self->next, &claimed) &&
         claimed == paddock_running_digest_finish_crc32 (self->checksum);
}

/* As soon as it can be known; then no more. */
static gboolean
check_header (Checker *self, guint64 there, GError **error)
{
  PaddockDownloadTransfer *transfer = self->transfer;
  guint64 size = paddock_block_map_get_size (transfer->map);
  PaddockHeaderVerdict verdict;

  if (!transfer->request->is_model || self->judged == G_MAXUINT64 || (there < self->judged * 2 && there < size))
    return TRUE;
  if (there < MAGIC_LENGTH || (self->judged == 0 && memcmp (self->buffer, "GGUF", MAGIC_LENGTH) != 0))
    {
      g_set_error_literal (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_NOT_A_MODEL,
                           "this is no GGUF file: perhaps the network wants a login");
      return FALSE;
    }
  verdict = paddock_header_check_run (transfer->part, size, there, error);
  self->judged = verdict == PADDOCK_HEADER_UNDECIDED ? there : G_MAXUINT64;
  return verdict != PADDOCK_HEADER_WRONG;
}

/* Under the lock: what is on the disk is not what was received. */
static gboolean
drop (Checker *self, GError **error)
{
  PaddockDownloadTransfer *transfer = self->transfer;

  paddock_block_map_drop (transfer->map, self->next);
  paddock_block_map_drop (transfer->claimed, self->next);
  g_cond_broadcast (&transfer->turned);
  return paddock_part_file_disprove (transfer->part, self->next, error);
}

/* Under the lock, which is not held while reading. FALSE: it failed. */
static gboolean
check_next (Checker *self, GError **error)
{
  PaddockDownloadTransfer *transfer = self->transfer;
  gsize length = get_length (transfer, self->next);
  gboolean claimed = paddock_block_map_has (transfer->claimed, self->next);
  guint64 there = paddock_block_map_get_prefix (transfer->map) * PADDOCK_BLOCK_SIZE;
  gboolean sound = TRUE, done;

  g_mutex_unlock (&transfer->lock);
  there = MIN (there, paddock_block_map_get_size (transfer->map));
  done = paddock_part_file_read (transfer->part, self->buffer, length, self->next * PADDOCK_BLOCK_SIZE, error);
  if (done && claimed)
    sound = is_as_claimed (self, length);
  if (done && sound)
    {
      done = check_header (self, there, error);
      paddock_running_digest_add (self->hash, self->buffer, length);
    }
  g_mutex_lock (&transfer->lock);
  if (!done)
    return FALSE;
  if (!sound)
    return drop (self, error);
  transfer->hashed = ++self->next;
  return TRUE;
}

gpointer
paddock_transfer_check (gpointer data)
{
  PaddockDownloadTransfer *transfer = data;
  g_auto (Checker) self = {
    .transfer = transfer,
    .hash = paddock_running_digest_new (PADDOCK_DIGEST_SHA256),
    .checksum = paddock_running_digest_new (PADDOCK_DIGEST_CRC32),
    .buffer = g_malloc (PADDOCK_BLOCK_SIZE),
  };
  guint64 n_blocks = paddock_block_map_get_n_blocks (transfer->map);
  GError *error = NULL;

  g_mutex_lock (&transfer->lock);
  while (!transfer->stopping && self.next < n_blocks)
    if (self.next >= paddock_block_map_get_prefix (transfer->map))
      g_cond_wait (&transfer->grown, &transfer->lock);
    else if (!check_next (&self, &error))
      paddock_transfer_fail (transfer, g_steal_pointer (&error));
  if (!transfer->stopping && self.next == n_blocks)
    transfer->digest = paddock_running_digest_finish_hex (self.hash);
  g_cond_broadcast (&transfer->turned);
  g_mutex_unlock (&transfer->lock);
  return NULL;
}
