/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockAnswerWatch:
 *
 * A question must not take for ever: a time out of single reads is never met where a byte of the answer comes now and then.
 */
typedef struct _PaddockAnswerWatch PaddockAnswerWatch;

/* outer: what the caller may cancel. */
PaddockAnswerWatch *
paddock_answer_watch_new (GCancellable *outer, guint seconds);
void
paddock_answer_watch_free (PaddockAnswerWatch *self);

/* Cancelled when the time is over, or the outer one is. */
GCancellable *
paddock_answer_watch_get_cancellable (PaddockAnswerWatch *self);
/* Ends it. Returns whether the time was over. */
gboolean
paddock_answer_watch_end (PaddockAnswerWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockAnswerWatch, paddock_answer_watch_free)

G_END_DECLS
