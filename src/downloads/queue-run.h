/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/progress-rate.h"
#include "download.h"

G_BEGIN_DECLS

/**
 * PaddockQueueRun:
 *
 * One attempt of a queue at one download: asking where it is, getting it, and, if that is wanted, removing what is there of
 * it afterwards.
 */
typedef struct _PaddockQueueRun PaddockQueueRun;

struct _PaddockQueueRun
{
  /* Owned */
  GObject *queue; /* is there until all of its runs are over */
  PaddockDownload *download;
  GCancellable *cancellable;
  gpointer transfer; /* NULL: the resolver is asked */

  PaddockProgressRate meter;
  gboolean stopping; /* it does not count any more, and is over in a moment */
  gboolean removes;  /* in the end nothing of it is left on the disk */
  gboolean leaves;   /* and nor is it on the list */
};

G_END_DECLS
