/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rate-limit.h"

/* What may be saved up: so long of the rate. */
#define SAVED_SECONDS 0.1
/* Less at once is not worth a call. */
#define LEAST 4096
/* So often whoever waits looks whether it was cancelled, or the limit changed. */
#define LOOK_US (20 * G_TIME_SPAN_MILLISECOND)

struct _PaddockRateLimit
{
  GMutex turn; /* of those who want their part of another one */
  GMutex lock;
  GCond changed;
  GQueue waiting; /* who came first takes first; the links are the callers' */
  guint64 rate; /* 0: none */
  double saved; /* bytes that may be received now; below 0 after more was taken */
  gint64 counted_at;
};

/**
 * paddock_rate_limit_new:
 * @bytes_per_second: the limit, 0 for none
 *
 * Returns: (transfer full): a limit
 */
PaddockRateLimit *
paddock_rate_limit_new (guint64 bytes_per_second)
{
  PaddockRateLimit *self = g_atomic_rc_box_new0 (PaddockRateLimit);

  g_mutex_init (&self->turn);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->rate = bytes_per_second;
  self->counted_at = g_get_monotonic_time ();
  return self;
}

/**
 * paddock_rate_limit_ref:
 * @self: a limit
 *
 * Returns: (transfer full): @self
 */
PaddockRateLimit *
paddock_rate_limit_ref (PaddockRateLimit *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_limit (gpointer data)
{
  PaddockRateLimit *self = data;

  g_mutex_clear (&self->turn);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
}

/**
 * paddock_rate_limit_unref:
 * @self: (transfer full): a limit
 */
void
paddock_rate_limit_unref (PaddockRateLimit *self)
{
  g_atomic_rc_box_release_full (self, clear_limit);
}

/* Under the lock. */
static void
count (PaddockRateLimit *self)
{
  gint64 now = g_get_monotonic_time ();
  double rate = (double) self->rate;

  self->saved = MIN (self->saved + rate * (double) (now - self->counted_at) / G_USEC_PER_SEC, MAX (rate * SAVED_SECONDS, LEAST));
  self->counted_at = now;
}

void
paddock_rate_limit_set (PaddockRateLimit *self, guint64 bytes_per_second)
{
  g_mutex_lock (&self->lock);
  count (self);
  self->rate = bytes_per_second;
  self->saved = MIN (self->saved, (double) bytes_per_second * SAVED_SECONDS);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

guint64
paddock_rate_limit_get (PaddockRateLimit *self)
{
  guint64 rate;

  g_mutex_lock (&self->lock);
  rate = self->rate;
  g_mutex_unlock (&self->lock);
  return rate;
}

/* Under the lock. How many bytes may be received; 0: not before @at. */
static gsize
try_to_take (PaddockRateLimit *self, gsize wish, gint64 *at)
{
  double least = (double) MIN (wish, LEAST);
  gsize taken = wish;

  if (self->rate == 0)
    return wish;
  count (self);
  taken = self->saved >= least ? (gsize) MIN ((double) wish, self->saved) : 0;
  self->saved -= (double) taken;
  *at = self->counted_at + (gint64) ((least - self->saved) / (double) self->rate * G_USEC_PER_SEC) + 1;
  return taken;
}

/**
 * paddock_rate_limit_take:
 * @self: a limit
 * @wish: how many bytes at most, more than 0
 * @cancellable: (nullable): to stop waiting
 *
 * Returns: how many bytes may be received now, 0 when it was cancelled
 */
gsize
paddock_rate_limit_take (PaddockRateLimit *self, gsize wish, GCancellable *cancellable)
{
  GList place = { NULL, NULL, NULL };
  gsize taken = 0;

  g_mutex_lock (&self->lock);
  g_queue_push_tail_link (&self->waiting, &place);
  while (!g_cancellable_is_cancelled (cancellable) && taken == 0)
    {
      gint64 at = G_MAXINT64;

      if (self->rate == 0 || self->waiting.head == &place)
        taken = try_to_take (self, wish, &at);
      if (taken == 0)
        g_cond_wait_until (&self->changed, &self->lock, MIN (at, g_get_monotonic_time () + LOOK_US));
    }
  g_queue_unlink (&self->waiting, &place);
  if (self->waiting.length > 0)
    g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return taken;
}

/**
 * paddock_rate_limit_take_part:
 * @self: a limit
 * @shared: another one, that others have a part of as well
 * @wish: how many bytes at most, more than 0
 * @cancellable: (nullable): to stop waiting
 *
 * As paddock_rate_limit_take(), of both. However many ask for @self, one of them at a time asks for @shared, so that all who
 * have a part of it can get the same.
 *
 * Returns: how many bytes may be received now, 0 when it was cancelled
 */
gsize
paddock_rate_limit_take_part (PaddockRateLimit *self, PaddockRateLimit *shared, gsize wish, GCancellable *cancellable)
{
  gsize own = paddock_rate_limit_take (self, wish, cancellable);
  gsize taken = 0;

  if (own > 0)
    {
      g_mutex_lock (&self->turn);
      taken = paddock_rate_limit_take (shared, own, cancellable);
      g_mutex_unlock (&self->turn);
    }
  paddock_rate_limit_give_back (self, own - taken);
  return taken;
}

/**
 * paddock_rate_limit_give_back:
 * @self: a limit
 * @unused: how many bytes of those that were taken did not come
 */
void
paddock_rate_limit_give_back (PaddockRateLimit *self, gsize unused)
{
  g_mutex_lock (&self->lock);
  self->saved += self->rate > 0 ? (double) unused : 0;
  g_mutex_unlock (&self->lock);
}
