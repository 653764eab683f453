/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockLaneGovernor:
 *
 * How many connections help: their number is doubled as long as that makes the whole faster, taken back when it does not,
 * and tried again now and then. Where those that there are keep the processors busy, more of them would only be in each
 * other's way. Times are in microseconds.
 */
typedef struct
{
  guint most, processors;
  guint lanes; /* its advice */
  gboolean growing;
  double rate;   /* with half as many; 0: not measured */
  gint64 since;  /* of what is measured now */
  guint64 bytes; /* that were there by then */
  gint64 worked; /* by then */
} PaddockLaneGovernor;

/* fixed: so many in any case; 0: as many as help. processors: those that the machine has. */
void
paddock_lane_governor_init (PaddockLaneGovernor *self, guint fixed, guint processors, gint64 now);
/* received: all bytes until now. worked: for how long processors were busy with receiving them. Returns the advice. */
guint
paddock_lane_governor_advise (PaddockLaneGovernor *self, guint64 received, gint64 worked, gint64 now);
/* The server does not want more than that; or some of them broke, and may be tried again later. */
void
paddock_lane_governor_limit (PaddockLaneGovernor *self, guint most);
void
paddock_lane_governor_shrink (PaddockLaneGovernor *self, guint lanes);

G_END_DECLS
