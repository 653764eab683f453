/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-private.h"

#include "base/worker.h"
#include "download-error.h"

#include <string.h>

enum
{
  PROP_N_ACTIVE = 1,
  PROP_N_UNFINISHED,
  PROP_FRACTION,
  PROP_RATE,
  PROP_CONCURRENCY,
  PROP_LIMIT,
  PROP_METERED,
  PROP_BLOCKED,
  PROP_BUSY,
  PROP_PROBLEM,
  N_PROPERTIES
};

enum
{
  FINISHED,
  FAILED,
  LEFT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static GType
paddock_download_queue_get_item_type (GListModel *model G_GNUC_UNUSED)
{
  return PADDOCK_TYPE_DOWNLOAD;
}

static guint
paddock_download_queue_get_n_items (GListModel *model)
{
  return (guint) g_sequence_get_length (PADDOCK_DOWNLOAD_QUEUE (model)->downloads);
}

static gpointer
paddock_download_queue_get_item (GListModel *model, guint position)
{
  GSequenceIter *iter;

  if (position >= paddock_download_queue_get_n_items (model))
    return NULL;
  iter = g_sequence_get_iter_at_pos (PADDOCK_DOWNLOAD_QUEUE (model)->downloads, (int) position);
  return g_object_ref (g_sequence_get (iter));
}

static void
paddock_download_queue_init_model (GListModelInterface *iface)
{
  iface->get_item_type = paddock_download_queue_get_item_type;
  iface->get_n_items = paddock_download_queue_get_n_items;
  iface->get_item = paddock_download_queue_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PaddockDownloadQueue,
                               paddock_download_queue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, paddock_download_queue_init_model))

static guint
count_active (PaddockDownloadQueue *self)
{
  return self->counts[PADDOCK_DOWNLOAD_RESOLVING] + self->counts[PADDOCK_DOWNLOAD_DOWNLOADING] +
         self->counts[PADDOCK_DOWNLOAD_VERIFYING];
}

static guint
count_unfinished (PaddockDownloadQueue *self)
{
  return count_active (self) + self->counts[PADDOCK_DOWNLOAD_QUEUED] + self->counts[PADDOCK_DOWNLOAD_WAITING];
}

static void
paddock_download_queue_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PaddockDownloadQueue *self = PADDOCK_DOWNLOAD_QUEUE (object);

  switch (id)
    {
    case PROP_N_ACTIVE:
      g_value_set_uint (value, count_active (self));
      break;
    case PROP_N_UNFINISHED:
      g_value_set_uint (value, count_unfinished (self));
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_RATE:
      g_value_set_uint64 (value, self->rate);
      break;
    case PROP_CONCURRENCY:
      g_value_set_uint (value, self->settings.concurrency);
      break;
    case PROP_LIMIT:
      g_value_set_uint64 (value, self->settings.limit);
      break;
    case PROP_METERED:
      g_value_set_boolean (value, self->settings.metered);
      break;
    case PROP_BLOCKED:
      g_value_set_uint (value, self->block);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, paddock_download_queue_is_busy (self));
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
paddock_download_queue_dispose (GObject *object)
{
  PaddockDownloadQueue *self = PADDOCK_DOWNLOAD_QUEUE (object);

  if (self->alarm != NULL)
    g_source_destroy (self->alarm);
  g_clear_pointer (&self->alarm, g_source_unref);
  if (self->outside.network != NULL)
    g_signal_handlers_disconnect_by_data (self->outside.network, self);
  if (self->guard != NULL)
    paddock_suspend_guard_set_wanted (self->guard, FALSE);
  g_clear_object (&self->guard);
  G_OBJECT_CLASS (paddock_download_queue_parent_class)->dispose (object);
}

static void
paddock_download_queue_finalize (GObject *object)
{
  PaddockDownloadQueue *self = PADDOCK_DOWNLOAD_QUEUE (object);

  g_clear_object (&self->outside.network);
  g_clear_object (&self->outside.resolver);
  g_hash_table_unref (self->by_target);
  g_clear_pointer (&self->survey, paddock_disk_survey_free);
  g_sequence_free (self->downloads);
  g_ptr_array_unref (self->runs);
  g_clear_pointer (&self->store, paddock_download_store_unref);
  paddock_rate_limit_unref (self->limit);
  paddock_queue_settings_clear (&self->settings);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (paddock_download_queue_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, GObjectClass *klass)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                       PADDOCK_TYPE_DOWNLOAD);
}

static void
paddock_download_queue_class_init (PaddockDownloadQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = paddock_download_queue_get_property;
  object_class->dispose = paddock_download_queue_dispose;
  object_class->finalize = paddock_download_queue_finalize;

  properties[PROP_N_ACTIVE] = g_param_spec_uint ("n-active", NULL, NULL, 0, G_MAXUINT, 0, told);
  properties[PROP_N_UNFINISHED] = g_param_spec_uint ("n-unfinished", NULL, NULL, 0, G_MAXUINT, 0, told);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, told);
  properties[PROP_RATE] = g_param_spec_uint64 ("rate", NULL, NULL, 0, G_MAXUINT64, 0, told);
  properties[PROP_CONCURRENCY] = g_param_spec_uint ("concurrency", NULL, NULL, 1, PADDOCK_QUEUE_MAX_CONCURRENCY,
                                                    PADDOCK_QUEUE_CONCURRENCY, told);
  properties[PROP_LIMIT] = g_param_spec_uint64 ("limit", NULL, NULL, 0, G_MAXUINT64, 0, told);
  properties[PROP_METERED] = g_param_spec_boolean ("metered", NULL, NULL, FALSE, told);
  properties[PROP_BLOCKED] = g_param_spec_uint ("blocked", NULL, NULL, 0, PADDOCK_QUEUE_METERED, 0, told);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, told);
  properties[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, told);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[FINISHED] = add_signal ("finished", object_class);
  signals[FAILED] = add_signal ("failed", object_class);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                PADDOCK_TYPE_DOWNLOAD, G_TYPE_ERROR);
}

static gboolean
dispatch_alarm (GSource *source, GSourceFunc callback G_GNUC_UNUSED, gpointer self)
{
  g_source_set_ready_time (source, -1);
  paddock_queue_look (self);
  return G_SOURCE_CONTINUE;
}

static void
paddock_download_queue_init (PaddockDownloadQueue *self)
{
  static GSourceFuncs functions = { .dispatch = dispatch_alarm };

  self->downloads = g_sequence_new (g_object_unref);
  self->by_target = g_hash_table_new (g_str_hash, g_str_equal);
  self->runs = g_ptr_array_new ();
  self->limit = paddock_rate_limit_new (0);
  self->settings.concurrency = PADDOCK_QUEUE_CONCURRENCY;
  self->fraction = -1;
  self->next_pass = -1;
  self->running = TRUE;
  self->alarm = g_source_new (&functions, sizeof (GSource));
  g_source_set_callback (self->alarm, NULL, self, NULL);
  g_source_set_static_name (self->alarm, "download queue");
  g_source_attach (self->alarm, NULL);
}

/**
 * paddock_download_queue_new:
 * @surroundings: the world outside
 * @guard: (nullable): keeps the computer awake
 *
 * Returns: (transfer full): a queue that is not open
 */
PaddockDownloadQueue *
paddock_download_queue_new (const PaddockQueueSurroundings *surroundings, PaddockSuspendGuard *guard)
{
  PaddockDownloadQueue *self = g_object_new (PADDOCK_TYPE_DOWNLOAD_QUEUE, NULL);

  self->outside = *surroundings;
  g_object_ref (self->outside.network);
  if (self->outside.resolver != NULL)
    g_object_ref (self->outside.resolver);
  g_set_object (&self->guard, guard);
  g_signal_connect_swapped (self->outside.network, "network-changed", G_CALLBACK (paddock_queue_think), self);
  g_signal_connect_swapped (self->outside.network, "notify::network-metered", G_CALLBACK (paddock_queue_think), self);
  return self;
}

static void
wake_at (PaddockDownloadQueue *self, gint64 at)
{
  gint64 wait = at - self->outside.now (self->outside.data);

  if (self->alarm != NULL)
    g_source_set_ready_time (self->alarm, wait > 0 ? g_get_monotonic_time () + wait : 0);
}

void
paddock_queue_think (PaddockDownloadQueue *self)
{
  if (self->store == NULL)
    return;
  self->next_pass = 0;
  wake_at (self, 0);
}

void
paddock_queue_save_soon (PaddockDownloadQueue *self)
{
  self->unsaved = TRUE;
  if (!self->saving)
    wake_at (self, 0);
}

/* What of a state is worth being written. */
static guint
class_of (PaddockDownloadState state)
{
  switch (state)
    {
    case PADDOCK_DOWNLOAD_RESOLVING:
    case PADDOCK_DOWNLOAD_DOWNLOADING:
    case PADDOCK_DOWNLOAD_VERIFYING:
      return PADDOCK_DOWNLOAD_DOWNLOADING;
    default:
      return state;
    }
}

void
paddock_queue_set_state (PaddockDownloadQueue *self,
                         PaddockDownload *download,
                         PaddockDownloadState state,
                         PaddockDownloadWait wait)
{
  if (class_of (download->state) != class_of (state))
    paddock_queue_save_soon (self);
  self->counts[download->state]--;
  self->counts[state]++;
  paddock_download_set_state (download, state, wait);
}

void
paddock_queue_tell (PaddockDownloadQueue *self, PaddockDownload *download)
{
  paddock_queue_notify (self);
  g_signal_emit (self, signals[download->state == PADDOCK_DOWNLOAD_DONE ? FINISHED : FAILED], 0, download);
}

void
paddock_queue_tell_left (PaddockDownloadQueue *self, PaddockDownload *download, const GError *error)
{
  g_signal_emit (self, signals[LEFT], 0, download, error);
}

/* Sums over all that is not over, so that a list at rest is at nothing. */
static void
sum_up (PaddockDownloadQueue *self, double *fraction, guint64 *rate)
{
  double received = 0, total = 0;

  *rate = 0;
  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->downloads); !g_sequence_iter_is_end (iter);
       iter = g_sequence_iter_next (iter))
    {
      const PaddockDownload *download = g_sequence_get (iter);

      if (download->state >= PADDOCK_DOWNLOAD_DONE || download->state == PADDOCK_DOWNLOAD_PAUSED || download->total < 0)
        continue;
      received += (double) download->received;
      total += (double) download->total;
      *rate += download->rate;
    }
  *fraction = total > 0 ? CLAMP (received / total, 0, 1) : -1;
}

static void
notify (PaddockDownloadQueue *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
paddock_queue_notify (PaddockDownloadQueue *self)
{
  gboolean busy = paddock_download_queue_is_busy (self);
  guint active = count_active (self), unfinished = count_unfinished (self);
  double fraction;
  guint64 rate;

  sum_up (self, &fraction, &rate);
  g_object_freeze_notify (G_OBJECT (self));
  if (self->rate != rate)
    notify (self, PROP_RATE);
  if (fraction > self->fraction || fraction < self->fraction)
    notify (self, PROP_FRACTION);
  if (active != self->shown_active)
    notify (self, PROP_N_ACTIVE);
  if (unfinished != self->shown_unfinished)
    notify (self, PROP_N_UNFINISHED);
  if (busy != self->was_busy)
    notify (self, PROP_BUSY);
  self->rate = rate;
  self->fraction = fraction;
  self->shown_active = active;
  self->shown_unfinished = unfinished;
  self->was_busy = busy;
  g_object_thaw_notify (G_OBJECT (self));
}

void
paddock_queue_set_problem (PaddockDownloadQueue *self, const GError *problem)
{
  if (problem == NULL && self->problem == NULL)
    return;
  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  notify (self, PROP_PROBLEM);
}

void
paddock_queue_look (PaddockDownloadQueue *self)
{
  g_autoptr (PaddockDownloadQueue) held = g_object_ref (self);
  gint64 now = self->outside.now (self->outside.data);
  PaddockQueueBlock block = self->block;
  gint64 next;

  if (self->store == NULL)
    return;
  for (guint i = 0; i < self->runs->len; i++)
    paddock_queue_run_tend (g_ptr_array_index (self->runs, i), now);
  if (self->survey != NULL)
    paddock_queue_give_turns (self, now);
  if (self->next_pass >= 0 && self->next_pass <= now)
    paddock_queue_take_turns (self);
  if (self->unsaved && !self->saving)
    paddock_queue_save (self);
  if (self->guard != NULL)
    paddock_suspend_guard_set_wanted (self->guard, count_active (self) > 0);
  if (block != self->block)
    notify (self, PROP_BLOCKED);
  paddock_queue_notify (self);
  /* What comes up while the disks are asked waits until they have answered. */
  next = self->surveying ? -1 : self->next_pass;
  if (next >= 0)
    wake_at (self, next);
  if (self->unsaved && !self->saving)
    wake_at (self, now);
  else if (paddock_queue_count_running (self) > 0 && (next < 0 || next > now + PADDOCK_QUEUE_TICK))
    wake_at (self, now + PADDOCK_QUEUE_TICK);
}

const GError *
paddock_download_queue_get_problem (PaddockDownloadQueue *self)
{
  return self->problem;
}

gboolean
paddock_download_queue_is_busy (PaddockDownloadQueue *self)
{
  return self->runs->len > 0 || self->saving || self->unsaved;
}

void
paddock_download_queue_set_running (PaddockDownloadQueue *self, gboolean running)
{
  if (self->running == running)
    return;
  self->running = running;
  paddock_queue_think (self);
}

gboolean
paddock_download_queue_is_open (PaddockDownloadQueue *self)
{
  return self->store != NULL;
}

gboolean
paddock_download_queue_is_running (PaddockDownloadQueue *self)
{
  return self->running;
}

void
paddock_download_queue_set_limit (PaddockDownloadQueue *self, guint64 bytes_per_second)
{
  if (self->settings.limit == bytes_per_second)
    return;
  self->settings.limit = bytes_per_second;
  paddock_rate_limit_set (self->limit, bytes_per_second);
  paddock_queue_save_soon (self);
  notify (self, PROP_LIMIT);
}

void
paddock_download_queue_set_concurrency (PaddockDownloadQueue *self, guint concurrency)
{
  concurrency = CLAMP (concurrency, 1, PADDOCK_QUEUE_MAX_CONCURRENCY);
  if (self->settings.concurrency == concurrency)
    return;
  self->settings.concurrency = concurrency;
  paddock_queue_save_soon (self);
  paddock_queue_think (self);
  notify (self, PROP_CONCURRENCY);
}

void
paddock_download_queue_set_metered (PaddockDownloadQueue *self, gboolean allowed)
{
  if (self->settings.metered == allowed)
    return;
  self->settings.metered = allowed;
  paddock_queue_save_soon (self);
  paddock_queue_think (self);
  notify (self, PROP_METERED);
}
