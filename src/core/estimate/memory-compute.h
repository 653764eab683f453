/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-request.h"

G_BEGIN_DECLS

/* Bytes of the buffer that the engine computes in; FALSE: there is no graph for this architecture. */
gboolean paddock_memory_compute_simulate (const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                                          guint64 *bytes);

/* What a closed formula makes of it, for any architecture; the truth lies within this share of it, as a rule. */
guint64  paddock_memory_compute_guess    (const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                                          double *band);

G_END_DECLS
