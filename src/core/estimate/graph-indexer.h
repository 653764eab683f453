/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/graph-builder.h"

G_BEGIN_DECLS

gboolean          paddock_graph_is_indexed (const PaddockGraphBuilder *self, guint layer);
PaddockComputeRef paddock_graph_index      (PaddockGraphBuilder *self, guint layer, PaddockComputeRef a,
                                            PaddockComputeRef narrow);
PaddockComputeRef paddock_graph_halve_rows (PaddockGraphBuilder *self, const PaddockQuantType *type, gint64 length,
                                            gint64 cells, gint64 heads);

G_END_DECLS
