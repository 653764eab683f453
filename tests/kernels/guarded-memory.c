/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guarded-memory.h"

#include <sys/mman.h>

#define PAGE 4096u

void
test_guarded_memory_init (TestGuardedMemory *self, gsize size)
{
  self->room = (size + PAGE - 1) / PAGE * PAGE;
  self->map_size = self->room + 2 * PAGE;
  self->map = mmap (NULL, self->map_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_assert_true (self->map != MAP_FAILED);
  self->start = self->map + PAGE;
  g_assert_cmpint (mprotect (self->start, self->room, PROT_READ | PROT_WRITE), ==, 0);
}

void
test_guarded_memory_clear (TestGuardedMemory *self)
{
  munmap (self->map, self->map_size);
}

guint8 *
test_guarded_memory_place (const TestGuardedMemory *self, gsize size, gboolean at_end)
{
  return self->start + (at_end ? self->room - size : 0);
}
