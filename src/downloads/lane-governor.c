/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lane-governor.h"

#include "source-link.h"

/* A measurement takes so long at least, and sees so many bytes, unless it takes very long. */
#define SHORTEST (60 * G_TIME_SPAN_MILLISECOND)
#define LONGEST (2 * G_TIME_SPAN_SECOND)
#define ENOUGH (2u << 20)
/* So much faster is worth twice the connections. */
#define WORTH 1.2
/* Lines change: then it is tried again. */
#define SETTLED (10 * G_TIME_SPAN_SECOND)

/**
 * paddock_lane_governor_init:
 * @self: a governor
 * @fixed: how many connections, or 0 for as many as help
 * @now: the time
 */
void
paddock_lane_governor_init (PaddockLaneGovernor *self, guint fixed, gint64 now)
{
  *self = (PaddockLaneGovernor){
    .most = fixed > 0 ? MIN (fixed, PADDOCK_SOURCE_LINK_MAX) : PADDOCK_SOURCE_LINK_MAX,
    .lanes = fixed > 0 ? MIN (fixed, PADDOCK_SOURCE_LINK_MAX) : 1,
    .growing = fixed == 0,
    .since = now,
  };
}

static void
start_over (PaddockLaneGovernor *self, guint64 received, gint64 now)
{
  self->since = now;
  self->bytes = received;
}

static void
grow (PaddockLaneGovernor *self, double rate)
{
  self->growing = self->lanes < self->most;
  self->rate = rate;
  self->lanes = MIN (self->lanes * 2, self->most);
}

static void
judge (PaddockLaneGovernor *self, double rate)
{
  if (self->rate <= 0 || rate >= self->rate * WORTH)
    grow (self, rate);
  else
    {
      self->lanes = MAX (self->lanes / 2, 1);
      self->growing = FALSE;
    }
}

/**
 * paddock_lane_governor_advise:
 * @self: a governor
 * @received: how many bytes came until now
 * @now: the time
 *
 * Returns: how many connections there should be
 */
guint
paddock_lane_governor_advise (PaddockLaneGovernor *self, guint64 received, gint64 now)
{
  gint64 elapsed = now - self->since;
  guint64 bytes = received - self->bytes;
  double rate = elapsed > 0 ? (double) bytes * G_USEC_PER_SEC / (double) elapsed : 0;

  if (self->bytes == 0 && bytes == 0)
    start_over (self, 0, now); /* how long the first byte took is no rate */
  else if (self->growing && elapsed >= SHORTEST && (bytes >= ENOUGH || elapsed >= LONGEST))
    {
      judge (self, rate);
      start_over (self, received, now);
    }
  else if (!self->growing && self->lanes < self->most && elapsed >= SETTLED)
    {
      grow (self, rate);
      start_over (self, received, now);
    }
  return self->lanes;
}

void
paddock_lane_governor_limit (PaddockLaneGovernor *self, guint most)
{
  self->most = MAX (most, 1);
  self->lanes = MIN (self->lanes, self->most);
  self->growing = self->growing && self->lanes < self->most;
}

void
paddock_lane_governor_shrink (PaddockLaneGovernor *self, guint lanes)
{
  self->lanes = CLAMP (lanes, 1, self->lanes);
  self->growing = FALSE;
}
