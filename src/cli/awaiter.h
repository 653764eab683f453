/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockAwaiter:
 *
 * Waits for one asynchronous call, so that a command reads from top to bottom. While it exists, an interruption cancels
 * the call and lets it tidy up.
 */
typedef struct _PaddockAwaiter PaddockAwaiter;

PaddockAwaiter *paddock_awaiter_new             (void);
void            paddock_awaiter_free            (PaddockAwaiter *self);
GCancellable   *paddock_awaiter_get_cancellable (PaddockAwaiter *self);
GAsyncResult   *paddock_awaiter_wait            (PaddockAwaiter *self);

/* A GAsyncReadyCallback; its user data is the awaiter. */
void            paddock_awaiter_finished        (GObject *source, GAsyncResult *result, gpointer self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockAwaiter, paddock_awaiter_free)

G_END_DECLS
