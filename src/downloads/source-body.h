/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * PaddockSourceBody:
 *
 * The bytes of an answer, as far as they are the file's. It belongs to one thread.
 */
typedef struct _PaddockSourceBody PaddockSourceBody;

/* Takes both. The answer's first byte is the file's at begin; end: where it ends, as far as the server said. patience:
   seconds after which a body of which hardly anything came has failed. */
PaddockSourceBody *
paddock_source_body_new (SoupMessage *message, GInputStream *stream, guint64 begin, guint64 end, guint patience);
/* The connection is used again if everything was read. */
void
paddock_source_body_free (PaddockSourceBody *self);

guint64
paddock_source_body_get_begin (const PaddockSourceBody *self);
guint64
paddock_source_body_get_end (const PaddockSourceBody *self);
/* 0 with an error if it ends too early, or comes too slowly. */
gsize
paddock_source_body_read (PaddockSourceBody *self, guint8 *bytes, gsize length, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockSourceBody, paddock_source_body_free)

G_END_DECLS
