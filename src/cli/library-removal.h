/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json-writer.h"
#include "library.h"
#include "removal-plan.h"

G_BEGIN_DECLS

/* How a plan that removes is carried out and told of, for the commands that have one. */

/* FALSE: not all of it was removed, which has been complained of. */
gboolean paddock_library_removal_run      (PaddockLibrary *library, PaddockRemovalPlan *plan);
/* done: whether it was run */
void     paddock_library_removal_print    (const PaddockRemovalPlan *plan, gboolean done);
/* The members that describe it. */
void     paddock_library_removal_add_json (PaddockJsonWriter *writer, const PaddockRemovalPlan *plan);

G_END_DECLS
