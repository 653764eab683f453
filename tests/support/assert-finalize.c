/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert-finalize.h"

static void
on_finalized (gpointer data, GObject *where_the_object_was)
{
  gboolean *finalized = data;

  *finalized = TRUE;
}

void
test_assert_finalize_at (gpointer object, const char *file, int line, const char *function)
{
  g_autofree char *message = NULL;
  gboolean finalized = FALSE;

  g_assert_true (G_IS_OBJECT (object));
  message = g_strdup_printf ("a %s outlives its last reference", G_OBJECT_TYPE_NAME (object));

  g_object_weak_ref (object, on_finalized, &finalized);
  g_object_unref (object);
  while (!finalized && g_main_context_iteration (NULL, FALSE))
    continue;

  if (finalized)
    return;
  g_object_weak_unref (object, on_finalized, &finalized);
  g_assertion_message (G_LOG_DOMAIN, file, line, function, message);
}
