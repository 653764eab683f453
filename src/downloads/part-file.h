/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "block-map.h"
#include "download-request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockPartFile:
 *
 * A file that is not whole yet, and the journal beside it, both hidden in the folder of the target. The journal says which
 * file it is and, for each block that was written, its checksum: that is what survives a crash. A block that is claimed and
 * does not have its checksum (after a power cut the claim may have reached the disk before the data) is fetched again.
 *
 * While it is open, no other program opens it. Writing, proving and reading may be done by several threads at once, each at
 * blocks of its own; the rest by one.
 */
typedef struct _PaddockPartFile PaddockPartFile;

/* What the answers said of the file. */
typedef struct
{
  guint64 size;
  const char *tag;  /* a strong one of the host that sends it; NULL: none */
  const char *host; /* that host */
} PaddockPartValidators;

PaddockPartFile *
paddock_part_file_open (const PaddockDownloadRequest *request, GError **error);
void
paddock_part_file_free (PaddockPartFile *self); /* everything stays on the disk */

/* What was begun earlier. FALSE: there is nothing that could be continued. The tag stays the file's. */
gboolean
paddock_part_file_get_begun (PaddockPartFile *self, PaddockPartValidators *validators);
/* Starts over; what was there before is lost. */
gboolean
paddock_part_file_begin (PaddockPartFile *self, const PaddockPartValidators *validators, GError **error);
/* Room for all of it, so that it is missed now rather than at the end. */
gboolean
paddock_part_file_reserve (PaddockPartFile *self, GError **error);
/* What is claimed to be there. */
PaddockBlockMap *
paddock_part_file_make_map (PaddockPartFile *self);

gboolean
paddock_part_file_write (PaddockPartFile *self, const guint8 *bytes, gsize length, guint64 offset, GError **error);
gboolean
paddock_part_file_prove (PaddockPartFile *self, guint64 block, guint32 checksum, GError **error);
gboolean
paddock_part_file_disprove (PaddockPartFile *self, guint64 block, GError **error);
/* FALSE without an error: it was never proved. */
gboolean
paddock_part_file_get_checksum (PaddockPartFile *self, guint64 block, guint32 *checksum);
gboolean
paddock_part_file_read (PaddockPartFile *self, guint8 *bytes, gsize length, guint64 offset, GError **error);
/* Lets the disk begin with what is there. */
void
paddock_part_file_push (PaddockPartFile *self);
gboolean
paddock_part_file_sync (PaddockPartFile *self, GError **error);

/* It takes the target's name, unless another file has it by now; the journal goes. */
gboolean
paddock_part_file_finish (PaddockPartFile *self, GError **error);
/* Both go. */
gboolean
paddock_part_file_discard (PaddockPartFile *self, GError **error);

/* What is there of a file that nobody has open: bytes that it takes on the disk, and getting rid of it. */
guint64
paddock_part_file_measure (const char *target);
gboolean
paddock_part_file_remove (const char *target, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockPartFile, paddock_part_file_free)

G_END_DECLS
