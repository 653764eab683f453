/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockRateLimit:
 *
 * How many bytes a second some connections may receive together. Counted, and for any number of threads; it may be
 * changed at any time, and applies from then on.
 */
typedef struct _PaddockRateLimit PaddockRateLimit;

PaddockRateLimit *
paddock_rate_limit_new (guint64 bytes_per_second); /* 0: as many as come */
PaddockRateLimit *
paddock_rate_limit_ref (PaddockRateLimit *self);
void
paddock_rate_limit_unref (PaddockRateLimit *self);
void
paddock_rate_limit_set (PaddockRateLimit *self, guint64 bytes_per_second);
guint64
paddock_rate_limit_get (PaddockRateLimit *self);

/* Waits until some may be received: how many of those wished for, 0 when cancelled. What does not come after all is given
   back. */
gsize
paddock_rate_limit_take (PaddockRateLimit *self, gsize wish, GCancellable *cancellable);
/* Of both; those who have a part of the shared one get the same, however many ask for it there. */
gsize
paddock_rate_limit_take_part (PaddockRateLimit *self, PaddockRateLimit *shared, gsize wish, GCancellable *cancellable);
void
paddock_rate_limit_give_back (PaddockRateLimit *self, gsize unused);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockRateLimit, paddock_rate_limit_unref)

G_END_DECLS
