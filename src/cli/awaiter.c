/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "awaiter.h"

#include "interruption.h"

#include <glib-unix.h>

struct _PaddockAwaiter
{
  /* Owned */
  GCancellable *cancellable;
  GAsyncResult *result;
  GSource *source;
};

static gboolean
on_interruption (gint fd, GIOCondition condition, gpointer self)
{
  g_cancellable_cancel (((PaddockAwaiter *) self)->cancellable);
  return G_SOURCE_REMOVE;
}

/**
 * paddock_awaiter_new:
 *
 * Returns: (transfer full): an awaiter for one call
 */
PaddockAwaiter *
paddock_awaiter_new (void)
{
  PaddockAwaiter *self = g_new0 (PaddockAwaiter, 1);
  int fd = paddock_interruption_get_fd ();

  self->cancellable = g_cancellable_new ();
  if (fd >= 0)
    {
      self->source = g_unix_fd_source_new (fd, G_IO_IN);
      g_source_set_callback (self->source, G_SOURCE_FUNC (on_interruption), self, NULL);
      g_source_attach (self->source, NULL);
    }
  paddock_interruption_set (PADDOCK_INTERRUPTION_TIDY);
  return self;
}

/**
 * paddock_awaiter_free:
 * @self: (transfer full): an awaiter whose call has ended
 *
 * What was done is told before an interruption ends the program.
 */
void
paddock_awaiter_free (PaddockAwaiter *self)
{
  paddock_interruption_set (PADDOCK_INTERRUPTION_BETWEEN);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->result);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/**
 * paddock_awaiter_get_cancellable:
 * @self: an awaiter
 *
 * Returns: (transfer none): what to give to the call
 */
GCancellable *
paddock_awaiter_get_cancellable (PaddockAwaiter *self)
{
  return self->cancellable;
}

/**
 * paddock_awaiter_finished:
 * @source: (nullable): the call's object
 * @result: the call's result
 * @self: the awaiter
 */
void
paddock_awaiter_finished (GObject *source, GAsyncResult *result, gpointer self)
{
  PaddockAwaiter *awaiter = self;

  g_set_object (&awaiter->result, result);
}

/**
 * paddock_awaiter_wait:
 * @self: an awaiter whose call has been made
 *
 * Returns: (transfer none): the result, to be given to the call's finish function
 */
GAsyncResult *
paddock_awaiter_wait (PaddockAwaiter *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return self->result;
}
