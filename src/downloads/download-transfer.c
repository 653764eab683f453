/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer-private.h"

#include "base/file-digest.h"
#include "download-error.h"
#include "retry-plan.h"

#include <errno.h>
#include <sys/stat.h>

/* So often the number of lanes is thought over, and a cancelled run noticed. */
#define TICK (50 * G_TIME_SPAN_MILLISECOND)
/* The same until that number is found: what is measured meanwhile comes over fewer than help. */
#define FIRST_TICK (20 * G_TIME_SPAN_MILLISECOND)
/* So often what is there is put on the disk for sure. */
#define SYNC_INTERVAL (5 * G_TIME_SPAN_SECOND)
/* So much is handed to the disk at once in between: the end waits for what is left, a slow line need not wake the disk. */
#define PUSH_BYTES (16u << 20)

/**
 * paddock_download_transfer_new:
 * @request: what is wanted
 * @options: how
 *
 * Returns: (transfer full): a transfer that was not begun
 */
PaddockDownloadTransfer *
paddock_download_transfer_new (PaddockDownloadRequest *request, const PaddockTransferOptions *options)
{
  PaddockDownloadTransfer *self = g_atomic_rc_box_new0 (PaddockDownloadTransfer);

  self->request = paddock_download_request_ref (request);
  self->own_limit = paddock_rate_limit_new (0);
  self->shared_limit = options->limit != NULL ? paddock_rate_limit_ref (options->limit) : paddock_rate_limit_new (0);
  self->proxy = g_strdup (options->network.proxy);
  self->stall_seconds
      = options->network.stall_seconds > 0 ? options->network.stall_seconds : PADDOCK_NETWORK_STALL_SECONDS;
  self->segments = options->segments;
  self->lanes = g_ptr_array_new ();
  self->facts.size = -1;
  g_mutex_init (&self->lock);
  g_cond_init (&self->grown);
  g_cond_init (&self->turned);
  return self;
}

/**
 * paddock_download_transfer_ref:
 * @self: a transfer
 *
 * Returns: (transfer full): @self
 */
PaddockDownloadTransfer *
paddock_download_transfer_ref (PaddockDownloadTransfer *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_transfer (gpointer data)
{
  PaddockDownloadTransfer *self = data;

  paddock_download_request_unref (self->request);
  paddock_rate_limit_unref (self->own_limit);
  paddock_rate_limit_unref (self->shared_limit);
  g_free (self->proxy);
  g_clear_pointer (&self->part, paddock_part_file_free);
  g_clear_pointer (&self->link, paddock_source_link_free);
  g_clear_pointer (&self->map, paddock_block_map_free);
  g_clear_pointer (&self->claimed, paddock_block_map_free);
  paddock_source_facts_clear (&self->facts);
  g_ptr_array_unref (self->lanes);
  g_clear_error (&self->failure);
  g_free (self->digest);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->grown);
  g_cond_clear (&self->turned);
}

/**
 * paddock_download_transfer_unref:
 * @self: (transfer full): a transfer
 */
void
paddock_download_transfer_unref (PaddockDownloadTransfer *self)
{
  g_atomic_rc_box_release_full (self, clear_transfer);
}

/**
 * paddock_download_transfer_get_status:
 * @self: a transfer
 * @status: (out): how it stands
 */
void
paddock_download_transfer_get_status (PaddockDownloadTransfer *self, PaddockTransferStatus *status)
{
  gint64 wait;

  g_mutex_lock (&self->lock);
  wait = self->retry_at > 0 ? self->retry_at - g_get_monotonic_time () : 0;
  *status = (PaddockTransferStatus){
    .phase = self->retry_at > 0 ? PADDOCK_TRANSFER_WAITING : self->phase,
    .received = self->map != NULL ? paddock_block_map_get_done (self->map) : 0,
    .verified = self->map != NULL ? MIN (self->hashed * PADDOCK_BLOCK_SIZE, paddock_block_map_get_size (self->map)) : 0,
    .total = self->facts.size >= 0 ? self->facts.size : self->request->size,
    .fetched = self->received,
    .lanes = paddock_transfer_count_lanes (self),
    .retry_in = wait > 0 ? (wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC : 0,
  };
  g_mutex_unlock (&self->lock);
}

void
paddock_download_transfer_set_limit (PaddockDownloadTransfer *self, guint64 bytes_per_second)
{
  paddock_rate_limit_set (self->own_limit, bytes_per_second);
}

static void
set_phase (PaddockDownloadTransfer *self, PaddockTransferPhase phase)
{
  g_mutex_lock (&self->lock);
  self->phase = phase;
  g_mutex_unlock (&self->lock);
}

/**
 * paddock_transfer_get_expected:
 * @self: a transfer
 *
 * What somebody asked for goes before what the server claims.
 *
 * Returns: (nullable): a hash
 */
const char *
paddock_transfer_get_expected (const PaddockDownloadTransfer *self)
{
  return self->request->sha256 != NULL ? self->request->sha256 : self->facts.sha256;
}

/* Somebody has the name already. Where it is the file that is wanted, there is nothing to do. */
static char *
check_target (PaddockDownloadTransfer *self, PaddockWorker *worker, GError **error)
{
  const char *expected = self->request->sha256;
  g_autofree char *digest = NULL;

  set_phase (self, PADDOCK_TRANSFER_VERIFYING);
  if (expected != NULL)
    {
      digest = paddock_file_digest_sha256 (self->request->target, worker, NULL, error);
      if (digest == NULL || g_str_equal (digest, expected))
        return g_steal_pointer (&digest);
    }
  paddock_download_error_set_errno (error, EEXIST, "cannot write", self->request->target);
  return NULL;
}

gboolean
paddock_transfer_wait_for_retry (
    PaddockDownloadTransfer *self, guint failures, gint64 asked, PaddockWorker *worker, GError **error)
{
  gint64 until = g_get_monotonic_time () + paddock_retry_plan_get_delay (failures, asked, g_random_double ());
  gboolean goes_on = TRUE;

  g_mutex_lock (&self->lock);
  self->retry_at = until;
  while (goes_on && g_get_monotonic_time () < until)
    {
      g_cond_wait_until (&self->turned, &self->lock, MIN (until, g_get_monotonic_time () + TICK));
      goes_on = paddock_worker_poll (worker, error);
    }
  self->retry_at = 0;
  g_mutex_unlock (&self->lock);
  return goes_on;
}

/* What there is, from one source. */
static gboolean
ask (PaddockDownloadTransfer *self, PaddockWorker *worker, GError **error)
{
  g_autofree char *known = g_strdup (self->request->sha256 != NULL ? self->request->sha256 : self->facts.sha256);

  for (guint failures = 0;;)
    {
      g_auto (PaddockSourceFacts) facts = { .size = self->request->size, .sha256 = g_strdup (known) };
      g_autoptr (GError) problem = NULL;
      gint64 asked;

      if (paddock_source_link_ask (self->link, &facts, &asked, paddock_worker_get_cancellable (worker), &problem))
        {
          g_mutex_lock (&self->lock);
          paddock_source_facts_clear (&self->facts);
          self->facts = facts;
          facts = (PaddockSourceFacts){ .size = -1 };
          g_mutex_unlock (&self->lock);
          return TRUE;
        }
      if (!paddock_download_error_passes (problem) || ++failures >= PADDOCK_RETRY_ATTEMPTS)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (!paddock_transfer_wait_for_retry (self, failures, asked, worker, error))
        return FALSE;
    }
}

/* Whether what was begun is the file that comes now. */
static gboolean
continues (PaddockDownloadTransfer *self, const PaddockPartValidators *begun)
{
  if (begun->size != (guint64) self->facts.size)
    return FALSE;
  return paddock_transfer_get_expected (self) != NULL || begun->tag == NULL || self->facts.tag == NULL ||
         g_strcmp0 (begun->host, self->facts.host) != 0 || g_str_equal (begun->tag, self->facts.tag);
}

static gboolean
prepare_part (PaddockDownloadTransfer *self, GError **error)
{
  PaddockPartValidators validators;

  if (self->facts.size < 0)
    {
      g_set_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_PROTOCOL, "%s: the server does not say how large it is",
                   paddock_download_request_get_identity (self->request));
      return FALSE;
    }
  if (self->facts.size == 0 && self->request->is_model)
    {
      g_set_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_NOT_A_MODEL, "%s: there is nothing in it",
                   paddock_download_request_get_identity (self->request));
      return FALSE;
    }
  if (paddock_part_file_get_begun (self->part, &validators))
    {
      if (!continues (self, &validators))
        {
          g_set_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_CHANGED,
                       "%s: it is another file now than the one that was begun",
                       paddock_download_request_get_identity (self->request));
          return FALSE;
        }
    }
  else
    {
      validators = (PaddockPartValidators){ (guint64) self->facts.size, self->facts.tag, self->facts.host };
      if (!paddock_part_file_begin (self->part, &validators, error))
        return FALSE;
    }
  return paddock_part_file_reserve (self->part, error);
}

/* Under the lock. */
static void
tend_lanes (PaddockDownloadTransfer *self, gint64 now)
{
  guint wanted;

  paddock_transfer_reap_lanes (self);
  if (paddock_block_map_is_complete (self->map))
    {
      self->phase = self->phase == PADDOCK_TRANSFER_REPAIRING ? self->phase : PADDOCK_TRANSFER_VERIFYING;
      return;
    }
  wanted = paddock_lane_governor_advise (&self->governor, self->received, self->worked, now);
  if (self->retry_at == 0)
    while (paddock_transfer_count_lanes (self) < wanted && paddock_transfer_has_work (self) && !self->stopping)
      {
        paddock_transfer_add_lane (self);
        /* The first answer tells more than a guess. */
        if (self->received == 0)
          break;
      }
}

/* Under the lock, which is not held meanwhile. */
static void
sync_part (PaddockDownloadTransfer *self)
{
  GError *error = NULL;
  gboolean done;

  g_mutex_unlock (&self->lock);
  done = paddock_part_file_sync (self->part, &error);
  g_mutex_lock (&self->lock);
  if (!done)
    paddock_transfer_fail (self, error);
}

/* Under the lock, which is not held meanwhile. */
static void
push_part (PaddockDownloadTransfer *self)
{
  g_mutex_unlock (&self->lock);
  paddock_part_file_push (self->part);
  g_mutex_lock (&self->lock);
}

/* Under the lock: until all is there and hashed, or something failed. */
static void
supervise (PaddockDownloadTransfer *self, PaddockWorker *worker)
{
  gint64 synced_at = g_get_monotonic_time ();
  guint64 pushed = self->received;

  while (!self->stopping && self->digest == NULL)
    {
      gint64 now = g_get_monotonic_time (), tick;
      GError *error = NULL;

      tend_lanes (self, now);
      if (now - synced_at >= SYNC_INTERVAL)
        {
          sync_part (self);
          synced_at = g_get_monotonic_time ();
          pushed = self->received;
        }
      else if (self->received - pushed >= PUSH_BYTES)
        {
          pushed = self->received;
          push_part (self);
        }
      paddock_worker_report (worker, paddock_block_map_get_done (self->map), (guint64) self->facts.size);
      if (!paddock_worker_poll (worker, &error))
        paddock_transfer_fail (self, error);
      tick = self->governor.growing ? FIRST_TICK : TICK;
      if (!self->stopping && self->digest == NULL)
        g_cond_wait_until (&self->turned, &self->lock, g_get_monotonic_time () + tick);
    }
}

/* What is missing comes, and all is hashed. */
static gboolean
receive (PaddockDownloadTransfer *self, PaddockWorker *worker, GError **error)
{
  GThread *checker;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->digest, g_free);
  self->hashed = 0;
  self->stopping = FALSE;
  paddock_lane_governor_init (&self->governor, self->segments, g_get_num_processors (), g_get_monotonic_time ());
  if (self->facts.whole_only)
    paddock_lane_governor_limit (&self->governor, 1);
  self->governor.bytes = self->received;
  self->governor.worked = self->worked;
  checker = g_thread_new ("paddock-check", paddock_transfer_check, self);
  supervise (self, worker);
  paddock_transfer_join_lanes (self);
  g_mutex_unlock (&self->lock);
  g_thread_join (checker);
  if (self->failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->failure));
  return FALSE;
}

static gboolean
use_source (PaddockDownloadTransfer *self, guint position, PaddockWorker *worker, GError **error)
{
  const PaddockNetworkOptions network = { self->proxy, self->stall_seconds };

  set_phase (self, PADDOCK_TRANSFER_RESOLVING);
  g_clear_pointer (&self->link, paddock_source_link_free);
  self->link = paddock_source_link_new (g_ptr_array_index (self->request->sources, position), &network, error);
  if (self->link == NULL || !ask (self, worker, error) || !prepare_part (self, error))
    return FALSE;
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->map, paddock_block_map_free);
  g_clear_pointer (&self->claimed, paddock_block_map_free);
  self->map = paddock_part_file_make_map (self->part);
  self->claimed = paddock_part_file_make_map (self->part);
  self->phase = PADDOCK_TRANSFER_RECEIVING;
  g_mutex_unlock (&self->lock);
  return receive (self, worker, error);
}

/* What has nothing to do with where the file comes from, or is the person's to decide. */
static gboolean
is_final (const GError *error)
{
  if (error->domain != PADDOCK_DOWNLOAD_ERROR)
    return TRUE;
  switch ((PaddockDownloadError) error->code)
    {
    case PADDOCK_DOWNLOAD_ERROR_NO_SPACE:
    case PADDOCK_DOWNLOAD_ERROR_TOO_LARGE:
    case PADDOCK_DOWNLOAD_ERROR_PERMISSION:
    case PADDOCK_DOWNLOAD_ERROR_EXISTS:
    case PADDOCK_DOWNLOAD_ERROR_LOCKED:
    case PADDOCK_DOWNLOAD_ERROR_DISK:
      return TRUE;
    default:
      return FALSE;
    }
}

/* From the first source that has it; of several failures the first one is told. */
static gboolean
try_sources (PaddockDownloadTransfer *self, PaddockWorker *worker, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < self->request->sources->len; i++)
    {
      g_autoptr (GError) problem = NULL;

      if (use_source (self, i, worker, &problem))
        return TRUE;
      if (is_final (problem))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (first == NULL)
        first = g_steal_pointer (&problem);
    }
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
verify (PaddockDownloadTransfer *self, PaddockWorker *worker, GError **error)
{
  const char *expected = paddock_transfer_get_expected (self);

  if (expected == NULL || g_str_equal (expected, self->digest))
    return TRUE;
  set_phase (self, PADDOCK_TRANSFER_REPAIRING);
  return paddock_transfer_repair (self, worker, receive, error);
}

/**
 * paddock_download_transfer_run:
 * @self: a transfer that was not run
 * @worker: (nullable): where to report progress, and what to poll
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the SHA-256 of the file, which is there under its name
 */
char *
paddock_download_transfer_run (PaddockDownloadTransfer *self, PaddockWorker *worker, GError **error)
{
  g_autoptr (GError) problem = NULL;
  struct stat status;

  if (lstat (self->request->target, &status) == 0)
    return check_target (self, worker, error);
  self->part = paddock_part_file_open (self->request, error);
  if (self->part == NULL)
    return NULL;
  if (try_sources (self, worker, &problem) && verify (self, worker, &problem) && paddock_part_file_finish (self->part, &problem))
    return g_steal_pointer (&self->digest);
  /* Of something else nothing has to be kept. */
  if (g_error_matches (problem, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_NOT_A_MODEL))
    {
      g_autoptr (GError) left = NULL;

      if (!paddock_part_file_discard (self->part, &left))
        g_prefix_error (&problem, "%s; ", left->message);
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static gpointer
run_in_worker (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  return paddock_download_transfer_run (snapshot, worker, error);
}

/**
 * paddock_download_transfer_run_async:
 * @self: a transfer that was not run
 * @progress: (nullable): is told how many bytes are there
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it; what was received stays
 * @callback: is called when it is over
 * @user_data: for @callback
 */
void
paddock_download_transfer_run_async (PaddockDownloadTransfer *self,
                                     PaddockProgressFunc progress,
                                     gpointer progress_data,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  const PaddockWork work = {
    .name = "download",
    .run = run_in_worker,
    .snapshot = paddock_download_transfer_ref (self),
    .snapshot_free = (GDestroyNotify) paddock_download_transfer_unref,
    .result_free = g_free,
    .progress = progress,
    .progress_data = progress_data,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_download_transfer_run_finish:
 * @result: as it was given to the callback
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): as of paddock_download_transfer_run()
 */
char *
paddock_download_transfer_run_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
