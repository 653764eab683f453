/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockProgressRate:
 *
 * How fast something goes, from how far it is at different times. The newest counts most, so that the figure follows a
 * disk that becomes slow without jumping about. All zero is a good beginning.
 */
typedef struct
{
  gint64 started_us;                 /* 0: nothing was told yet */
  gint64 told_us;
  guint64 done;
  double rate;
} PaddockProgressRate;

void   paddock_progress_rate_add (PaddockProgressRate *self, guint64 done, gint64 now_us);
/* A second, 0 as long as it would be a guess. */
double paddock_progress_rate_get (const PaddockProgressRate *self);

G_END_DECLS
