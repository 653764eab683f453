/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate-engine.h"
#include "estimate-plan.h"
#include "estimate/fit.h"
#include "estimate/memory-estimate.h"
#include "estimate/memory-requirements.h"

G_BEGIN_DECLS

/**
 * PaddockEstimateAnswer:
 *
 * All that `estimate` says of a model.
 */
typedef struct
{
  const char *path;
  const char *unknown;               /* why nobody can know; then there is nothing else */
  PaddockMemoryRequest request;
  PaddockMemoryEstimate estimate;
  PaddockMemoryRequirements requirements;
  guint64 available;                 /* memory that is free now */
  gboolean memory_known;
  PaddockFit fit;
  GArray *suggestions;               /* PaddockMemorySuggestion */
  GArray *curve;                     /* nullable; PaddockMemoryPoint */
  PaddockEstimatePlan *plan;
  PaddockEstimateEngine *engine;     /* nullable: it was not asked */
} PaddockEstimateAnswer;

void paddock_estimate_answer_write_json (const PaddockEstimateAnswer *self);
void paddock_estimate_answer_print      (const PaddockEstimateAnswer *self);

const char *paddock_estimate_answer_describe_fit (PaddockFit fit);

G_END_DECLS
