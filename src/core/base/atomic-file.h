/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockAtomicFile:
 *
 * A file that takes its name only when it is complete. It is written unnamed (or, where the file system cannot do
 * that, under a hidden name) in the directory of its target; committing puts it in the target's place in one step and
 * on the disk. A crash at any instant leaves the old file or the new one.
 *
 * A file that is replaced hands on its mode, owner, group and extended attributes as far as the system allows. Links
 * are followed: what they point to is replaced, not the link. Errors are of %G_IO_ERROR. Not thread safe.
 */
typedef struct _PaddockAtomicFile PaddockAtomicFile;

PaddockAtomicFile *paddock_atomic_file_new      (const char *target, GError **error);
void               paddock_atomic_file_free     (PaddockAtomicFile *self);   /* drops what is not committed */

int                paddock_atomic_file_get_fd   (PaddockAtomicFile *self);
const char        *paddock_atomic_file_get_path (PaddockAtomicFile *self);   /* the target with its links followed */
/* Appends, all or nothing as far as the caller can tell. */
gboolean           paddock_atomic_file_write    (PaddockAtomicFile *self, const guint8 *bytes, gsize length,
                                                 GError **error);
/* Afterwards only freeing is allowed, whether it succeeded or not. */
gboolean           paddock_atomic_file_commit   (PaddockAtomicFile *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockAtomicFile, paddock_atomic_file_free)

G_END_DECLS
