/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pass-listener.h"

struct _PaddockPassListener
{
  GWeakRef owner;

  /* Owned */
  GMainContext *context;

  guint pass;
  PaddockPassHeard heard;
};

typedef struct
{
  /* Owned */
  PaddockPassListener *listener;
  PaddockLibraryIndex *part;
} Message;

static void
clear (gpointer data)
{
  PaddockPassListener *self = data;

  g_weak_ref_clear (&self->owner);
  g_main_context_unref (self->context);
}

static void
free_message (gpointer data)
{
  Message *message = data;

  paddock_pass_listener_unref (message->listener);
  paddock_library_index_unref (message->part);
  g_free (message);
}

static gboolean
deliver (gpointer data)
{
  const Message *message = data;
  PaddockPassListener *self = message->listener;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  if (owner != NULL)
    self->heard (owner, self->pass, message->part);
  return G_SOURCE_REMOVE;
}

/**
 * paddock_pass_listener_new:
 * @owner: (type GObject.Object): whoever listens
 * @pass: the number of the pass
 * @heard: called in this thread's context with each part, for as long as the owner is there
 *
 * Returns: (transfer full): a listener
 */
PaddockPassListener *
paddock_pass_listener_new (gpointer owner, guint pass, PaddockPassHeard heard)
{
  PaddockPassListener *self = g_atomic_rc_box_new0 (PaddockPassListener);

  g_weak_ref_init (&self->owner, owner);
  self->context = g_main_context_ref_thread_default ();
  self->pass = pass;
  self->heard = heard;
  return self;
}

/**
 * paddock_pass_listener_unref:
 * @listener: (type PaddockPassListener): a listener
 */
void
paddock_pass_listener_unref (gpointer listener)
{
  g_atomic_rc_box_release_full (listener, clear);
}

/**
 * paddock_pass_listener_tell:
 * @part: (transfer full): what was found so far
 * @listener: (type PaddockPassListener): whom to tell
 *
 * Can be called in any thread.
 */
void
paddock_pass_listener_tell (PaddockLibraryIndex *part, gpointer listener)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Message *message = g_new0 (Message, 1);

  message->listener = g_atomic_rc_box_acquire (listener);
  message->part = part;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[paddock] part of a library");
  g_source_set_callback (source, deliver, message, free_message);
  g_source_attach (source, message->listener->context);
}
