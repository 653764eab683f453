/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory.h"
#include "download-queue.h"

G_BEGIN_DECLS

/* One transfer that goes on, as the queue believes. */
typedef struct
{
  char *target;
  GTask *task; /* NULL: it is over */
  GCancellable *cancellable;
  PaddockTransferStatus status;
  guint64 limit;
  gboolean left; /* the queue knows that it is over */
} TestTransfer;

/**
 * TestQueueCase:
 *
 * A queue in a world where nothing happens by itself: the clock, the disk, the network and all transfers are the test's.
 */
typedef struct
{
  PaddockQueueSurroundings outside;
  PaddockDownloadQueue *queue;
  GNetworkMonitor *network;
  GPtrArray *transfers; /* TestTransfer, all that there ever were */
  GPtrArray *told;      /* char *: "finished NAME", "failed NAME" */
  TestDirectory *directory;
  const char *folder;
  GError *refusal; /* what the resolver says; NULL: where it is */
  gint64 now;
  guint64 free_bytes;
  gboolean disk_sleeps;
  GTask *survey; /* that a sleeping disk has not answered */
  guint asked; /* times that the resolver was */
} TestQueueCase;

void
test_queue_case_set_up (TestQueueCase *self, gconstpointer data);
void
test_queue_case_tear_down (TestQueueCase *self, gconstpointer data);

/* Another queue in the same world; opened where the list is. */
PaddockDownloadQueue *
test_queue_case_make (TestQueueCase *self);
/* All is done that is to be done at this moment, the writing of the list too. */
void
test_queue_case_settle (TestQueueCase *self);
void
test_queue_case_advance (TestQueueCase *self, double seconds);
void
test_queue_case_set_network (TestQueueCase *self, gboolean available, gboolean metered);
/* Lets it answer what it was asked. */
void
test_queue_case_wake_disk (TestQueueCase *self);
/* size -1: unknown */
PaddockDownload *
test_queue_case_add (TestQueueCase *self, const char *name, gint64 size);
char *
test_queue_case_dup_target (TestQueueCase *self, const char *name);
/* The one that goes on; NULL: none does. */
TestTransfer *
test_queue_case_find (TestQueueCase *self, const char *name);
/* Names of all that go on, in the order in which they began: "a b". */
void
test_queue_case_assert_running (TestQueueCase *self, const char *names);
void
test_queue_case_assert_order (TestQueueCase *self, const char *names);
void
test_queue_case_finish (TestQueueCase *self, const char *name);
void
test_queue_case_fail (TestQueueCase *self, const char *name, int code);

G_END_DECLS
