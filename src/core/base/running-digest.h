/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_DIGEST_SHA256,
  PADDOCK_DIGEST_CRC32 /* finds what a disk did, not what a person did */
} PaddockDigestKind;

/**
 * PaddockRunningDigest:
 *
 * A digest of bytes that come in pieces.
 */
typedef struct _PaddockRunningDigest PaddockRunningDigest;

PaddockRunningDigest *
paddock_running_digest_new (PaddockDigestKind kind);
void
paddock_running_digest_free (PaddockRunningDigest *self);
void
paddock_running_digest_add (PaddockRunningDigest *self, const guint8 *bytes, gsize length);
void
paddock_running_digest_reset (PaddockRunningDigest *self);
/* Each ends the run and begins the next one. */
char *
paddock_running_digest_finish_hex (PaddockRunningDigest *self);
guint32
paddock_running_digest_finish_crc32 (PaddockRunningDigest *self);

/* Of bytes in memory, one after the other. */
char *
paddock_running_digest_sha256_bytes (const guint8 *first, gsize first_length, const guint8 *second, gsize second_length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockRunningDigest, paddock_running_digest_free)

G_END_DECLS
