/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A tensor of a graph, by number. Weights and caches lie in buffers of their own: they are not in the graph at all. */
typedef gint32 PaddockComputeRef;

#define PADDOCK_COMPUTE_OUTSIDE (-1)
#define PADDOCK_COMPUTE_MAX_SOURCES 8

typedef enum
{
  PADDOCK_COMPUTE_F32,
  PADDOCK_COMPUTE_F16,
  PADDOCK_COMPUTE_I32,
  PADDOCK_COMPUTE_I64
} PaddockComputeType;

typedef enum
{
  PADDOCK_COMPUTE_PLAIN = 0,
  PADDOCK_COMPUTE_INPUT = 1 << 0,    /* filled in before the graph runs: it has its memory from the beginning */
  PADDOCK_COMPUTE_OUTPUT = 1 << 1,   /* read after the graph ran: it keeps its memory to the end */
  PADDOCK_COMPUTE_IN_PLACE = 1 << 2, /* may be written over one of its sources */
  PADDOCK_COMPUTE_STORE = 1 << 3,    /* writes into a cache: it needs no memory here */
  PADDOCK_COMPUTE_LEAF = 1 << 4,     /* nothing computes it */
  PADDOCK_COMPUTE_VISITED = 1 << 5
} PaddockComputeFlags;

typedef struct
{
  gint64 ne[4];                      /* elements of each dimension */
  gint64 nb[4];                      /* bytes from one to the next */
  guint64 bytes;
  PaddockComputeRef view;            /* whose memory this is; itself, if its own */
  PaddockComputeRef sources[PADDOCK_COMPUTE_MAX_SOURCES];
  guint8 n_sources, flags, type;
} PaddockComputeTensor;

/**
 * PaddockComputeGraph:
 *
 * What the engine computes in one step, as far as memory is concerned: tensors with their sizes, who reads them, and the
 * order in which they are computed. It is kept in three arrays, so that one graph can serve many models in a row.
 */
typedef struct
{
  PaddockComputeTensor *tensors;
  PaddockComputeRef *nodes;          /* what is computed, in this order */
  PaddockComputeRef *leafs;          /* what is not, in the order in which it was met */
  guint n_tensors, n_nodes, n_leafs;

  /*< private >*/
  guint capacity;
} PaddockComputeGraph;

PaddockComputeGraph *paddock_compute_graph_new   (void);
void                 paddock_compute_graph_free  (PaddockComputeGraph *self);
void                 paddock_compute_graph_clear (PaddockComputeGraph *self);

/* Tensors. Sources that are PADDOCK_COMPUTE_OUTSIDE are left out. */
PaddockComputeRef paddock_compute_graph_input (PaddockComputeGraph *self, PaddockComputeType type, gint64 n0, gint64 n1,
                                               gint64 n2, gint64 n3);
PaddockComputeRef paddock_compute_graph_leaf  (PaddockComputeGraph *self, PaddockComputeType type, gint64 n0, gint64 n1,
                                               gint64 n2, gint64 n3);
PaddockComputeRef paddock_compute_graph_make  (PaddockComputeGraph *self, guint flags, PaddockComputeType type,
                                               gint64 n0, gint64 n1, gint64 n2, gint64 n3,
                                               PaddockComputeRef a, PaddockComputeRef b, PaddockComputeRef c);
void              paddock_compute_graph_read  (PaddockComputeGraph *self, PaddockComputeRef tensor,
                                               PaddockComputeRef source);

/* What has the shape of its first source: element by element, possibly in place; or never in place. */
PaddockComputeRef paddock_compute_graph_each  (PaddockComputeGraph *self, PaddockComputeRef a, PaddockComputeRef b);
PaddockComputeRef paddock_compute_graph_apart (PaddockComputeGraph *self, PaddockComputeRef a, PaddockComputeRef b);

/* Products of matrices: with weights of so many rows, and of two tensors of the graph. */
PaddockComputeRef paddock_compute_graph_weigh    (PaddockComputeGraph *self, gint64 rows, PaddockComputeRef a);
PaddockComputeRef paddock_compute_graph_multiply (PaddockComputeGraph *self, PaddockComputeRef a, PaddockComputeRef b);

/* Views take no memory. A stride of 0 is that of a packed tensor. */
PaddockComputeRef paddock_compute_graph_view    (PaddockComputeGraph *self, PaddockComputeRef a, gint64 n0, gint64 n1,
                                                 gint64 n2, gint64 n3, gint64 nb1, gint64 nb2, gint64 nb3);
PaddockComputeRef paddock_compute_graph_reshape (PaddockComputeGraph *self, PaddockComputeRef a, gint64 n0, gint64 n1,
                                                 gint64 n2, gint64 n3);
PaddockComputeRef paddock_compute_graph_permute (PaddockComputeGraph *self, PaddockComputeRef a, guint d0, guint d1,
                                                 guint d2, guint d3);
/* A packed copy, in the shape of its source or in another one. */
PaddockComputeRef paddock_compute_graph_pack    (PaddockComputeGraph *self, PaddockComputeRef a);
PaddockComputeRef paddock_compute_graph_pack_2d (PaddockComputeGraph *self, PaddockComputeRef a, gint64 n0, gint64 n1);
/* Writes a at the places b of a cache, or anywhere else outside of the graph. */
PaddockComputeRef paddock_compute_graph_store   (PaddockComputeGraph *self, PaddockComputeRef a, PaddockComputeRef b);

/* Appends a tensor to what is computed, after all that it is computed from. */
void paddock_compute_graph_expand (PaddockComputeGraph *self, PaddockComputeRef tensor);
/* Marks a tensor as one that is read after the graph ran. */
void paddock_compute_graph_keep   (PaddockComputeGraph *self, PaddockComputeRef tensor);

static inline const PaddockComputeTensor *
paddock_compute_graph_get (const PaddockComputeGraph *self, PaddockComputeRef tensor)
{
  return &self->tensors[tensor];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockComputeGraph, paddock_compute_graph_free)

G_END_DECLS
