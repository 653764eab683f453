/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate-options.h"
#include "estimate/memory-estimate.h"
#include "estimate/placement-strategy.h"
#include "estimate/placement-threads.h"

G_BEGIN_DECLS

/**
 * PaddockEstimatePlan:
 *
 * Where a model would go on a computer, and what llama-server is to be told.
 */
typedef struct
{
  /* Owned */
  PaddockHardwareSnapshot *machine;
  GPtrArray *devices;                /* of PaddockPlacementDevice */
  PaddockPlacementLoad *load;
  PaddockPlacement *placement;
  char **arguments;                  /* without the program and the model */
  char *refusal;                     /* why it is not as somebody insists on; NULL: it is */

  PaddockThreadAdvice advice;
  guint32 largest_context;           /* with which all of it fits; 0: with none */
} PaddockEstimatePlan;

/* Adapters are open files, of PaddockGgufShards. The machine is taken. NULL: complained of; status is the program's. */
PaddockEstimatePlan *paddock_estimate_plan_new  (PaddockHardwareSnapshot *machine, const PaddockEstimateOptions *options,
                                                 const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                                                 const PaddockMemoryEstimate *estimate, GPtrArray *adapters, int *status);
void                 paddock_estimate_plan_free (PaddockEstimatePlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockEstimatePlan, paddock_estimate_plan_free)

G_END_DECLS
