/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/placement.h"

G_BEGIN_DECLS

/*
 * The fit program answers for a single run: all of a batch has an output, weights are counted as they are stored, and
 * requests that share one cache cannot be said. What becomes of a request when it is put like that, so that the estimate
 * and the engine answer the same question.
 */
void   paddock_engine_arguments_align          (PaddockMemoryRequest *request);

/* Options for the fit program that print what an aligned request needs; without a placement, on the processor alone. */
char **paddock_engine_arguments_build_question (const char *model, const PaddockMemoryRequest *request,
                                                const PaddockPlacement *placement);
/* And those that print what it would choose for the devices that it finds. */
char **paddock_engine_arguments_build_proposal (const char *model, const PaddockMemoryRequest *request);

G_END_DECLS
