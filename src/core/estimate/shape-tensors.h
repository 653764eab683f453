/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/model-shape.h"

G_BEGIN_DECLS

/* Fills in the tensors of a shape that knows how many layers it has, sorted by layer and name. */
gboolean paddock_shape_tensors_read (PaddockModelShape *shape, PaddockGgufShards *shards, GError **error);

G_END_DECLS
