/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import-plan.h"

G_BEGIN_DECLS

/* Models of the library to another folder or drive, as a plan that moves: renamed, or copied, read back and then removed.
   Only what is Paddock's own or in a person's folders, and what is no link; FOREIGN: nothing of one of them is; NOT_FOUND: one
   of them is offline. */
PaddockImportPlan *paddock_model_move_plan (PaddockLibraryIndex *index, const char * const *ids, const char *folder,
                                            GCancellable *cancellable, GError **error);

G_END_DECLS
