/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"

G_BEGIN_DECLS

/**
 * PaddockFileComparison:
 *
 * Two open files that shall be the same byte for byte. Both halves of a transfer's progress: this is the second.
 */
typedef struct
{
  int first, second;
  const char *first_path, *second_path;   /* for messages */
  guint64 size;
  guint64 done_before, total;
} PaddockFileComparison;

/* DIFFERENT where a byte is another one or one of them is shorter. */
gboolean paddock_file_comparison_run (const PaddockFileComparison *self, PaddockWorker *worker, GError **error);
/* Looks at some places only: enough to call it the same in a proposal, not for deleting one of them. */
gboolean paddock_file_comparison_sample (int first, int second, guint64 size);

G_END_DECLS
