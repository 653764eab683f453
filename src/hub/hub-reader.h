/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-session.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_HUB_READER (paddock_hub_reader_get_type ())

/**
 * PaddockHubReader:
 *
 * The first bytes of a file on a server, and more of them when they are wanted. Whoever knows the file's address may lead
 * to another server, which gets no token; only there ranges are asked for, because an address may be signed for one question.
 * A server that knows no ranges is read as far as is wanted, and then left.
 */
G_DECLARE_FINAL_TYPE (PaddockHubReader, paddock_hub_reader, PADDOCK, HUB_READER, GObject)

/* size: -1 if it is not known. */
PaddockHubReader *
paddock_hub_reader_new (PaddockHubSession *session, const char *url, gint64 size);
/* The same file from another byte on, by the way that was found: parts have to be had there. */
PaddockHubReader *
paddock_hub_reader_new_part (PaddockHubReader *from, guint64 begin);
/* At least so many bytes from the begin, or all; one at a time. The bytes are a copy. */
void
paddock_hub_reader_read_async (
    PaddockHubReader *self, gsize wanted, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *
paddock_hub_reader_read_finish (PaddockHubReader *self, GAsyncResult *result, GError **error);
/* As far as the server said; -1: it did not. */
gint64
paddock_hub_reader_get_size (PaddockHubReader *self);
/* That came over the network. */
guint64
paddock_hub_reader_get_fetched (PaddockHubReader *self);

G_END_DECLS
