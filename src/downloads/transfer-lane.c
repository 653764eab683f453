/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer-private.h"

#include "base/running-digest.h"
#include "download-error.h"
#include "retry-plan.h"

#include <time.h>

/* A question costs the time of a way there and back: a piece takes that many times as long. */
#define PIECE_WAYS 30
#define SHORTEST_PIECE (G_TIME_SPAN_SECOND / 16)
#define LONGEST_PIECE (8 * G_TIME_SPAN_SECOND)
#define LEAST_BLOCKS 16
#define MOST_BLOCKS 1024
/* Less than that is not worth being taken from another lane. */
#define LEAST_STOLEN 8

typedef struct
{
  /* Borrowed */
  PaddockDownloadTransfer *transfer;

  /* Owned */
  GThread *thread;
  GCancellable *cancellable; /* of the connection at hand */
  PaddockRunningDigest *digest;
  guint8 *buffer;

  /* Under the transfer's lock */
  guint64 at, end; /* blocks that are this lane's to get */
  guint64 speed;   /* bytes a second, of the last piece */
  gboolean over;

  guint64 received;
  gint64 worked; /* of the transfer's, what is this lane's */

  /* Of all lanes, when this one asked last */
  guint64 done;
  guint failures;
} Lane;

static void
lane_free (gpointer data)
{
  Lane *lane = data;

  g_object_unref (lane->cancellable);
  paddock_running_digest_free (lane->digest);
  g_free (lane->buffer);
  g_free (lane);
}

void
paddock_transfer_fail (PaddockDownloadTransfer *self, GError *error)
{
  if (self->failure == NULL && !self->stopping)
    self->failure = error;
  else
    g_error_free (error);
  self->stopping = TRUE;
  for (guint i = 0; i < self->lanes->len; i++)
    g_cancellable_cancel (((Lane *) g_ptr_array_index (self->lanes, i))->cancellable);
  g_cond_broadcast (&self->grown);
  g_cond_broadcast (&self->turned);
}

guint
paddock_transfer_count_lanes (PaddockDownloadTransfer *self)
{
  guint count = 0;

  for (guint i = 0; i < self->lanes->len; i++)
    count += !((Lane *) g_ptr_array_index (self->lanes, i))->over;
  return count;
}

/* Under the lock. */
static guint64
choose_blocks (Lane *lane)
{
  PaddockDownloadTransfer *self = lane->transfer;
  gint64 time = CLAMP (self->latency * PIECE_WAYS, SHORTEST_PIECE, LONGEST_PIECE);
  guint64 blocks = lane->speed * (guint64) time / G_USEC_PER_SEC / PADDOCK_BLOCK_SIZE;

  return CLAMP (blocks, LEAST_BLOCKS, MOST_BLOCKS);
}

/* Under the lock: the lane with the most left to do, if that is worth a division. */
static Lane *
find_richest (PaddockDownloadTransfer *self)
{
  Lane *richest = NULL;

  for (guint i = 0; i < self->lanes->len; i++)
    {
      Lane *lane = g_ptr_array_index (self->lanes, i);

      if (!lane->over && (richest == NULL || lane->end - lane->at > richest->end - richest->at))
        richest = lane;
    }
  return richest != NULL && richest->end - richest->at >= 2 * LEAST_STOLEN ? richest : NULL;
}

gboolean
paddock_transfer_has_work (PaddockDownloadTransfer *self)
{
  return paddock_block_map_has_free (self->map) || (!self->facts.whole_only && find_richest (self) != NULL);
}

/* Under the lock: the second half of what another lane has to do. */
static gboolean
steal (Lane *lane)
{
  Lane *richest = find_richest (lane->transfer);

  if (richest == NULL)
    return FALSE;
  lane->end = richest->end;
  lane->at = richest->end - (richest->end - richest->at) / 2;
  richest->end = lane->at;
  return TRUE;
}

/* Under the lock. FALSE: there is nothing to do for this lane. */
static gboolean
take_piece (Lane *lane)
{
  PaddockDownloadTransfer *self = lane->transfer;
  guint64 count;

  if (self->stopping || paddock_transfer_count_lanes (self) > self->governor.lanes)
    return FALSE;
  count = paddock_block_map_take (self->map, choose_blocks (lane), &lane->at);
  lane->end = lane->at + count;
  return count > 0 || (!self->facts.whole_only && steal (lane));
}

/* Under the lock: what follows is this lane's as well, if nobody has it. */
static gboolean
extend_piece (Lane *lane)
{
  PaddockDownloadTransfer *self = lane->transfer;
  guint64 first, count;

  if (self->stopping || paddock_transfer_count_lanes (self) > self->governor.lanes)
    return FALSE;
  count = paddock_block_map_take (self->map, choose_blocks (lane), &first);
  if (count > 0 && first == lane->at)
    {
      lane->end = first + count;
      return TRUE;
    }
  paddock_block_map_give_back (self->map, first, count);
  return FALSE;
}

/* The whole comes, though a part was wanted: from now on one lane gets all that is missing, in order. FALSE: another one
   does it. */
static gboolean
go_alone (Lane *lane)
{
  PaddockDownloadTransfer *self = lane->transfer;
  gboolean alone;

  g_mutex_lock (&self->lock);
  self->facts.whole_only = TRUE;
  paddock_lane_governor_limit (&self->governor, 1);
  paddock_block_map_give_back (self->map, lane->at, lane->end - lane->at);
  lane->at = lane->end = 0;
  alone = paddock_transfer_count_lanes (self) == 1 && !self->stopping;
  g_mutex_unlock (&self->lock);
  return alone;
}

/* Microseconds that the calling thread had a processor. */
static gint64
get_thread_time (void)
{
  struct timespec time = { 0, 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* A block is whole. Returns whether the body's next one is wanted as well. */
static gboolean
finish_block (Lane *lane, guint64 block, gboolean alone)
{
  PaddockDownloadTransfer *self = lane->transfer;
  gint64 worked = get_thread_time ();
  gboolean more;

  g_mutex_lock (&self->lock);
  self->worked += worked - lane->worked;
  lane->worked = worked;
  paddock_block_map_add (self->map, block);
  if (!alone)
    lane->at = block + 1;
  more = !self->stopping && (alone ? !paddock_block_map_is_complete (self->map) : lane->at < lane->end || extend_piece (lane));
  self->failures = 0;
  g_cond_broadcast (&self->grown);
  if (paddock_block_map_is_complete (self->map))
    g_cond_broadcast (&self->turned);
  g_mutex_unlock (&self->lock);
  return more;
}

static gboolean
is_there (Lane *lane, guint64 block)
{
  gboolean there;

  g_mutex_lock (&lane->transfer->lock);
  there = paddock_block_map_has (lane->transfer->map, block);
  g_mutex_unlock (&lane->transfer->lock);
  return there;
}

gsize
paddock_transfer_read (PaddockDownloadTransfer *self,
                       PaddockSourceBody *body,
                       guint8 *bytes,
                       gsize wish,
                       GCancellable *cancellable,
                       GError **error)
{
  gsize taken = paddock_rate_limit_take_part (self->own_limit, self->shared_limit, wish, cancellable);
  gsize got = 0;

  if (taken > 0)
    got = paddock_source_body_read (body, bytes, taken, cancellable, error);
  else
    g_cancellable_set_error_if_cancelled (cancellable, error);
  paddock_rate_limit_give_back (self->own_limit, taken - got);
  paddock_rate_limit_give_back (self->shared_limit, taken - got);
  g_mutex_lock (&self->lock);
  self->received += got;
  g_mutex_unlock (&self->lock);
  return got;
}

/* As much of the body as goes into the buffer, or all of a block. */
static gboolean
fill_buffer (Lane *lane, PaddockSourceBody *body, gsize length, GError **error)
{
  PaddockDownloadTransfer *self = lane->transfer;

  for (gsize done = 0; done < length;)
    {
      gsize got = paddock_transfer_read (self, body, lane->buffer + done, length - done, lane->cancellable, error);

      if (got == 0)
        return FALSE;
      done += got;
      g_mutex_lock (&self->lock);
      lane->received += got;
      g_mutex_unlock (&self->lock);
    }
  return TRUE;
}

/* One block of the body, from its begin. Where it is there already it is only read. It is written at once, for pieces that
   end within a page of the file cost more. */
static gboolean
receive_block (Lane *lane, PaddockSourceBody *body, guint64 block, GError **error)
{
  PaddockDownloadTransfer *self = lane->transfer;
  guint64 begin = block * PADDOCK_BLOCK_SIZE;
  gsize length = (gsize) (paddock_block_map_get_end (self->map, block) - begin);

  if (!fill_buffer (lane, body, length, error))
    return FALSE;
  if (is_there (lane, block))
    return TRUE;
  paddock_running_digest_reset (lane->digest);
  paddock_running_digest_add (lane->digest, lane->buffer, length);
  return paddock_part_file_write (self->part, lane->buffer, length, begin, error) &&
         paddock_part_file_prove (self->part, block, paddock_running_digest_finish_crc32 (lane->digest), error);
}

static gboolean
receive (Lane *lane, PaddockSourceBody *body, GError **error)
{
  guint64 wanted = lane->at * PADDOCK_BLOCK_SIZE;
  gboolean alone = paddock_source_body_get_begin (body) != wanted;
  guint64 block = paddock_source_body_get_begin (body) / PADDOCK_BLOCK_SIZE;
  gint64 begun = g_get_monotonic_time ();
  guint64 before = lane->received;
  gboolean more = TRUE;

  if (alone && !go_alone (lane))
    return TRUE;
  for (; more && block * PADDOCK_BLOCK_SIZE < paddock_source_body_get_end (body); block++)
    {
      if (!receive_block (lane, body, block, error))
        return FALSE;
      more = finish_block (lane, block, alone);
    }
  lane->speed = (lane->received - before) * G_USEC_PER_SEC / (guint64) MAX (g_get_monotonic_time () - begun, 1);
  return TRUE;
}

/* What a lane has been given, up to end as it was then, until it is there. TRUE: as much of it as was to be had. */
static gboolean
get_piece (Lane *lane, const PaddockSourceFacts *facts, guint64 end, gint64 *asked, GError **error)
{
  PaddockDownloadTransfer *self = lane->transfer;
  gint64 begun = g_get_monotonic_time ();
  g_autoptr (PaddockSourceBody) body = NULL;

  body = paddock_source_link_open (self->link, facts, lane->at * PADDOCK_BLOCK_SIZE, paddock_block_map_get_end (self->map, end - 1),
                                   asked, lane->cancellable, error);
  g_mutex_lock (&self->lock);
  if (body != NULL)
    self->latency = g_get_monotonic_time () - begun;
  g_mutex_unlock (&self->lock);
  return body != NULL && receive (lane, body, error);
}

/* Under the lock, which is not held meanwhile. */
static void
wait_until (PaddockDownloadTransfer *self, gint64 until)
{
  self->retry_at = until;
  while (!self->stopping && g_cond_wait_until (&self->turned, &self->lock, until))
    ;
  self->retry_at = 0;
}

/* Under the lock. Lanes that fail together, as when the line is cut, fail once. */
static void
count_failure (Lane *lane)
{
  PaddockDownloadTransfer *self = lane->transfer;
  guint before = paddock_block_map_get_done (self->map) == lane->done ? lane->failures : 0;

  self->failures = MAX (self->failures, before + 1);
}

/* Under the lock. Whether this lane goes on. Where others receive, the server does not want this one; the last one waits,
   and tries again. */
static gboolean
survive (Lane *lane, GError *taken, gint64 asked)
{
  PaddockDownloadTransfer *self = lane->transfer;
  g_autoptr (GError) error = taken;
  guint others = paddock_transfer_count_lanes (self) - 1;

  paddock_block_map_give_back (self->map, lane->at, lane->end - lane->at);
  lane->at = lane->end = 0;
  /* What it does with ranges is not to be relied on. */
  if (g_error_matches (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_PROTOCOL) && ++self->faults >= 2)
    {
      self->facts.whole_only = TRUE;
      paddock_lane_governor_limit (&self->governor, 1);
    }
  count_failure (lane);
  if (self->stopping || !paddock_download_error_passes (error) || (others == 0 && self->failures >= PADDOCK_RETRY_ATTEMPTS))
    {
      paddock_transfer_fail (self, g_steal_pointer (&error));
      return FALSE;
    }
  if (others > 0)
    {
      if (g_error_matches (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_CONNECTION))
        paddock_lane_governor_shrink (&self->governor, others);
      else
        paddock_lane_governor_limit (&self->governor, others);
      return FALSE;
    }
  wait_until (self, g_get_monotonic_time () + paddock_retry_plan_get_delay (self->failures, asked, g_random_double ()));
  return !self->stopping;
}

static gpointer
run_lane (gpointer data)
{
  Lane *lane = data;
  PaddockDownloadTransfer *self = lane->transfer;

  g_mutex_lock (&self->lock);
  while (take_piece (lane))
    {
      const PaddockSourceFacts facts = self->facts;
      guint64 end = lane->end;
      GError *error = NULL;
      gint64 asked = -1;
      gboolean got;

      lane->done = paddock_block_map_get_done (self->map);
      lane->failures = self->failures;
      g_mutex_unlock (&self->lock);
      got = get_piece (lane, &facts, end, &asked, &error);
      g_mutex_lock (&self->lock);
      if (!got && !survive (lane, error, asked))
        break;
      if (got)
        {
          paddock_block_map_give_back (self->map, lane->at, lane->end - lane->at);
          lane->at = lane->end = 0;
        }
    }
  lane->over = TRUE;
  g_cond_broadcast (&self->turned);
  g_mutex_unlock (&self->lock);
  return NULL;
}

void
paddock_transfer_add_lane (PaddockDownloadTransfer *self)
{
  Lane *lane = g_new0 (Lane, 1);

  lane->transfer = self;
  lane->cancellable = g_cancellable_new ();
  lane->digest = paddock_running_digest_new (PADDOCK_DIGEST_CRC32);
  lane->buffer = g_malloc (PADDOCK_BLOCK_SIZE);
  g_ptr_array_add (self->lanes, lane);
  lane->thread = g_thread_new ("paddock-lane", run_lane, lane);
}

/* Under the lock, which is not held while waiting. It stays on the list until then, for it may have to be cancelled. */
static void
join_lane (PaddockDownloadTransfer *self, guint position)
{
  Lane *lane = g_ptr_array_index (self->lanes, position);

  g_mutex_unlock (&self->lock);
  g_thread_join (lane->thread);
  g_mutex_lock (&self->lock);
  g_ptr_array_remove_fast (self->lanes, lane);
  lane_free (lane);
}

void
paddock_transfer_reap_lanes (PaddockDownloadTransfer *self)
{
  for (guint i = self->lanes->len; i > 0; i--)
    if (((Lane *) g_ptr_array_index (self->lanes, i - 1))->over)
      join_lane (self, i - 1);
}

void
paddock_transfer_join_lanes (PaddockDownloadTransfer *self)
{
  while (self->lanes->len > 0)
    join_lane (self, self->lanes->len - 1);
}
