/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Measurements kept in the user's cache for as long as this is the same computer: PaddockBandwidths. What is kept may be
 * lost or spoilt at any time, and then is not there.
 */
GPtrArray *paddock_bandwidth_store_load (void);
/* Takes the place of what was kept of the same parts; what could not be measured is not kept. */
gboolean   paddock_bandwidth_store_add  (GPtrArray *measured, GError **error);

G_END_DECLS
