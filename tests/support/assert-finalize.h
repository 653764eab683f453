/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

void test_assert_finalize_at (gpointer object, const char *file, int line, const char *function);

/**
 * test_assert_finalize:
 * @object: (transfer full): a GObject
 *
 * Drops the reference, and fails the test if that was not the last one. Whatever the main context still has to do
 * before the object can go is done first.
 */
#define test_assert_finalize(object) test_assert_finalize_at ((object), __FILE__, __LINE__, G_STRFUNC)

G_END_DECLS
