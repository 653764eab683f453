/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the main loop may be away, in microseconds of its thread's processor time: a busy machine does not count. */
#define TEST_LOOP_LIMIT_US 8000

/**
 * TestLoopWatch:
 *
 * Measures how long the default main context is away from waiting: all that it does between two polls. There can be
 * one at a time, in the thread that runs the context.
 */
typedef struct _TestLoopWatch TestLoopWatch;

/**
 * TestLoopTurnFunc:
 * @spent: microseconds of processor time of the turn that ends
 *
 * Called before the main context waits again.
 */
typedef void (*TestLoopTurnFunc) (guint64 spent, gpointer user_data);

TestLoopWatch *test_loop_watch_new          (void);
TestLoopWatch *test_loop_watch_new_for_turn (TestLoopTurnFunc function, gpointer user_data);
void           test_loop_watch_free         (TestLoopWatch *self);
guint64        test_loop_watch_get_longest  (TestLoopWatch *self);
void           test_loop_watch_reset        (TestLoopWatch *self);
guint64        test_loop_watch_get_now      (void);

/* Fails the test if a turn took longer than the limit. Where a sanitizer slows everything down, the limit is wider. */
void test_loop_watch_assert (TestLoopWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestLoopWatch, test_loop_watch_free)

G_END_DECLS
