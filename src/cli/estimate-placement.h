/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate-plan.h"
#include "json-writer.h"

G_BEGIN_DECLS

/* Members of the answer: "devices", "placement", "arguments", "free_memory" and "notes". */
void  paddock_estimate_placement_write_json (PaddockJsonWriter *writer, const PaddockEstimatePlan *plan);
/* The same for a person; path is the model's. */
void  paddock_estimate_placement_print      (const PaddockEstimatePlan *plan, const char *path);

G_END_DECLS
