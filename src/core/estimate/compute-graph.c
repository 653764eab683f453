/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/compute-graph.h"

#include <string.h>

static const gint64 type_bytes[] = { [PADDOCK_COMPUTE_F32] = 4,
                                     [PADDOCK_COMPUTE_F16] = 2,
                                     [PADDOCK_COMPUTE_I32] = 4,
                                     [PADDOCK_COMPUTE_I64] = 8 };

PaddockComputeGraph *
paddock_compute_graph_new (void)
{
  return g_new0 (PaddockComputeGraph, 1);
}

void
paddock_compute_graph_free (PaddockComputeGraph *self)
{
  g_free (self->tensors);
  g_free (self->nodes);
  g_free (self->leafs);
  g_free (self);
}

/**
 * paddock_compute_graph_clear:
 *
 * Forgets all tensors and keeps the memory for the next ones.
 */
void
paddock_compute_graph_clear (PaddockComputeGraph *self)
{
  self->n_tensors = self->n_nodes = self->n_leafs = 0;
}

/* Absurd headers give absurd sizes: they stay at the largest number and do not wrap around. */
static gint64
multiply (gint64 a, gint64 b)
{
  gint64 product;

  if (__builtin_mul_overflow (a, b, &product))
    return G_MAXINT64;
  return product;
}

static void
pack_strides (PaddockComputeTensor *tensor)
{
  tensor->nb[0] = type_bytes[tensor->type];
  for (guint i = 1; i < 4; i++)
    tensor->nb[i] = multiply (tensor->nb[i - 1], tensor->ne[i - 1]);
  tensor->bytes = (guint64) multiply (tensor->nb[3], tensor->ne[3]);
}

/* From the first byte to behind the last one, as the engine reckons it. */
static void
measure_span (PaddockComputeTensor *tensor)
{
  gint64 span = type_bytes[tensor->type];

  for (guint i = 0; i < 4; i++)
    {
      if (tensor->ne[i] <= 0)
        {
          tensor->bytes = 0;
          return;
        }
      if (__builtin_add_overflow (span, multiply (tensor->ne[i] - 1, tensor->nb[i]), &span))
        span = G_MAXINT64;
    }
  tensor->bytes = (guint64) span;
}

static PaddockComputeRef
append (PaddockComputeGraph *self, guint flags, PaddockComputeType type, gint64 n0, gint64 n1, gint64 n2, gint64 n3)
{
  PaddockComputeTensor *tensor;
  PaddockComputeRef ref = (PaddockComputeRef) self->n_tensors;

  if (self->n_tensors == self->capacity)
    {
      self->capacity = MAX (1024, self->capacity * 2);
      self->tensors = g_renew (PaddockComputeTensor, self->tensors, self->capacity);
      self->nodes = g_renew (PaddockComputeRef, self->nodes, self->capacity);
      self->leafs = g_renew (PaddockComputeRef, self->leafs, self->capacity);
    }
  tensor = &self->tensors[self->n_tensors++];
  tensor->ne[0] = n0;
  tensor->ne[1] = n1;
  tensor->ne[2] = n2;
  tensor->ne[3] = n3;
  tensor->view = ref;
  tensor->n_sources = 0;
  tensor->flags = (guint8) flags;
  tensor->type = (guint8) type;
  pack_strides (tensor);
  return ref;
}

/**
 * paddock_compute_graph_read:
 *
 * Adds one more tensor to those that @tensor is computed from.
 */
void
paddock_compute_graph_read (PaddockComputeGraph *self, PaddockComputeRef tensor, PaddockComputeRef source)
{
  PaddockComputeTensor *reader = &self->tensors[tensor];

  if (source == PADDOCK_COMPUTE_OUTSIDE)
    return;
  g_return_if_fail (reader->n_sources < PADDOCK_COMPUTE_MAX_SOURCES);
  reader->sources[reader->n_sources++] = source;
}

PaddockComputeRef
paddock_compute_graph_input (PaddockComputeGraph *self, PaddockComputeType type, gint64 n0, gint64 n1, gint64 n2,
                             gint64 n3)
{
  return append (self, PADDOCK_COMPUTE_INPUT | PADDOCK_COMPUTE_LEAF, type, n0, n1, n2, n3);
}

PaddockComputeRef
paddock_compute_graph_leaf (PaddockComputeGraph *self, PaddockComputeType type, gint64 n0, gint64 n1, gint64 n2,
                            gint64 n3)
{
  return append (self, PADDOCK_COMPUTE_LEAF, type, n0, n1, n2, n3);
}

PaddockComputeRef
paddock_compute_graph_make (PaddockComputeGraph *self, guint flags, PaddockComputeType type, gint64 n0, gint64 n1,
                            gint64 n2, gint64 n3, PaddockComputeRef a, PaddockComputeRef b, PaddockComputeRef c)
{
  PaddockComputeRef ref = append (self, flags, type, n0, n1, n2, n3);

  paddock_compute_graph_read (self, ref, a);
  paddock_compute_graph_read (self, ref, b);
  paddock_compute_graph_read (self, ref, c);
  return ref;
}

static PaddockComputeRef
make_like (PaddockComputeGraph *self, guint flags, PaddockComputeRef a, PaddockComputeRef b)
{
  PaddockComputeTensor shape = self->tensors[a];

  return paddock_compute_graph_make (self, flags, shape.type, shape.ne[0], shape.ne[1], shape.ne[2], shape.ne[3], a, b,
                                     PADDOCK_COMPUTE_OUTSIDE);
}

/**
 * paddock_compute_graph_each:
 *
 * Sums, products, scalings, rotations by position, root mean square norms, activations and soft maxima: operations that
 * the engine lets write over a source which nobody else reads.
 */
PaddockComputeRef
paddock_compute_graph_each (PaddockComputeGraph *self, PaddockComputeRef a, PaddockComputeRef b)
{
  return make_like (self, PADDOCK_COMPUTE_IN_PLACE, a, b);
}

/**
 * paddock_compute_graph_apart:
 *
 * Operations of the same shape that get memory of their own in any case: norms about the mean, gates, copies.
 */
PaddockComputeRef
paddock_compute_graph_apart (PaddockComputeGraph *self, PaddockComputeRef a, PaddockComputeRef b)
{
  return make_like (self, PADDOCK_COMPUTE_PLAIN, a, b);
}

PaddockComputeRef
paddock_compute_graph_weigh (PaddockComputeGraph *self, gint64 rows, PaddockComputeRef a)
{
  const PaddockComputeTensor *source = &self->tensors[a];

  return paddock_compute_graph_make (self, PADDOCK_COMPUTE_PLAIN, PADDOCK_COMPUTE_F32, rows, source->ne[1],
                                     source->ne[2], source->ne[3], a, PADDOCK_COMPUTE_OUTSIDE, PADDOCK_COMPUTE_OUTSIDE);
}

PaddockComputeRef
paddock_compute_graph_multiply (PaddockComputeGraph *self, PaddockComputeRef a, PaddockComputeRef b)
{
  const PaddockComputeTensor *source = &self->tensors[b];

  return paddock_compute_graph_make (self, PADDOCK_COMPUTE_PLAIN, PADDOCK_COMPUTE_F32, self->tensors[a].ne[1],
                                     source->ne[1], source->ne[2], source->ne[3], a, b, PADDOCK_COMPUTE_OUTSIDE);
}

PaddockComputeRef
paddock_compute_graph_view (PaddockComputeGraph *self, PaddockComputeRef a, gint64 n0, gint64 n1, gint64 n2, gint64 n3,
                            gint64 nb1, gint64 nb2, gint64 nb3)
{
  PaddockComputeRef ref = append (self, PADDOCK_COMPUTE_PLAIN, self->tensors[a].type, n0, n1, n2, n3);
  PaddockComputeTensor *tensor = &self->tensors[ref];

  tensor->view = self->tensors[a].view;
  tensor->sources[tensor->n_sources++] = a;
  if (nb1 != 0)
    tensor->nb[1] = nb1;
  tensor->nb[2] = nb2 != 0 ? nb2 : multiply (tensor->nb[1], n1);
  tensor->nb[3] = nb3 != 0 ? nb3 : multiply (tensor->nb[2], n2);
  measure_span (tensor);
  return ref;
}

PaddockComputeRef
paddock_compute_graph_reshape (PaddockComputeGraph *self, PaddockComputeRef a, gint64 n0, gint64 n1, gint64 n2,
                               gint64 n3)
{
  return paddock_compute_graph_view (self, a, n0, n1, n2, n3, 0, 0, 0);
}

/**
 * paddock_compute_graph_permute:
 *
 * Dimension 0 of @a becomes dimension @d0, and so on.
 */
PaddockComputeRef
paddock_compute_graph_permute (PaddockComputeGraph *self, PaddockComputeRef a, guint d0, guint d1, guint d2, guint d3)
{
  PaddockComputeTensor from = self->tensors[a];
  const guint to[4] = { d0, d1, d2, d3 };
  PaddockComputeRef ref = append (self, PADDOCK_COMPUTE_PLAIN, from.type, 1, 1, 1, 1);
  PaddockComputeTensor *tensor = &self->tensors[ref];

  tensor->view = from.view;
  tensor->sources[tensor->n_sources++] = a;
  for (guint i = 0; i < 4; i++)
    {
      tensor->ne[to[i]] = from.ne[i];
      tensor->nb[to[i]] = from.nb[i];
    }
  tensor->bytes = from.bytes;
  return ref;
}

PaddockComputeRef
paddock_compute_graph_pack (PaddockComputeGraph *self, PaddockComputeRef a)
{
  return paddock_compute_graph_apart (self, a, PADDOCK_COMPUTE_OUTSIDE);
}

PaddockComputeRef
paddock_compute_graph_pack_2d (PaddockComputeGraph *self, PaddockComputeRef a, gint64 n0, gint64 n1)
{
  return paddock_compute_graph_make (self, PADDOCK_COMPUTE_PLAIN, self->tensors[a].type, n0, n1, 1, 1, a,
                                     PADDOCK_COMPUTE_OUTSIDE, PADDOCK_COMPUTE_OUTSIDE);
}

PaddockComputeRef
paddock_compute_graph_store (PaddockComputeGraph *self, PaddockComputeRef a, PaddockComputeRef b)
{
  return paddock_compute_graph_make (self, PADDOCK_COMPUTE_STORE, PADDOCK_COMPUTE_F32, 0, 0, 0, 0, a, b,
                                     PADDOCK_COMPUTE_OUTSIDE);
}

/* The engine visits sources from the first to the last and each tensor once. Blocks are expanded one by one, so that
 * this goes no deeper than the longest chain within two of them. */
void
paddock_compute_graph_expand (PaddockComputeGraph *self, PaddockComputeRef ref)
{
  PaddockComputeTensor *tensor;

  if (ref == PADDOCK_COMPUTE_OUTSIDE || (self->tensors[ref].flags & PADDOCK_COMPUTE_VISITED) != 0)
    return;
  tensor = &self->tensors[ref];
  tensor->flags |= PADDOCK_COMPUTE_VISITED;
  for (guint i = 0; i < tensor->n_sources; i++)
    paddock_compute_graph_expand (self, tensor->sources[i]);
  if ((tensor->flags & PADDOCK_COMPUTE_LEAF) != 0)
    self->leafs[self->n_leafs++] = ref;
  else
    self->nodes[self->n_nodes++] = ref;
}

void
paddock_compute_graph_keep (PaddockComputeGraph *self, PaddockComputeRef tensor)
{
  self->tensors[tensor].flags |= PADDOCK_COMPUTE_OUTPUT;
}
