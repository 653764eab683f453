/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/compute-graph.h"

G_BEGIN_DECLS

typedef struct _PaddockGraphAllocator PaddockGraphAllocator;

PaddockGraphAllocator *paddock_graph_allocator_new  (void);
void                   paddock_graph_allocator_free (PaddockGraphAllocator *self);

/* Bytes of the one buffer that the engine reserves for all tensors of a graph. */
guint64 paddock_graph_allocator_measure (PaddockGraphAllocator *self, const PaddockComputeGraph *graph);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockGraphAllocator, paddock_graph_allocator_free)

G_END_DECLS
