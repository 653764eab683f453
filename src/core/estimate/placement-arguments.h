/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/placement-threads.h"

G_BEGIN_DECLS

/* What llama-server is to be called with, without its name and the model. */
char **paddock_placement_build_arguments (const PaddockPlacement *self, const PaddockMemoryRequest *request,
                                          const PaddockThreadAdvice *advice);

/* Layers of each device in the engine's order, as --tensor-split takes them; NULL: one device, or none, has all. */
char  *paddock_placement_build_tensor_split (const PaddockPlacement *self);
/* What --override-tensor takes; NULL: nothing is overridden that --n-cpu-moe does not tell. */
char  *paddock_placement_build_overrides    (const PaddockPlacement *self);

G_END_DECLS
