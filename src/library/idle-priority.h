/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Runs a function in a thread of its own, which gets of processor and disk what nobody else wants, and waits for it. Where
   the system does not know of such a thing, it runs as any other does. */
gpointer paddock_idle_priority_run (GThreadFunc function, gpointer data);

G_END_DECLS
