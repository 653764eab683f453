/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockSystemMemory:
 *
 * How much memory there is for programs, in bytes. Files that are only kept in memory because there is room count as
 * available. Where a control group allows less than the machine has, that is what counts.
 */
typedef struct
{
  guint64 total;
  guint64 available;
  gboolean limited;                  /* by a control group */
} PaddockSystemMemory;

/* FALSE where nobody tells. The root is "/" for this machine. */
gboolean paddock_system_memory_read (PaddockSystemMemory *self, const char *root);

G_END_DECLS
