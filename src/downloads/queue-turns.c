/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-private.h"

/* So often it is looked whether there is space again. */
#define DISK_INTERVAL (5 * G_TIME_SPAN_SECOND)
/* So often the seconds until the next attempt are counted down. */
#define COUNT_INTERVAL G_TIME_SPAN_SECOND

#define N_RANKS (2 * (PADDOCK_DOWNLOAD_HIGH + 1))

/* What is free, and what of it is spoken for. */
typedef struct
{
  guint64 free_bytes, reserved;
  gboolean known;
} Space;

/* One round of giving turns. */
typedef struct
{
  /* Borrowed */
  PaddockDownloadQueue *queue;
  const PaddockDiskSurvey *survey;
  /* Owned */
  GHashTable *spaces; /* guint64 * (of the survey) -> Space */

  gint64 now;
  guint slots;
  gboolean is_counting, is_short;
  gint64 next; /* the first attempt that is due; -1: none */
} Round;

/* NULL: the disks were not asked about its folder. */
static Space *
find_space (Round *round, PaddockDownload *download)
{
  g_autofree char *folder = g_path_get_dirname (download->target);
  const PaddockFolderSpace *found = paddock_disk_survey_get_folder (round->survey, folder);
  Space *space;

  if (found == NULL)
    return NULL;
  space = g_hash_table_lookup (round->spaces, &found->filesystem);
  if (space == NULL)
    {
      space = g_new0 (Space, 1);
      space->known = found->known;
      space->free_bytes = found->free_bytes;
      g_hash_table_insert (round->spaces, (gpointer) &found->filesystem, space);
    }
  return space;
}

/* Whether nobody knows what it has on the disk by now. */
static gboolean
is_in_question (const PaddockDownload *download)
{
  return download->run != NULL || (download->begun && download->allocated < 0);
}

/* Bytes that still have to find a place on the disk. */
static guint64
count_need (Round *round, PaddockDownload *download)
{
  guint64 total = (guint64) MAX (download->total, 0);
  guint64 found;

  if (is_in_question (download) && paddock_disk_survey_get_part (round->survey, download->target, &found))
    download->allocated = (gint64) found;
  return total - MIN (total, (guint64) MAX (download->allocated, 0));
}

static gboolean
reserve (Round *round, Space *space, PaddockDownload *download)
{
  guint64 need = count_need (round, download);
  guint64 left = space->free_bytes - MIN (space->free_bytes, space->reserved);

  if (space->known && need > left)
    {
      paddock_download_set_shortage (download, need - left);
      return FALSE;
    }
  space->reserved += need;
  return TRUE;
}

/* What runs has its space already, or is about to take it. */
static void
reserve_running (Round *round)
{
  for (guint i = 0; i < round->queue->runs->len; i++)
    {
      PaddockQueueRun *run = g_ptr_array_index (round->queue->runs, i);
      Space *space = run->stopping ? NULL : find_space (round, run->download);

      if (space != NULL)
        space->reserved += count_need (round, run->download);
    }
}

static PaddockQueueBlock
find_block (PaddockDownloadQueue *self)
{
  if (!g_network_monitor_get_network_available (self->outside.network))
    return PADDOCK_QUEUE_OFFLINE;
  return g_network_monitor_get_network_metered (self->outside.network) && !self->settings.metered ? PADDOCK_QUEUE_METERED
                                                                                                  : PADDOCK_QUEUE_OPEN;
}

static void
stop_run (PaddockDownloadQueue *self, PaddockQueueRun *run, PaddockDownloadState state, PaddockDownloadWait wait)
{
  run->download->goes_first = TRUE;
  paddock_queue_run_stop (run);
  paddock_queue_set_state (self, run->download, state, wait);
}

/* Those that may not go on as the world is now; of too many, those that began last. */
static void
stop_runs (PaddockDownloadQueue *self)
{
  guint running = paddock_queue_count_running (self);

  for (guint i = self->runs->len; i > 0; i--)
    {
      PaddockQueueRun *run = g_ptr_array_index (self->runs, i - 1);

      if (run->stopping)
        continue;
      if (!self->running || running > self->settings.concurrency)
        {
          stop_run (self, run, PADDOCK_DOWNLOAD_QUEUED, PADDOCK_DOWNLOAD_WAIT_NONE);
          running--;
        }
      else if (self->block != PADDOCK_QUEUE_OPEN && !run->download->insists)
        stop_run (self, run, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_NETWORK);
    }
}

static guint
find_rank (PaddockDownload *download)
{
  return 2 * (PADDOCK_DOWNLOAD_HIGH - download->priority) + (download->goes_first ? 0 : 1);
}

static void
set_state (Round *round, PaddockDownload *download, PaddockDownloadState state, PaddockDownloadWait wait)
{
  if (download->state != state || download->wait != wait)
    paddock_queue_set_state (round->queue, download, state, wait);
}

/* Of one whose time has not come. */
static void
count_down (Round *round, PaddockDownload *download)
{
  gint64 left = download->retry_at - round->now;

  if (download->wait == PADDOCK_DOWNLOAD_WAIT_RETRY)
    {
      paddock_download_set_retry_in (download, (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));
      round->is_counting = TRUE;
    }
  if (round->next < 0 || download->retry_at < round->next)
    round->next = download->retry_at;
}

/* One that would like to start. */
static void
consider (Round *round, PaddockDownload *download)
{
  PaddockDownloadQueue *self = round->queue;
  Space *space = find_space (round, download);
  guint64 there;

  /* It came when the disks were asked already: they are asked again at once. */
  if (space == NULL || (is_in_question (download) && !paddock_disk_survey_get_part (round->survey, download->target, &there)))
    {
      self->next_pass = 0;
      return;
    }
  if (!reserve (round, space, download))
    {
      set_state (round, download, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_DISK);
      round->is_short = TRUE;
      return;
    }
  if (download->retry_at > round->now)
    {
      count_down (round, download);
      return;
    }
  if (round->slots == 0 || !self->running)
    {
      set_state (round, download, PADDOCK_DOWNLOAD_QUEUED, PADDOCK_DOWNLOAD_WAIT_NONE);
      return;
    }
  round->slots--;
  if (self->block != PADDOCK_QUEUE_OPEN && !download->insists)
    set_state (round, download, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_NETWORK);
  else if (download->run == NULL)
    paddock_queue_run_begin (self, download);
}

static gboolean
is_waiting (PaddockDownload *download)
{
  return download->state == PADDOCK_DOWNLOAD_QUEUED ||
         (download->state == PADDOCK_DOWNLOAD_WAITING && (download->run == NULL || download->run->stopping));
}

/* All that have no turn, those first that were promised one. */
static void
consider_all (Round *round)
{
  GPtrArray *ranks[N_RANKS];

  for (guint i = 0; i < N_RANKS; i++)
    ranks[i] = g_ptr_array_new ();
  for (GSequenceIter *iter = g_sequence_get_begin_iter (round->queue->downloads); !g_sequence_iter_is_end (iter);
       iter = g_sequence_iter_next (iter))
    {
      PaddockDownload *download = g_sequence_get (iter);

      if (is_waiting (download))
        g_ptr_array_add (ranks[find_rank (download)], download);
    }
  for (guint i = 0; i < N_RANKS; i++)
    {
      for (guint j = 0; j < ranks[i]->len; j++)
        consider (round, g_ptr_array_index (ranks[i], j));
      g_ptr_array_unref (ranks[i]);
    }
}

static gint64
find_next_pass (Round *round)
{
  gint64 next = round->next;

  if (round->is_counting)
    next = MIN (next, round->now + COUNT_INTERVAL);
  if (round->is_short && (next < 0 || next > round->now + DISK_INTERVAL))
    next = round->now + DISK_INTERVAL;
  return next;
}

static void
stop_by_block (PaddockDownloadQueue *self)
{
  self->block = find_block (self);
  stop_runs (self);
}

static void
on_surveyed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockDownloadQueue) self = user_data;

  self->surveying = FALSE;
  self->survey = self->outside.survey_means->finish (result);
  paddock_queue_look (self);
}

/* Of all that are or may come to be under way. */
static PaddockDiskSurvey *
make_survey (PaddockDownloadQueue *self)
{
  PaddockDiskSurvey *survey = paddock_disk_survey_new ();

  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->downloads); !g_sequence_iter_is_end (iter);
       iter = g_sequence_iter_next (iter))
    {
      PaddockDownload *download = g_sequence_get (iter);
      g_autofree char *folder = NULL;

      if (download->run == NULL && !is_waiting (download))
        continue;
      folder = g_path_get_dirname (download->target);
      paddock_disk_survey_add_folder (survey, folder);
      if (is_in_question (download))
        paddock_disk_survey_add_part (survey, download->target);
    }
  return survey;
}

/**
 * paddock_queue_take_turns:
 * @self: a queue
 *
 * Thinks over who has to stop, and asks the disks how much room there is for those who may start. If they are being asked,
 * they are asked again when they have answered.
 */
void
paddock_queue_take_turns (PaddockDownloadQueue *self)
{
  stop_by_block (self);
  if (self->surveying)
    return;
  self->next_pass = -1;
  self->surveying = TRUE;
  self->outside.survey_means->take (make_survey (self), on_surveyed, g_object_ref (self), self->outside.data);
}

/**
 * paddock_queue_give_turns:
 * @self: a queue whose disks have answered
 * @now: by its clock
 *
 * Thinks over who may start, and when that has to be thought over again.
 */
void
paddock_queue_give_turns (PaddockDownloadQueue *self, gint64 now)
{
  g_autoptr (PaddockDiskSurvey) survey = g_steal_pointer (&self->survey);
  g_autoptr (GHashTable) spaces = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  Round round = { .queue = self, .survey = survey, .spaces = spaces, .now = now, .next = -1 };
  guint running;

  stop_by_block (self);
  running = paddock_queue_count_running (self);
  round.slots = self->settings.concurrency - MIN (running, self->settings.concurrency);
  reserve_running (&round);
  consider_all (&round);
  self->next_pass = self->next_pass < 0 ? find_next_pass (&round) : self->next_pass;
}
