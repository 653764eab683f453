/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/graph-allocator.h"

#include <string.h>

/* Where things come to lie depends on every choice before. So the choices here are those of the engine's allocator, the
 * odd ones included: the smallest gap that fits and the last of equals, the end only when no gap fits; a tensor is
 * written over a source if their layouts are the same and nobody else reads the source, but never over a view. */

#define ALIGNMENT 32

typedef struct
{
  guint64 offset, size;
} Gap;

typedef struct
{
  guint64 offset;
  gint32 readers;                    /* nodes that are still to read this tensor */
  gint32 views;                      /* views of it that are still to be read */
  gboolean owned;                    /* has memory that is not given back yet */
} Place;

struct _PaddockGraphAllocator
{
  /* Owned */
  Place *places;
  Gap *gaps;                         /* by offset; the last one is open to the end */

  guint n_places;
  guint n_gaps, gap_capacity;
  guint64 end;
};

PaddockGraphAllocator *
paddock_graph_allocator_new (void)
{
  return g_new0 (PaddockGraphAllocator, 1);
}

void
paddock_graph_allocator_free (PaddockGraphAllocator *self)
{
  g_free (self->places);
  g_free (self->gaps);
  g_free (self);
}

static guint64
align (guint64 size)
{
  return size > G_MAXINT64 - ALIGNMENT ? (guint64) G_MAXINT64 / ALIGNMENT * ALIGNMENT
                                       : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static void
remove_gap (PaddockGraphAllocator *self, guint i)
{
  self->n_gaps--;
  memmove (&self->gaps[i], &self->gaps[i + 1], (self->n_gaps - i) * sizeof (Gap));
}

static void
insert_gap (PaddockGraphAllocator *self, guint64 offset, guint64 size)
{
  guint i = 0;

  if (self->n_gaps == self->gap_capacity)
    {
      self->gap_capacity = MAX (64, self->gap_capacity * 2);
      self->gaps = g_renew (Gap, self->gaps, self->gap_capacity);
    }
  while (i < self->n_gaps && self->gaps[i].offset < offset)
    i++;
  memmove (&self->gaps[i + 1], &self->gaps[i], (self->n_gaps - i) * sizeof (Gap));
  self->gaps[i] = (Gap){ offset, size };
  self->n_gaps++;
}

static guint64
take (PaddockGraphAllocator *self, guint64 bytes)
{
  guint64 size = align (bytes), fit = G_MAXUINT64, offset;
  guint best = self->n_gaps - 1;

  for (guint i = 0; i + 1 < self->n_gaps; i++)
    if (self->gaps[i].size >= size && self->gaps[i].size <= fit)
      {
        best = i;
        fit = self->gaps[i].size;
      }
  offset = self->gaps[best].offset;
  size = MIN (size, self->gaps[best].size);
  self->gaps[best].offset += size;
  self->gaps[best].size -= size;
  if (self->gaps[best].size == 0 && best + 1 < self->n_gaps)
    remove_gap (self, best);
  self->end = MAX (self->end, offset + size);
  return offset;
}

static void
give_back (PaddockGraphAllocator *self, guint64 offset, guint64 bytes)
{
  guint64 size = align (bytes);

  for (guint i = 0; i < self->n_gaps; i++)
    {
      Gap *gap = &self->gaps[i];

      if (gap->offset + gap->size == offset)
        {
          gap->size += size;
          if (i + 1 < self->n_gaps && gap->offset + gap->size == gap[1].offset)
            {
              gap->size += gap[1].size;
              remove_gap (self, i + 1);
            }
          return;
        }
      if (offset + size == gap->offset)
        {
          gap->offset = offset;
          gap->size += size;
          if (i > 0 && gap[-1].offset + gap[-1].size == offset)
            {
              gap[-1].size += gap->size;
              remove_gap (self, i);
            }
          return;
        }
    }
  insert_gap (self, offset, size);
}

static gboolean
same_layout (const PaddockComputeTensor *a, const PaddockComputeTensor *b)
{
  return a->type == b->type && memcmp (a->ne, b->ne, sizeof a->ne) == 0 && memcmp (a->nb, b->nb, sizeof a->nb) == 0;
}

/* Puts a tensor in the place of a source that nobody needs after it. */
static gboolean
take_over (PaddockGraphAllocator *self, const PaddockComputeGraph *graph, PaddockComputeRef ref)
{
  const PaddockComputeTensor *tensor = &graph->tensors[ref];

  for (guint i = 0; i < tensor->n_sources; i++)
    {
      const PaddockComputeTensor *source = &graph->tensors[tensor->sources[i]];
      Place *place = &self->places[tensor->sources[i]];

      if (!place->owned || (source->flags & PADDOCK_COMPUTE_OUTPUT) != 0 || place->readers != 1 || place->views != 0
          || !same_layout (tensor, source))
        continue;
      self->places[ref].offset = place->offset;
      place->owned = FALSE;
      return TRUE;
    }
  return FALSE;
}

static void
ensure (PaddockGraphAllocator *self, const PaddockComputeGraph *graph, PaddockComputeRef ref)
{
  const PaddockComputeTensor *tensor = &graph->tensors[ref];
  Place *place = &self->places[ref];

  if (place->owned || tensor->view != ref || (tensor->flags & PADDOCK_COMPUTE_STORE) != 0)
    return;
  place->owned = TRUE;
  if ((tensor->flags & PADDOCK_COMPUTE_IN_PLACE) == 0 || !take_over (self, graph, ref))
    place->offset = take (self, tensor->bytes);
}

static void
release (PaddockGraphAllocator *self, const PaddockComputeGraph *graph, PaddockComputeRef ref)
{
  Place *place = &self->places[ref];

  if (!place->owned || (graph->tensors[ref].flags & PADDOCK_COMPUTE_OUTPUT) != 0)
    return;
  give_back (self, place->offset, graph->tensors[ref].bytes);
  place->owned = FALSE;
}

static void
count_readers (PaddockGraphAllocator *self, const PaddockComputeGraph *graph)
{
  for (guint i = 0; i < graph->n_nodes; i++)
    {
      const PaddockComputeTensor *node = &graph->tensors[graph->nodes[i]];

      if (node->view != graph->nodes[i])
        self->places[node->view].views++;
      for (guint j = 0; j < node->n_sources; j++)
        self->places[node->sources[j]].readers++;
    }
}

/* One reader of a tensor is done. */
static void
leave (PaddockGraphAllocator *self, const PaddockComputeGraph *graph, PaddockComputeRef ref)
{
  Place *place = &self->places[ref];
  PaddockComputeRef whole = graph->tensors[ref].view;

  place->readers--;
  if (place->readers > 0 || place->views > 0)
    return;
  if (whole == ref)
    {
      release (self, graph, ref);
      return;
    }
  self->places[whole].views--;
  if (self->places[whole].views == 0 && self->places[whole].readers == 0)
    release (self, graph, whole);
}

/**
 * paddock_graph_allocator_measure:
 *
 * Returns: the bytes
 */
guint64
paddock_graph_allocator_measure (PaddockGraphAllocator *self, const PaddockComputeGraph *graph)
{
  if (self->n_places < graph->n_tensors)
    {
      self->n_places = graph->n_tensors;
      self->places = g_renew (Place, self->places, self->n_places);
    }
  memset (self->places, 0, graph->n_tensors * sizeof (Place));
  self->n_gaps = 0;
  self->end = 0;
  insert_gap (self, 0, G_MAXINT64);

  /* Inputs lie before all else: nothing may be written over them before they are read. */
  for (guint i = 0; i < graph->n_leafs; i++)
    ensure (self, graph, graph->leafs[i]);
  count_readers (self, graph);
  for (guint i = 0; i < graph->n_nodes; i++)
    {
      const PaddockComputeTensor *node = &graph->tensors[graph->nodes[i]];

      ensure (self, graph, graph->nodes[i]);
      for (guint j = 0; j < node->n_sources; j++)
        leave (self, graph, node->sources[j]);
    }
  return self->end;
}
