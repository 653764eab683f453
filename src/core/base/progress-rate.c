/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/progress-rate.h"

#define SETTLED_US G_USEC_PER_SEC    /* before that, a rate would be a guess */
#define MEMORY_SECONDS 3.0           /* what such a span says counts half */
#define SHORTEST_US (G_USEC_PER_SEC / 10)

/**
 * paddock_progress_rate_add:
 * @self: the rate
 * @done: how much is done in all
 * @now_us: the time, which does not go backwards
 *
 * Takes note of how far it is.
 */
void
paddock_progress_rate_add (PaddockProgressRate *self, guint64 done, gint64 now_us)
{
  double seconds, rate;

  if (self->started_us == 0 || done < self->done)
    {
      *self = (PaddockProgressRate) { .started_us = now_us, .told_us = now_us, .done = done };
      return;
    }
  if (now_us - self->told_us < SHORTEST_US)
    return;
  seconds = (double) (now_us - self->told_us) / G_USEC_PER_SEC;
  rate = (double) (done - self->done) / seconds;
  if (self->told_us == self->started_us)
    self->rate = rate;
  else
    self->rate += (rate - self->rate) * (seconds / (MEMORY_SECONDS + seconds));
  self->told_us = now_us;
  self->done = done;
}

/**
 * paddock_progress_rate_get:
 * @self: the rate
 *
 * Returns: how much is done in a second, 0 as long as that is unknown
 */
double
paddock_progress_rate_get (const PaddockProgressRate *self)
{
  return self->told_us - self->started_us >= SETTLED_US ? self->rate : 0;
}
