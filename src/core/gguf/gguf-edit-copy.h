/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "gguf/gguf-edit-layout.h"

G_BEGIN_DECLS

/**
 * PaddockGgufEditCopy:
 *
 * A new file: a header, and behind it the tensors of another file. They are cloned where the file system can share
 * blocks and the tensors begin equally far behind a block's beginning, else copied inside the kernel; holes stay holes.
 */
typedef struct
{
  /* Borrowed */
  PaddockGgufFile *file;
  const PaddockGgufEditLayout *layout;
  const char *target;
  PaddockWorker *worker;             /* may be NULL */
  GCancellable *cancellable;         /* may be NULL */

  gboolean replaces;                 /* target is the file itself */
} PaddockGgufEditCopy;

gboolean paddock_gguf_edit_copy_run (const PaddockGgufEditCopy *self, GError **error);

/* Whether blocks of the open file can be shared with a new one beside target: one is tried, in a file without a name. */
gboolean paddock_gguf_edit_copy_can_clone (int source_fd, const char *target);

G_END_DECLS
