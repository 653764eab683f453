/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lets go of something in a thread of its own: what consists of many thousand pieces takes longer to free than the main loop
   may be away. The pieces must not mind which thread that is. */
void paddock_late_release (gpointer data, GDestroyNotify release);

G_END_DECLS
