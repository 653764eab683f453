/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many failures in a row without a single new byte, then somebody has to be told. */
#define PADDOCK_RETRY_ATTEMPTS 6

/* How long to wait before the next attempt, in microseconds. failures: in a row, 1 after the first. asked: seconds that
   the server asked for, -1 if it did not. chance: from 0 to 1, so that not all clients come back at once. */
gint64
paddock_retry_plan_get_delay (guint failures, gint64 asked, double chance);

G_END_DECLS
