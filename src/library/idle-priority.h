/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The calling thread reads and writes only when nobody else does, until it leaves again. Where the system does not let it,
   nothing happens. */
void paddock_idle_priority_enter (void);
void paddock_idle_priority_leave (void);

G_END_DECLS
