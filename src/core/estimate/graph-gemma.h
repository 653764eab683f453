/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/graph-builder.h"

G_BEGIN_DECLS

/* What Gemma 3n and Gemma 4 have in common: a part of what each token stands for goes into each layer by itself. */

PaddockComputeRef paddock_graph_gemma_tokens (PaddockGraphBuilder *self, gboolean scale);
PaddockComputeRef paddock_graph_gemma_spread (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef stored);
PaddockComputeRef paddock_graph_gemma_mix    (PaddockGraphBuilder *self, PaddockComputeRef a, PaddockComputeRef extra);
PaddockComputeRef paddock_graph_gemma_slice  (PaddockGraphBuilder *self, PaddockComputeRef a);
PaddockComputeRef paddock_graph_gemma_attend (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a);

G_END_DECLS
