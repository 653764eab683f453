/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "late-release.h"

typedef struct
{
  gpointer data;
  GDestroyNotify release;
} Burden;

static void
drop (gpointer data, gpointer user_data)
{
  Burden *burden = data;

  burden->release (burden->data);
  g_free (burden);
}

/**
 * paddock_late_release:
 * @data: (transfer full) (nullable): what nobody needs here any more
 * @release: frees it, or lets go of it
 */
void
paddock_late_release (gpointer data, GDestroyNotify release)
{
  static GThreadPool *pool;
  Burden *burden;

  if (data == NULL)
    return;
  if (g_once_init_enter_pointer (&pool))
    g_once_init_leave_pointer (&pool, g_thread_pool_new (drop, NULL, 1, FALSE, NULL));
  burden = g_new (Burden, 1);
  burden->data = data;
  burden->release = release;
  g_thread_pool_push (pool, burden, NULL);
}
