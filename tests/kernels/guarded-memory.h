/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TestGuardedMemory:
 *
 * Memory between two pages that must not be touched.
 */
typedef struct
{
  guint8 *map;
  gsize map_size;
  guint8 *start;
  gsize room;                        /* whole pages */
} TestGuardedMemory;

void    test_guarded_memory_init  (TestGuardedMemory *self, gsize size);
void    test_guarded_memory_clear (TestGuardedMemory *self);
/* Where @size bytes lie that begin, or end, at the very edge. */
guint8 *test_guarded_memory_place (const TestGuardedMemory *self, gsize size, gboolean at_end);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestGuardedMemory, test_guarded_memory_clear)

G_END_DECLS
