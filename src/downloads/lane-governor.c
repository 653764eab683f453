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
/* A connection is held up by processors, not by the line, if it keeps one busy for so much of the time: the others who want
   one have the rest. */
#define BUSY 0.5
/* Processors that are needed meanwhile: what is received is hashed. */
#define OTHERS 1

/**
 * paddock_lane_governor_init:
 * @self: a governor
 * @fixed: how many connections, or 0 for as many as help
 * @processors: how many the machine has
 * @now: the time
 */
void
paddock_lane_governor_init (PaddockLaneGovernor *self, guint fixed, guint processors, gint64 now)
{
  *self = (PaddockLaneGovernor){
    .most = fixed > 0 ? MIN (fixed, PADDOCK_SOURCE_LINK_MAX) : PADDOCK_SOURCE_LINK_MAX,
    .processors = processors,
    .lanes = fixed > 0 ? MIN (fixed, PADDOCK_SOURCE_LINK_MAX) : 1,
    .growing = fixed == 0,
    .since = now,
  };
}

static void
start_over (PaddockLaneGovernor *self, guint64 received, gint64 worked, gint64 now)
{
  self->since = now;
  self->bytes = received;
  self->worked = worked;
}

/* There is no processor for another one, and those that there are have none to spare. */
static gboolean
is_exhausted (const PaddockLaneGovernor *self, gint64 worked, gint64 elapsed)
{
  return self->lanes + OTHERS >= self->processors && (double) worked >= (double) elapsed * self->lanes * BUSY;
}

static void
grow (PaddockLaneGovernor *self, double rate)
{
  self->growing = self->lanes < self->most;
  self->rate = rate;
  self->lanes = MIN (self->lanes * 2, self->most);
}

static void
judge (PaddockLaneGovernor *self, double rate, gboolean exhausted)
{
  self->growing = FALSE;
  if (self->rate > 0 && rate < self->rate * WORTH)
    self->lanes = MAX (self->lanes / 2, 1);
  else if (!exhausted)
    grow (self, rate);
}

/**
 * paddock_lane_governor_advise:
 * @self: a governor
 * @received: how many bytes came until now
 * @worked: for how long processors were busy with that, all together
 * @now: the time
 *
 * Returns: how many connections there should be
 */
guint
paddock_lane_governor_advise (PaddockLaneGovernor *self, guint64 received, gint64 worked, gint64 now)
{
  gint64 elapsed = now - self->since;
  guint64 bytes = received - self->bytes;
  double rate = elapsed > 0 ? (double) bytes * G_USEC_PER_SEC / (double) elapsed : 0;
  gboolean exhausted = is_exhausted (self, worked - self->worked, elapsed);

  if (self->bytes == 0 && bytes == 0)
    start_over (self, 0, worked, now); /* how long the first byte took is no rate */
  else if (self->growing && elapsed >= SHORTEST && (bytes >= ENOUGH || elapsed >= LONGEST))
    {
      judge (self, rate, exhausted);
      start_over (self, received, worked, now);
    }
  else if (!self->growing && self->lanes < self->most && elapsed >= SETTLED)
    {
      if (!exhausted)
        grow (self, rate);
      start_over (self, received, worked, now);
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
