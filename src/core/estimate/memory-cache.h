/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-request.h"

G_BEGIN_DECLS

/* How many caches there are side by side, each with the cells below. */
guint32  paddock_memory_cache_get_streams (const PaddockMemoryRequest *request);
/* The tokens that each of them has room for, in layers with a window or in the others. */
guint64  paddock_memory_cache_get_cells   (const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                                           gboolean sliding);

gboolean paddock_memory_cache_compute     (const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                                           guint64 *cache, guint64 *state, guint64 *per_layer);

G_END_DECLS
