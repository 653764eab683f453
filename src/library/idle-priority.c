/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "idle-priority.h"

#include <sys/syscall.h>
#include <unistd.h>

/* From linux/ioprio.h, which not every system installs. */
#define WHO_PROCESS 1
#define CLASS_SHIFT 13
#define CLASS_NONE 0
#define CLASS_IDLE 3

static void
set_class (int class)
{
  syscall (SYS_ioprio_set, WHO_PROCESS, 0, class << CLASS_SHIFT);
}

void
paddock_idle_priority_enter (void)
{
  set_class (CLASS_IDLE);
}

void
paddock_idle_priority_leave (void)
{
  set_class (CLASS_NONE);
}
