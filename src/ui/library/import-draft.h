/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import-plan.h"

G_BEGIN_DECLS

/**
 * PaddockImportDraft:
 *
 * What each of the ways to import some files and folders would do, for a person to choose among them.
 */
typedef struct
{
  PaddockImportPlan *plans[PADDOCK_IMPORT_LEAVE + 1];   /* by mode */
  PaddockLibraryIndex *index;        /* that they were made with */
  gboolean known;                    /* all that was given lies where the library looks anyway */
} PaddockImportDraft;

/* Reads; blocks. */
PaddockImportDraft *paddock_import_draft_new  (const char * const *paths, const char *folder, PaddockLibraryIndex *index,
                                               GCancellable *cancellable, GError **error);
void                paddock_import_draft_free (PaddockImportDraft *self);
/* The same in a worker. */
void                paddock_import_draft_load_async  (const char * const *paths, const char *folder,
                                                      PaddockLibraryIndex *index, GCancellable *cancellable,
                                                      GAsyncReadyCallback callback, gpointer user_data);
PaddockImportDraft *paddock_import_draft_load_finish (GAsyncResult *result, GError **error);

/* What of a plan comes in. */
gboolean paddock_import_draft_is_wanted   (const PaddockImportItem *item);
guint    paddock_import_draft_count       (const PaddockImportPlan *plan, guint64 *size);
gboolean paddock_import_draft_is_possible (const PaddockImportPlan *plan);   /* there is something, and room for it */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockImportDraft, paddock_import_draft_free)

G_END_DECLS
