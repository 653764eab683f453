/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockPoolFunc:
 * @piece: which piece, from 0
 * @lane: which of the lanes works on it: below the width, and never in two threads at once, so that each lane may have
 *   memory of its own
 *
 * Does one piece of a job. Pieces are begun in their order, and end in any.
 *
 * Returns: %FALSE to begin no further piece
 */
typedef gboolean (*PaddockPoolFunc) (guint64 piece, guint lane, gpointer user_data);

/* More lanes than this are never used, whatever the machine. */
#define PADDOCK_WORKER_POOL_MAX_WIDTH 64

/* Returns when every piece that was begun is done: FALSE if one of them wanted to stop. width 0: the default one. */
gboolean paddock_worker_pool_run               (guint width, guint64 n_pieces, PaddockPoolFunc func, gpointer user_data);
/* The processors that this process may use. */
guint    paddock_worker_pool_get_default_width (void);
/* What a wanted width comes to: 0 is the default one, and too much is cut. */
guint    paddock_worker_pool_resolve_width     (guint width);

G_END_DECLS
