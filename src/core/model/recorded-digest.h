/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockRecordedDigest:
 *
 * What a file's SHA-256 should be, according to somebody who knew it before: a store that names its files by it, a
 * downloader's note, or a list beside the file.
 */
typedef struct
{
  char *sha256;                      /* sixty-four digits, lower case */
  char *source;                      /* the file whose name or content says so */
} PaddockRecordedDigest;

PaddockRecordedDigest *paddock_recorded_digest_find (const char *path);   /* NULL: nobody recorded one */
void                   paddock_recorded_digest_free (PaddockRecordedDigest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockRecordedDigest, paddock_recorded_digest_free)

G_END_DECLS
