/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert-finalize.h"

/* A thread that has just answered may hold its reference a moment longer. */
#define PATIENCE_SECONDS 5

/* In whatever thread let go of the object. */
static void
on_finalized (gpointer data, GObject *where_the_object_was)
{
  g_atomic_int_set ((int *) data, TRUE);
  g_main_context_wakeup (NULL);
}

static gboolean
on_patience_ended (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

void
test_assert_finalize_at (gpointer object, const char *file, int line, const char *function)
{
  g_autofree char *message = NULL;
  int finalized = FALSE;
  gboolean late = FALSE;
  guint patience;

  g_assert_true (G_IS_OBJECT (object));
  message = g_strdup_printf ("a %s outlives its last reference", G_OBJECT_TYPE_NAME (object));

  g_object_weak_ref (object, on_finalized, &finalized);
  g_object_unref (object);
  patience = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_ended, &late);
  while (!g_atomic_int_get (&finalized) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);

  if (g_atomic_int_get (&finalized))
    return;
  g_object_weak_unref (object, on_finalized, &finalized);
  g_assertion_message (G_LOG_DOMAIN, file, line, function, message);
}
