/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "retry-plan.h"

#define FIRST ((gint64) G_USEC_PER_SEC / 2)
#define LONGEST (30 * (gint64) G_USEC_PER_SEC)
#define MAX_DOUBLINGS 16

/**
 * paddock_retry_plan_get_delay:
 * @failures: how many there were in a row
 * @asked: seconds that the server asked for, or -1
 * @chance: from 0 to 1
 *
 * Returns: how long to wait, in microseconds
 */
gint64
paddock_retry_plan_get_delay (guint failures, gint64 asked, double chance)
{
  gint64 delay = MIN (FIRST << MIN (failures > 0 ? failures - 1 : 0, MAX_DOUBLINGS), LONGEST);

  /* What was asked for is the least. */
  if (asked >= 0)
    return asked * G_USEC_PER_SEC + (gint64) (chance * G_USEC_PER_SEC / 4);
  return delay / 2 + (gint64) (chance * (double) delay / 2);
}
