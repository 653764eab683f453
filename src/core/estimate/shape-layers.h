/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/model-shape.h"

G_BEGIN_DECLS

/* Fills in the layers of a shape that has its numbers: what differs between them, by keys and by architecture. */
gboolean paddock_shape_layers_read (PaddockModelShape *shape, const PaddockGgufMetadata *metadata, GError **error);

/* Gives the same number to layers that have the same tensors and settings; for a shape that has both. */
void     paddock_shape_layers_compare (PaddockModelShape *shape);

G_END_DECLS
