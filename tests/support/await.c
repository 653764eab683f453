/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"

#define LIMIT_SECONDS 60

struct _TestAwait
{
  GAsyncResult *result; /* owned; of the last call that ended */
  gboolean fresh;       /* nobody was given it yet */
};

static gboolean
on_limit (gpointer data)
{
  g_error ("nothing came for %d seconds", LIMIT_SECONDS);
  return G_SOURCE_REMOVE;
}

TestAwait *
test_await_new (void)
{
  return g_new0 (TestAwait, 1);
}

void
test_await_free (TestAwait *self)
{
  g_clear_object (&self->result);
  g_free (self);
}

void
test_await_callback (GObject *source_object, GAsyncResult *result, gpointer await)
{
  TestAwait *self = await;

  g_assert_false (self->fresh);
  g_set_object (&self->result, result);
  self->fresh = TRUE;
}

static gboolean
is_fresh (gpointer data)
{
  TestAwait *self = data;

  return self->fresh;
}

/**
 * test_await_result:
 *
 * Runs the main loop until the call that was given this object has ended. The result, and with it the source object,
 * is kept until the next call ends or @self is freed: free it before you assert that the source object is finalized.
 *
 * Returns: (transfer none): what the finish function wants
 */
GAsyncResult *
test_await_result (TestAwait *self)
{
  test_await_condition (is_fresh, self);
  self->fresh = FALSE;
  return self->result;
}

void
test_await_condition (TestCondition condition, gpointer user_data)
{
  guint limit = g_timeout_add_seconds (LIMIT_SECONDS, on_limit, NULL);

  while (!condition (user_data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
}
