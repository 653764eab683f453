/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "file-identity.h"

G_BEGIN_DECLS

/* How the bytes got there. */
typedef enum
{
  PADDOCK_TRANSFER_REFLINKED,        /* shared by the file system until one of them changes */
  PADDOCK_TRANSFER_COPIED,
  PADDOCK_TRANSFER_RENAMED
} PaddockTransferWay;

/**
 * PaddockTransferFlags:
 * @PADDOCK_TRANSFER_MOVE: the source is gone afterwards; nothing is deleted before the copy was read back and compared
 * @PADDOCK_TRANSFER_NO_COPY: fail rather than write the bytes a second time
 */
typedef enum
{
  PADDOCK_TRANSFER_MOVE    = 1 << 0,
  PADDOCK_TRANSFER_NO_COPY = 1 << 1
} PaddockTransferFlags;

/* One regular file to a name that nothing has: under a name of its own (".NAME.paddock-part") first, synced, then
   renamed without replacing, so that whenever it is killed there is the source, whole, and under the target nothing or
   all of it. expected: the file must still be that one (may be NULL). done_before, total: for the progress of several.
   In a worker, or by itself with worker NULL. */
gboolean paddock_file_transfer (const char *source, const char *target, PaddockTransferFlags flags,
                                const PaddockFileIdentity *expected, PaddockTransferWay *way, PaddockWorker *worker,
                                guint64 done_before, guint64 total, GError **error);

/* Removes what transfers that were killed left in a folder. Those under way keep a lock, and stay. */
guint    paddock_file_transfer_sweep (const char *folder);

/* Takes the place of one of two files with the same bytes by a second name (hard link) or a shared copy (reflink) of the
   other, after comparing every byte. Never through a link, never across file systems. saved: may be NULL. */
gboolean paddock_file_merge (const char *kept, const char *replaced, guint64 *saved, PaddockWorker *worker, GError **error);

G_END_DECLS
