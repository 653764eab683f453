/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/model-shape.h"

G_BEGIN_DECLS

/* The engine puts each tensor at a multiple of this. */
#define PADDOCK_MEMORY_TENSOR_ALIGNMENT 32

/* What no computer has: of less, no sum of the parts of a run overflows. */
#define PADDOCK_MEMORY_MOST_BYTES (G_GUINT64_CONSTANT (1) << 58)

gboolean paddock_memory_weights_compute (const PaddockModelShape *shape, guint64 *bytes, GError **error);
/* Of one layer, or of what belongs to none with -1; of a tensor whose size is unknown nothing,
 * nor of a layer that is not loaded. */
guint64  paddock_memory_weights_of      (const PaddockModelShape *shape, int layer);

G_END_DECLS
