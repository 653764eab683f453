/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-draft.h"

G_BEGIN_DECLS

/* What the control groups around this process allow it, in either version of them. */

typedef struct
{
  guint64 limit;                     /* the least of all groups around it */
  guint64 left;                      /* of the group that leaves least; files in memory give way and count as left */
  char *limit_source;                /* Owned */
  char *left_source;                 /* Owned */
} PaddockControlGroupMemory;

/* FALSE: nobody allows less than the total. */
gboolean paddock_control_group_read_memory  (PaddockControlGroupMemory *self, const char *root, guint64 total);
void     paddock_control_group_memory_clear (PaddockControlGroupMemory *self);

/* Thousandths of a thread's time. FALSE: there is no limit. */
gboolean paddock_control_group_read_quota   (const char *root, PaddockHardwareNumber *quota);
/* The list of the threads that it may run on, "0-3,8"; NULL: all. The source is handed out with it. */
char    *paddock_control_group_read_cpus    (const char *root, char **source);

G_END_DECLS
