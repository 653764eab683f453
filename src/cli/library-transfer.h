/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import-plan.h"
#include "library.h"

G_BEGIN_DECLS

/* How a plan is carried out, for the commands that have one. */
typedef struct
{
  const char *label;                 /* of its progress */
  gboolean dry_run;
  gboolean json;                     /* lines of progress, the result last */
} PaddockLibraryTransfer;

/* The folder that a person named as one that files may be put into; NULL: that has been complained of. */
char *paddock_library_transfer_find_folder (const char *given);
/* Returns what to exit with. */
int   paddock_library_transfer_run         (const PaddockLibraryTransfer *self, PaddockLibrary *library,
                                            PaddockImportPlan *plan);

G_END_DECLS
