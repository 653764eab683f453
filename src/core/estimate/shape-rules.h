/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/model-shape.h"

G_BEGIN_DECLS

/* Which layers have a state instead of a cache. */
typedef enum
{
  PADDOCK_SHAPE_RECURRENT_NONE,
  PADDOCK_SHAPE_RECURRENT_ALL,       /* and none has a cache */
  PADDOCK_SHAPE_RECURRENT_BESIDES,   /* all, and all have a cache besides */
  PADDOCK_SHAPE_RECURRENT_NO_HEADS,  /* those without heads for keys */
  PADDOCK_SHAPE_RECURRENT_BARE,      /* those without such heads and without a feed-forward network */
  PADDOCK_SHAPE_RECURRENT_INTERVAL   /* all but every nth */
} PaddockShapeRecurrent;

/**
 * PaddockShapeRules:
 *
 * What the engine knows of an architecture without its header telling it. Static data.
 */
typedef struct
{
  const char *architecture;
  PaddockShapeWindow window_kind;
  const char *const *ahead;          /* of layers that guess ahead, the tensors that are loaded all the same */
  guint32 window;                    /* where the header has none; 0: then nothing slides */
  guint32 window_forced;             /* where there is one at all */
  guint32 pattern;                   /* every nth layer sees all; 0: none does */
  gboolean dense_first;              /* of each n the first, not the last */
  gboolean pattern_fixed;            /* whatever the header says */
  PaddockShapeRecurrent recurrent;
  gboolean no_cache;                 /* sees a text at once and keeps nothing */
  gboolean indexed;                  /* keeps a second, small key of each token to choose by */
  gboolean tied_twice;               /* a table of tokens that is also the output is loaded as both */
} PaddockShapeRules;

/* Never NULL: rules that change nothing, for an architecture without special ones. */
const PaddockShapeRules *paddock_shape_rules_lookup (const char *architecture);

G_END_DECLS
