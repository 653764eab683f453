/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The turns of the main loop and the frames of a GTK program that this is loaded into, in microseconds of the processor
 * time of its main thread: other programs do not count. Painting does not belong to a turn, since here it is done in
 * software; it belongs to its frame.
 */

/* After each frame of a mapped window. */
typedef void (*BenchFrameFunc) (gpointer user_data);

void    bench_frames_start            (BenchFrameFunc on_frame, gpointer user_data);
void    bench_frames_forget           (void);
guint64 bench_frames_get_longest_turn (void);
guint   bench_frames_count            (void);
guint64 bench_frames_get_quantile     (double share);

G_END_DECLS
