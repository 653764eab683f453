/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer-watch.h"

struct _PaddockAnswerWatch
{
  /* Owned */
  GCancellable *outer, *cancellable;
  GThread *thread; /* NULL: it ended */

  gulong handler;
  gint64 until; /* monotonic */
  GMutex lock;
  GCond ended;
  gboolean is_over, is_late;
};

static void
on_outer_cancelled (GCancellable *outer G_GNUC_UNUSED, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gpointer
watch (gpointer data)
{
  PaddockAnswerWatch *self = data;

  g_mutex_lock (&self->lock);
  while (!self->is_over && !self->is_late)
    self->is_late = !g_cond_wait_until (&self->ended, &self->lock, self->until);
  g_mutex_unlock (&self->lock);
  if (self->is_late)
    g_cancellable_cancel (self->cancellable);
  return NULL;
}

/**
 * paddock_answer_watch_new:
 * @outer: (nullable): what the caller may cancel
 * @seconds: after which it is over
 *
 * Returns: (transfer full): a watch that has begun
 */
PaddockAnswerWatch *
paddock_answer_watch_new (GCancellable *outer, guint seconds)
{
  PaddockAnswerWatch *self = g_new0 (PaddockAnswerWatch, 1);

  self->outer = outer != NULL ? g_object_ref (outer) : NULL;
  self->cancellable = g_cancellable_new ();
  self->until = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  g_mutex_init (&self->lock);
  g_cond_init (&self->ended);
  if (outer != NULL)
    self->handler
        = g_cancellable_connect (outer, G_CALLBACK (on_outer_cancelled), g_object_ref (self->cancellable), g_object_unref);
  self->thread = g_thread_new ("paddock-watch", watch, self);
  return self;
}

/**
 * paddock_answer_watch_end:
 * @self: a watch
 *
 * Returns: whether the time was over
 */
gboolean
paddock_answer_watch_end (PaddockAnswerWatch *self)
{
  g_mutex_lock (&self->lock);
  self->is_over = TRUE;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->lock);
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
  return self->is_late;
}

/**
 * paddock_answer_watch_free:
 * @self: (transfer full): a watch
 */
void
paddock_answer_watch_free (PaddockAnswerWatch *self)
{
  paddock_answer_watch_end (self);
  g_cancellable_disconnect (self->outer, self->handler);
  g_clear_object (&self->outer);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ended);
  g_free (self);
}

GCancellable *
paddock_answer_watch_get_cancellable (PaddockAnswerWatch *self)
{
  return self->cancellable;
}
