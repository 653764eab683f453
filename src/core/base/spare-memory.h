/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* After work that needed much: gives back to the system what is not in use any more, where the system takes it. */
void paddock_spare_memory_return (void);

G_END_DECLS
