/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-compute.h"

#include "estimate/graph-allocator.h"
#include "estimate/graph-builder.h"

/* Thousands of models are judged in a row: each thread keeps the memory that one graph needed for the next. */
typedef struct
{
  PaddockComputeGraph *graph;
  PaddockGraphAllocator *allocator;
} Workshop;

static void
workshop_free (gpointer data)
{
  Workshop *self = data;

  paddock_compute_graph_free (self->graph);
  paddock_graph_allocator_free (self->allocator);
  g_free (self);
}

static GPrivate workshops = G_PRIVATE_INIT (workshop_free);

static Workshop *
get_workshop (void)
{
  Workshop *self = g_private_get (&workshops);

  if (self == NULL)
    {
      self = g_new0 (Workshop, 1);
      self->graph = paddock_compute_graph_new ();
      self->allocator = paddock_graph_allocator_new ();
      g_private_set (&workshops, self);
    }
  return self;
}

/**
 * paddock_memory_compute_simulate:
 * @bytes: (out):
 *
 * Builds the graph that the engine reserves memory for, with the largest batch, and lays it out as the engine does.
 *
 * Returns: %FALSE if there is no graph for this architecture
 */
gboolean
paddock_memory_compute_simulate (const PaddockModelShape *shape, const PaddockMemoryRequest *request, guint64 *bytes)
{
  Workshop *workshop = get_workshop ();
  PaddockGraphBuilder builder;

  if (!paddock_graph_builder_begin (&builder, workshop->graph, shape, request))
    return FALSE;
  builder.traits->build (&builder);
  *bytes = paddock_graph_allocator_measure (workshop->allocator, workshop->graph);
  return TRUE;
}
