/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/placement.h"

G_BEGIN_DECLS

/* The most tokens of context that a model is judged with when nobody says how many. */
#define PADDOCK_FIT_CONTEXT 8192

/*
 * How a model fits, in a moment: for lists of thousands. A request of NULL is what llama-server does, with a context of
 * at most the above. PADDOCK_FIT_UNKNOWN sets the error: why nobody can say.
 */
PaddockFit paddock_fit_judge         (const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                                      const PaddockHardwareSnapshot *snapshot, GError **error);
/* The same for devices that are the same for all of them. */
PaddockFit paddock_fit_judge_devices (const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                                      GPtrArray *devices, GError **error);

G_END_DECLS
