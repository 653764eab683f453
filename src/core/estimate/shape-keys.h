/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/model-shape.h"

G_BEGIN_DECLS

/* More tokens than any model will learn. */
#define PADDOCK_MODEL_MAX_CONTEXT (1 << 28)

/* The numbers of an architecture in a header, under its prefix: no number is believed that no model could have. */

/* All that are told once for the whole model, into the fields of a shape that has its architecture. */
gboolean paddock_shape_keys_read         (PaddockModelShape *shape, const PaddockGgufMetadata *metadata, GError **error);
/* Those that may differ between layers: values has room for one of each, and keeps what it holds if there is no such
 * key. A list that is shorter than the layers is refused; present (nullable) tells whether there is one. */
gboolean paddock_shape_keys_read_layers  (const PaddockModelShape *shape, const PaddockGgufMetadata *metadata,
                                          const char *suffix, guint64 maximum, guint32 *values, gboolean *present,
                                          GError **error);

G_END_DECLS
