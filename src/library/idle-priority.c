/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "idle-priority.h"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From linux/ioprio.h, which not every system installs. */
#define WHO_PROCESS 1
#define CLASS_SHIFT 13
#define CLASS_IDLE 3

typedef struct
{
  GThreadFunc function;
  gpointer data;
} Call;

static gpointer
run (gpointer data)
{
  const Call *call = data;
  const struct sched_param none = { 0 };

  /* Of the calling thread, both. */
  sched_setscheduler (0, SCHED_IDLE, &none);
  syscall (SYS_ioprio_set, WHO_PROCESS, 0, CLASS_IDLE << CLASS_SHIFT);
  return call->function (call->data);
}

/**
 * paddock_idle_priority_run:
 * @function: what to do
 * @data: for @function
 *
 * A thread that went idle may not become an ordinary one again, so it cannot be one that others are given afterwards.
 *
 * Returns: what @function returns
 */
gpointer
paddock_idle_priority_run (GThreadFunc function, gpointer data)
{
  Call call = { function, data };

  return g_thread_join (g_thread_new ("paddock-idle", run, &call));
}
