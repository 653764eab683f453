/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spare-memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

void
paddock_spare_memory_return (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}
