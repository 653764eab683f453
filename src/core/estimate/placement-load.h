/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-request.h"

G_BEGIN_DECLS

/* The stacks of experts of a layer, which are placed one by one; where gate and up are one, that is the last. */
typedef enum
{
  PADDOCK_EXPERT_STACK_DOWN,
  PADDOCK_EXPERT_STACK_GATE,
  PADDOCK_EXPERT_STACK_UP,
  PADDOCK_EXPERT_STACK_GATE_UP,
  PADDOCK_EXPERT_N_STACKS
} PaddockExpertStack;

#define PADDOCK_EXPERT_ALL_STACKS ((1u << PADDOCK_EXPERT_N_STACKS) - 1)

/* What a tensor is to a placement. */
typedef enum
{
  PADDOCK_PLACEMENT_INPUT,           /* read by rows: it stays with the processor */
  PADDOCK_PLACEMENT_OUTPUT,          /* after the last layer, and placed as if it were another one */
  PADDOCK_PLACEMENT_COMMON,          /* small, and on each device that has layers */
  PADDOCK_PLACEMENT_DENSE,           /* attention, and whatever else each token needs of a layer */
  PADDOCK_PLACEMENT_EXPERT           /* a part of one of the stacks */
} PaddockPlacementRole;

typedef struct
{
  guint64 dense;
  guint64 stacks[PADDOCK_EXPERT_N_STACKS];
  guint64 cache;                     /* and state */
  guint64 slack;                     /* what a device needs beyond the bytes, to put them at even addresses */
  guint64 adapters;                  /* which are wherever the layer is */
  guint64 copies;                    /* of what is dense, in the order that the processor likes */
  guint64 stack_copies[PADDOCK_EXPERT_N_STACKS];
  guint64 originals;                 /* of these copies in a mapped file: nobody reads them again */
  guint64 stack_originals[PADDOCK_EXPERT_N_STACKS];
} PaddockPlacementLayer;

/**
 * PaddockPlacementLoad:
 *
 * What there is to place of a model: bytes by layer, and bounds of what computing needs. All of it may be written, which
 * is how a test makes a model that nobody has.
 */
typedef struct
{
  PaddockPlacementLayer *layers;     /* Owned: [n_layers] */
  guint n_layers;
  guint64 input, output, common;
  guint64 tied;                      /* a second copy of the input, where a device has the output; else 0 */
  guint64 host;                      /* what the processor needs beside: rows of results, the program */
  guint64 output_copies;             /* of the output, in the order that the processor likes */
  guint64 output_originals;          /* likewise */
  guint64 output_adapters;           /* which are where the output is */
  guint64 projector, draft;          /* what stands beside the model, each of them in one place; 0: there is none */
  guint64 compute;                   /* of the whole graph */
  guint64 compute_inner;             /* without the scores of tokens, which only the last device computes */
  guint64 inputs;                    /* of the graph, which each device has a copy of */
  guint64 largest;                   /* tensor of a layer: a device borrows it for long prompts */
  guint64 read;                      /* weights that are read for each token */
  double band;                       /* the part by which the computing may be off */
  gboolean mapped;                   /* weights with the processor are the file itself */
  gboolean has_experts;
} PaddockPlacementLoad;

/* Without layers' bytes: all 0. */
PaddockPlacementLoad *paddock_placement_load_new  (guint n_layers);
void                  paddock_placement_load_free (PaddockPlacementLoad *self);

/* What a model comes to; quick takes a bound of what computing needs instead of the engine's graph. */
PaddockPlacementLoad *paddock_placement_load_new_for_shape (const PaddockModelShape *shape,
                                                            const PaddockMemoryRequest *request, gboolean quick,
                                                            GError **error);

PaddockPlacementRole  paddock_placement_load_classify      (const PaddockShapeTensor *tensor,
                                                            PaddockExpertStack *stack);
guint64               paddock_placement_layer_get_experts  (const PaddockPlacementLayer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockPlacementLoad, paddock_placement_load_free)

G_END_DECLS
