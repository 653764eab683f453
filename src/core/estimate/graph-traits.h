/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the halves of a layer are put together. */
typedef enum
{
  PADDOCK_GRAPH_ONE_BY_ONE,          /* the feed forward part reads what attention added up to */
  PADDOCK_GRAPH_SHARED_NORM,         /* both read the same normed input (Falcon, Command R, Phi-2) */
  PADDOCK_GRAPH_NORMS_BEHIND,        /* sums are normed, not inputs (BERT) */
} PaddockGraphBlock;

typedef enum
{
  PADDOCK_GRAPH_SILU,
  PADDOCK_GRAPH_GELU,
  PADDOCK_GRAPH_RELU,
  PADDOCK_GRAPH_RELU_SQUARED,
  PADDOCK_GRAPH_SWIGLU_HALVES,       /* gate and value come out of one product */
  PADDOCK_GRAPH_GEGLU_HALVES,
  PADDOCK_GRAPH_SWIGLU_OAI
} PaddockGraphActivation;

typedef enum
{
  PADDOCK_GRAPH_MEAN_NORM = 1 << 0, /* norms about the mean; else by the root mean square */
  PADDOCK_GRAPH_BARE_NORMS = 1 << 1, /* norms without weights */
  PADDOCK_GRAPH_LATE_NORM = 1 << 2, /* queries and keys are normed after their rotation */
  PADDOCK_GRAPH_NO_ROTATION = 1 << 3, /* positions are not turned into queries and keys */
  PADDOCK_GRAPH_WINDOW_ROTATION = 1 << 4, /* only layers with a window are */
  PADDOCK_GRAPH_FOURTH_UNTURNED = 1 << 5, /* every fourth layer is not */
  PADDOCK_GRAPH_SCALED_QUERY = 1 << 6,
  PADDOCK_GRAPH_SCALED_UNTURNED = 1 << 7, /* queries of layers without rotation are scaled by a factor for each token */
  PADDOCK_GRAPH_SCALED_INPUT = 1 << 8,
  PADDOCK_GRAPH_SCALED_ROWS = 1 << 9, /* the input is scaled by a factor for each token */
  PADDOCK_GRAPH_RESIDUAL_FIRST = 1 << 10, /* of two summands, the input is the first */
  PADDOCK_GRAPH_INPUT_BETWEEN = 1 << 11, /* of three summands, the input is the second */
  PADDOCK_GRAPH_ATTENTION_FIRST = 1 << 12, /* and attention the first */
  PADDOCK_GRAPH_KEEPS_LAST = 1 << 13, /* the last layer's sum is an output, too */
  PADDOCK_GRAPH_NORMED_CHOICE = 1 << 14, /* the weights of chosen experts add up to one, whatever the header says */
  PADDOCK_GRAPH_LATE_SOFTMAX = 1 << 15, /* the scores of the chosen experts only become weights */
  PADDOCK_GRAPH_EARLY_WEIGHTS = 1 << 16, /* experts get their input weighted, not their output */
  PADDOCK_GRAPH_QUOTIENT_GATE = 1 << 17, /* the gate of the shared experts is a quotient */
  PADDOCK_GRAPH_NO_CACHE = 1 << 18, /* the tokens of a batch see each other and nothing else */
  PADDOCK_GRAPH_LATE_PICK = 1 << 20, /* rows without an output leave after the norm behind attention */
  PADDOCK_GRAPH_NO_HEAD = 1 << 19, /* what comes out is vectors, not logits */
  PADDOCK_GRAPH_INPUT_FIRST = 1 << 21, /* the input is the first summand behind attention */
  PADDOCK_GRAPH_EARLY_CHOICE = 1 << 22, /* a layer's input chooses its experts, not what attention made of it */
} PaddockGraphHabits;

struct _PaddockGraphBuilder;

/**
 * PaddockGraphTraits:
 *
 * What tells one architecture's graph from another's, as far as the header's numbers and the presence of weights do not
 * tell it already. Static data.
 */
typedef struct
{
  const char *id;                    /* as in general.architecture */
  void (*build) (struct _PaddockGraphBuilder *builder); /* the whole graph, for a family of architectures */
  PaddockGraphBlock block;
  PaddockGraphActivation activation;
  guint habits;
} PaddockGraphTraits;

/* NULL: there is no graph for this architecture. */
const PaddockGraphTraits *paddock_graph_traits_lookup (const char *id);

G_END_DECLS
