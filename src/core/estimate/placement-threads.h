/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/placement.h"

G_BEGIN_DECLS

/**
 * PaddockThreadAdvice:
 *
 * How many threads of the processor a model should run with.
 */
typedef struct
{
  guint generation;                  /* one token after the other: memory decides, so that more do not help for long */
  guint prompt;                      /* many tokens at once: computing decides */
  const char *numa;                  /* "distribute", "isolate"; NULL: the memory is all equally near, or not used */
} PaddockThreadAdvice;

void paddock_placement_advise_threads (PaddockThreadAdvice *self, const PaddockPlacement *placement,
                                       const PaddockPlacementLoad *load, const PaddockHardwareSnapshot *snapshot);

G_END_DECLS
