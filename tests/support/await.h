/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestAwait:
 *
 * Runs the main loop until an asynchronous call ends: give test_await_callback() and the object to the call, and
 * test_await_result() to its finish function:
 *
 * |[<!-- language="C" -->
 * paddock_thing_do_async (thing, NULL, test_await_callback, await);
 * ok = paddock_thing_do_finish (thing, test_await_result (await), &error);
 * ]|
 *
 * Nothing waits for ever: after a minute the test fails.
 */
typedef struct _TestAwait TestAwait;

TestAwait    *test_await_new      (void);
void          test_await_free     (TestAwait *self);
void          test_await_callback (GObject *source_object, GAsyncResult *result, gpointer await);
GAsyncResult *test_await_result   (TestAwait *self);   /* kept by @self until its next use or end */

typedef gboolean (*TestCondition) (gpointer user_data);

/* Runs the main loop until the condition holds; it is looked at after each turn. */
void test_await_condition (TestCondition condition, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestAwait, test_await_free)

G_END_DECLS
